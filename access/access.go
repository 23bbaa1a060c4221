// Package access identifies callers: users with API keys, bearer tokens of an
// identity provider, sessions of a web page. It also writes the audit log, which
// records what was revealed to whom. What a role may see and do is in the table
// schema/policy.yaml; the packages that answer enforce it.
//
// The package stores no secret: of a key it stores a hash, of a token nothing.
package access

import (
	"slices"

	"liantu/message"
	"liantu/schema"
)

// The errors of the package. The message of [ErrUnauthenticated] does not state
// why credentials were refused; the cause is for the log alone.
var (
	// ErrUnauthenticated says that the credentials are missing, wrong, expired
	// or revoked.
	ErrUnauthenticated = message.Errorf("not authenticated")
	// ErrInvalid says that a user, key or setting cannot be as given.
	ErrInvalid = message.Errorf("invalid")
	// ErrNotFound says that there is no such user or key.
	ErrNotFound = message.Errorf("not found")
	// ErrTampered says that the audit log differs from what was written.
	ErrTampered = message.Errorf("the audit log was changed")
)

// Identity is a caller.
type Identity struct {
	Subject string // user:NAME, or ISSUER#SUBJECT of a token; "local" without authentication
	Name    string // for people
	Role    schema.Role
	Scope   Scope
}

// Scope limits what a strategist or an intermediary sees as its own.
type Scope struct {
	Regions      []string `json:"regions,omitempty"`      // GB/T 2260 codes; each includes all regions below it
	Ecosystems   []string `json:"ecosystems,omitempty"`   // codes of ecosystems
	Intermediary string   `json:"intermediary,omitempty"` // the id or name of the intermediary that this is
}

// IsZero reports whether the scope names nothing.
func (s Scope) IsZero() bool {
	return len(s.Regions) == 0 && len(s.Ecosystems) == 0 && s.Intermediary == ""
}

// Local is the caller while no authentication is set up.
var Local = &Identity{Subject: "local", Name: "local", Role: schema.RoleAnonymous}

// Policy returns what the identity may see and do.
func (i *Identity) Policy() *schema.RolePolicy { return schema.DefaultPolicy().Role(i.Role) }

// check says what is wrong with a role and its scope.
func (s Scope) check(role schema.Role) error {
	policy := schema.DefaultPolicy().Role(role)
	if policy == nil || role == schema.RoleAnonymous {
		return message.As(ErrInvalid, "role %q is not one that a user can have", role)
	}
	switch policy.Scope {
	case schema.ScopeTaskForce:
		if len(s.Regions) == 0 || len(s.Ecosystems) == 0 {
			return message.As(ErrInvalid, "a %s needs regions and ecosystems; 100000 is the country, and * all ecosystems", role)
		}
		if s.Intermediary != "" {
			return message.As(ErrInvalid, "a %s is not an intermediary", role)
		}
	case schema.ScopeItself:
		if s.Intermediary == "" {
			return message.As(ErrInvalid, "a user with the role %s needs the intermediary that it is", role)
		}
		if len(s.Regions) > 0 || len(s.Ecosystems) > 0 {
			return message.As(ErrInvalid, "a user with the role %s has no regions or ecosystems", role)
		}
	default:
		if len(s.Regions) > 0 || len(s.Ecosystems) > 0 || s.Intermediary != "" {
			return message.As(ErrInvalid, "the role %s has no scope", role)
		}
	}
	for _, code := range s.Regions {
		if _, ok := schema.RegionByCode(code); !ok {
			return message.As(ErrInvalid, "region %q: GB/T 2260 has no such code", code)
		}
	}
	return nil
}

// AllEcosystems stands for every ecosystem in a scope.
const AllEcosystems = "*"

// HasEcosystem reports whether an ecosystem is in the scope.
func (s Scope) HasEcosystem(code string) bool {
	return slices.Contains(s.Ecosystems, AllEcosystems) || slices.Contains(s.Ecosystems, code)
}

// HasRegion reports whether a region is one of the scope's or lies in one.
func (s Scope) HasRegion(code string) bool {
	return slices.ContainsFunc(s.Regions, func(own string) bool { return schema.Within(code, own) })
}
