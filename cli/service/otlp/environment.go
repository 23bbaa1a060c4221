package otlp

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// usualTimeout limits one request where the environment sets nothing.
const usualTimeout = 10 * time.Second

// environment is what the environment variables say.
type environment struct {
	header  http.Header
	tls     *tls.Config // nil for the usual certificates
	zip     bool
	timeout time.Duration
}

func readEnvironment() (environment, error) {
	set := environment{timeout: usualTimeout}
	var errs [4]error
	set.header, errs[0] = readHeaders()
	set.tls, errs[1] = readCertificates()
	if name, value := variable("TIMEOUT"); value != "" {
		milliseconds, err := strconv.ParseUint(value, 10, 31)
		if err != nil {
			errs[2] = fmt.Errorf("%s: %w", name, err)
		}
		set.timeout = time.Duration(milliseconds) * time.Millisecond
	}
	switch name, value := variable("COMPRESSION"); value {
	case "", "none":
	case "gzip":
		set.zip = true
	default:
		errs[3] = fmt.Errorf("%s: %q is neither gzip nor none", name, value)
	}
	return set, errors.Join(errs[:]...)
}

// variable returns the name and value of a variable: of that for traces alone,
// if it is set, else of that for all signals.
func variable(name string) (full, value string) {
	const prefix = "OTEL_EXPORTER_OTLP_"
	for _, full = range []string{prefix + "TRACES_" + name, prefix + name} {
		if value = strings.TrimSpace(os.Getenv(full)); value != "" {
			break
		}
	}
	return full, value
}

// readHeaders reads a list such as "api-key=secret,tenant=a%20b". An error does
// not repeat a value, which may be a secret.
func readHeaders() (http.Header, error) {
	header := http.Header{"User-Agent": {"liantu"}}
	name, list := variable("HEADERS")
	if list == "" {
		return header, nil
	}
	for i, pair := range strings.Split(list, ",") {
		key, escaped, found := strings.Cut(pair, "=")
		value, err := url.PathUnescape(escaped)
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !found || err != nil || !isToken(key) || strings.ContainsAny(value, "\r\n\x00") {
			return nil, fmt.Errorf("%s: entry %d is not of the form name=value with the value escaped as in a URL", name, i+1)
		}
		header.Set(key, value)
	}
	return header, nil
}

// isToken reports whether a text can be the name of a header.
func isToken(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune("\"(),/:;<=>?@[\\]{}", r)
	})
}

// readCertificates reads the certificates to trust and the client's own.
func readCertificates() (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	given := false
	if name, file := variable("CERTIFICATE"); file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("%s: %s holds no certificate in PEM", name, file)
		}
		given = true
	}
	name, certificate := variable("CLIENT_CERTIFICATE")
	keyName, key := variable("CLIENT_KEY")
	if (certificate == "") != (key == "") {
		return nil, fmt.Errorf("%s and %s: one is set without the other", name, keyName)
	}
	if certificate != "" {
		pair, err := tls.LoadX509KeyPair(certificate, key)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		config.Certificates = []tls.Certificate{pair}
		given = true
	}
	if !given {
		return nil, nil
	}
	return config, nil
}

// newTransport makes a transport that shares no connection and no setting with
// the rest of the program.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          1,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
}
