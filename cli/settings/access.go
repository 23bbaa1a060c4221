package settings

import (
	"cmp"
	"errors"
	"net"
	"net/netip"
	"path/filepath"
	"strings"
	"time"

	"liantu/access"
	"liantu/message"
	"liantu/schema"
)

// Access states how callers are authenticated.
type Access struct {
	Mode              string
	Users             string
	Audit             string
	AuditSeal         string
	RevealsPerRequest int
	RevealsPerDay     int
	Session           time.Duration
	MaxSessions       int
	Oidc              Oidc

	SessionsPerSubject int
}

// The modes of access.
const (
	AccessNone     = "none"     // one local user, on loopback addresses only
	AccessRequired = "required" // keys, tokens, sessions
)

// Oidc describes an identity provider whose tokens authenticate callers.
type Oidc struct {
	Issuer            string
	Audience          string
	Algorithms        string
	RoleClaim         string
	Roles             string
	RegionsClaim      string
	EcosystemsClaim   string
	IntermediaryClaim string
	TokenType         string
	AuthorizedParties string
	MaxLifetime       time.Duration
}

// Log is the audit log with its seal.
func (c *Access) Log() *access.Log {
	if c.AuditSeal == "" {
		return access.OpenLog(c.Audit)
	}
	return access.OpenSealedLog(c.Audit, c.AuditSeal)
}

// Tokens returns the configuration of bearer tokens. The error states what is
// wrong with the roles.
func (c Oidc) Tokens() (access.TokenConfig, error) {
	roles := map[string]schema.Role{}
	for pair := range strings.FieldsSeq(c.Roles) {
		group, role, ok := strings.Cut(pair, "=")
		if !ok || group == "" || role == "" {
			return access.TokenConfig{}, message.Errorf("%q is not written as GROUP=ROLE", pair)
		}
		roles[group] = schema.Role(role)
	}
	return access.TokenConfig{
		Issuer: c.Issuer, Audience: c.Audience, Algorithms: strings.Fields(c.Algorithms), RoleClaim: c.RoleClaim, Roles: roles,
		RegionsClaim: c.RegionsClaim, EcosystemsClaim: c.EcosystemsClaim, IntermediaryClaim: c.IntermediaryClaim,
		Type: c.TokenType, AuthorizedParties: strings.Fields(c.AuthorizedParties), MaxLifetime: c.MaxLifetime,
	}, nil
}

// check refuses an identity provider that would admit the wrong callers, a server that
// would admit everybody, and one whose callers would send their keys in the clear.
func (c Access) check(server *Server, origin func(key string) string) []error {
	var faults []error
	listen := server.Listen
	if c.Mode == AccessRequired && !server.isSecret(listen) {
		faults = append(faults, message.Errorf(
			"server.listen: %q is reached from other machines, and keys would be sent there over plain HTTP, to be read on the way; set server.tls.cert and server.tls.key, or server.public_url and server.trusted_proxies where a proxy speaks TLS, or server.plain_http to true where nobody else is on the network (from %s and %s)",
			listen, origin("server.listen"), origin("access.mode")))
	}
	if c.Mode == AccessNone && !loopback(listen) {
		faults = append(faults, message.Errorf(
			"server.listen: %q is reached from other machines, and access.mode is none, so anybody could ask; set access.mode to required, or listen on 127.0.0.1 (from %s and %s)",
			listen, origin("server.listen"), origin("access.mode")))
	}
	if same(c.Audit, c.AuditSeal, access.SealOf(c.Audit)) {
		faults = append(faults, message.Errorf("access.audit_seal: %q is the audit log itself (from %s)", c.Audit, origin("access.audit_seal")))
	}
	if c.Oidc.Issuer == "" {
		return faults
	}
	cfg, err := c.Oidc.Tokens()
	if err != nil {
		return append(faults, message.Errorf("access.oidc.roles: %w (from %s)", err, origin("access.oidc.roles")))
	}
	if _, err := access.NewTokens(cfg); err != nil {
		var joined interface{ Unwrap() []error }
		list := []error{err}
		if errors.As(err, &joined) {
			list = joined.Unwrap()
		}
		for _, fault := range list {
			faults = append(faults, message.Errorf("access.oidc: %w (from %s)", fault, origin("access.oidc.issuer")))
		}
	}
	return faults
}

// same reports whether an audit log would be its own seal.
func same(log, seal, beside string) bool {
	return filepath.Clean(log) == filepath.Clean(cmp.Or(seal, beside))
}

// loopback reports whether an address to listen on is reached from this machine
// only.
func loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
