package settings

import (
	"strings"
	"unicode"

	"liantu/api/transport"
	"liantu/message"
)

// TLS names the certificate and the key of a service, files in the form PEM.
type TLS struct {
	Cert string
	Key  string
}

// CORS names the origins whose pages may use the service beside its own, and says whether
// they may use sessions.
type CORS struct {
	Origins     string
	Credentials bool
}

// AllowedOrigins returns the origins whose pages may use the service, nil for none. It fails
// for no setting that was checked.
func (c *Server) AllowedOrigins() (*transport.Origins, error) {
	return transport.NewOrigins(c.CORS.Origins, c.CORS.Credentials)
}

// Front returns how requests come to the service, which fails for no setting that was
// checked.
func (c *Server) Front() (*transport.Front, error) {
	front, err := transport.NewFront(c.PublicURL, c.TrustedProxies)
	if err == nil && c.behindProxy() && c.TLS.Cert == "" && !c.PlainHTTP && !loopback(c.Listen) {
		front = front.BehindTLS()
	}
	return front, err
}

// behindProxy reports whether the settings state that a proxy speaks TLS for the
// service.
func (c *Server) behindProxy() bool { return c.PublicURL != "" && c.TrustedProxies != "" }

// isSecret reports whether what is sent to an address to listen on cannot be read by
// others on the way, or is said to be sent in the clear knowingly.
func (c *Server) isSecret(listen string) bool {
	return loopback(listen) || c.TLS.Cert != "" || c.behindProxy() || c.PlainHTTP
}

// check refuses a certificate without its key.
func (c *Server) check(origin func(key string) string) []error {
	if (c.TLS.Cert == "") == (c.TLS.Key == "") {
		return nil
	}
	return []error{message.Errorf("server.tls: cert and key are set both or not at all (from %s and %s)",
		origin("server.tls.cert"), origin("server.tls.key"))}
}

// corsTogether refuses to let every page of the web use a service in the name of its user:
// by a session, or without credentials as the local user.
func (c *Settings) corsTogether(origin func(key string) string) []error {
	var faults []error
	list := strings.TrimSpace(c.Server.CORS.Origins)
	all := list == "*"
	if all && c.Server.CORS.Credentials {
		faults = append(faults, message.Errorf("server.cors.credentials: with * in server.cors.origins every page of the web could act in the name of whoever has a session; "+
			"name the origins that may (from %s and %s)", origin("server.cors.credentials"), origin("server.cors.origins")))
	}
	if all && c.Access.Mode == AccessNone {
		faults = append(faults, message.Errorf("server.cors.origins: with * and access.mode none every page of the web could ask and change as the local user; "+
			"name the origins that may, or set access.mode to required (from %s and %s)", origin("server.cors.origins"), origin("access.mode")))
	}
	if c.Server.CORS.Credentials && list == "" {
		faults = append(faults, message.Errorf("server.cors.credentials: true is of use to nobody while server.cors.origins is empty (from %s)", origin("server.cors.credentials")))
	}
	return faults
}

func origins(value any) error {
	_, err := transport.ParseOrigins(value.(string))
	return err
}

func publicAddress(value any) error {
	_, err := transport.ParsePublic(value.(string))
	return err
}

func proxies(value any) error {
	_, err := transport.ParseProxies(value.(string))
	return err
}

// minToken is the fewest characters of the token of the admin listener.
const minToken = 20

// longToken refuses a token that can be guessed, or that no header can hold.
func longToken(value any) error {
	text := value.(string)
	for _, c := range text {
		if c > unicode.MaxASCII || !unicode.IsGraphic(c) || c == ' ' {
			return message.Errorf("has other characters than printable ones of ASCII without spaces")
		}
	}
	if len(text) < minToken {
		return message.Errorf("is shorter than %d characters", minToken)
	}
	return nil
}
