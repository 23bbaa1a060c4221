package settings

import (
	"errors"
	"net"
	"net/url"

	"liantu/api"
	"liantu/message"
)

// Admin is the listener for those who run the service.
type Admin struct {
	Listen string
	Token  string
	Pprof  bool
}

// IsLocal reports whether the listener is reached from this machine only.
func (c *Admin) IsLocal() bool { return loopback(c.Listen) }

// Tracing says where traces go.
type Tracing struct {
	Endpoint string
	Sample   float64
}

// check refuses what is unsafe together.
func (c *Admin) check(server *Server, origin func(key string) string) []error {
	var faults []error
	if c.Listen == "" {
		return nil
	}
	if !c.IsLocal() && c.Token == "" {
		faults = append(faults, message.Errorf("admin.listen: %q is reached from other machines, and admin.token is empty, so anybody could read the metrics: "+
			"set admin.token, or listen on 127.0.0.1 (from %s and %s)", c.Listen, origin("admin.listen"), origin("admin.token")))
	}
	if c.Token != "" && !server.isSecret(c.Listen) {
		faults = append(faults, message.Errorf("admin.listen: %q is reached from other machines, and admin.token would be sent there over plain HTTP, to be read on the way: "+
			"set server.tls.cert and server.tls.key, or server.public_url and server.trusted_proxies where a proxy speaks TLS, or server.plain_http to true where nobody else is on the network (from %s)",
			c.Listen, origin("admin.listen")))
	}
	if c.Pprof && !loopback(c.Listen) {
		faults = append(faults, message.Errorf("admin.listen: %q is reached from other machines, and profiles reveal what is in memory: "+
			"listen on 127.0.0.1, or set admin.pprof to false for metrics alone (from %s and %s)",
			c.Listen, origin("admin.listen"), origin("admin.pprof")))
	}
	if _, port, err := net.SplitHostPort(c.Listen); err == nil && c.Listen == server.Listen && port != "0" {
		faults = append(faults, message.Errorf("admin.listen: %q is server.listen too; give it a port of its own (from %s)",
			c.Listen, origin("admin.listen")))
	}
	return faults
}

// limitsTogether names limits that do not go together.
func (c *Settings) limitsTogether(origin func(key string) string) []error {
	var faults []error
	for _, fault := range c.Limits.Together() {
		var conflict *api.ConflictError
		if !errors.As(fault, &conflict) {
			faults = append(faults, fault)
			continue
		}
		low, high := "limits."+snake(conflict.Low), "limits."+snake(conflict.High)
		faults = append(faults, message.Errorf("%s: %s is above %s, which is %s: %s (from %s and %s)",
			low, conflict.LowValue, high, conflict.HighValue, conflict.Why, origin(low), origin(high)))
	}
	return faults
}

// emptyOr lets a setting be empty.
func emptyOr(rule func(any) error) func(any) error {
	return func(value any) error {
		if value == "" {
			return nil
		}
		return rule(value)
	}
}

func webAddress(value any) error {
	u, err := url.Parse(value.(string))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return message.Errorf("is not an address such as http://127.0.0.1:4318")
	}
	return nil
}

func share(value any) error {
	if v := value.(float64); v < 0 || v > 1 {
		return message.Errorf("is not between 0 and 1")
	}
	return nil
}
