package settings

import (
	"unicode"

	"liantu/api/transport"
	"liantu/message"
)

// TLS names the certificate and the key of a service, files in the form PEM.
type TLS struct {
	Cert string
	Key  string
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
