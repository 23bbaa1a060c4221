package schema

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed policy.yaml
var policyFile []byte

// Role is the role of a caller.
type Role string

// The roles.
const (
	RoleAnonymous    Role = "anonymous"    // the user of the machine while no authentication is set up
	RoleViewer       Role = "viewer"       // public facts and answers
	RoleIntermediary Role = "intermediary" // its needs and itself
	RoleStrategist   Role = "strategist"   // a task force's regions and ecosystems
	RoleSteward      Role = "steward"      // maintains the data
	RoleAdmin        Role = "admin"        // users, keys and the audit log
)

// Roles lists the roles in the order of policy.yaml.
var Roles = []Role{RoleAnonymous, RoleViewer, RoleIntermediary, RoleStrategist, RoleSteward, RoleAdmin}

// Access says in which form a value reaches a role.
type Access string

// The forms in which a value may reach a role.
const (
	Show   Access = "show"   // as it is
	Mask   Access = "mask"   // in a form that identifies nobody
	Audit  Access = "audit"  // as it is for a stated purpose and recorded, else masked
	Refuse Access = "refuse" // not at all
)

// Right is something that a role may do besides asking questions.
type Right string

// The rights.
const (
	MayWork    Right = "work"    // introductions, targets, declared roles
	MayLoad    Right = "load"    // files
	MaySteward Right = "steward" // consent, judgements, undoing loads, forgetting
	MayManage  Right = "manage"  // users, keys, the audit log
)

// Scope limits where the "sees" of a role holds.
type Scope string

// The scopes.
const (
	ScopeEverything Scope = ""           // no limit
	ScopeTaskForce  Scope = "task_force" // some regions and ecosystems
	ScopeItself     Scope = "itself"     // one intermediary
)

// RolePolicy is what one role may see and do.
type RolePolicy struct {
	Name        Role                   `yaml:"name"`
	Label       Text                   `yaml:"label"`
	Description Text                   `yaml:"description"`
	Scope       Scope                  `yaml:"scope"`
	Sees        map[Sensitivity]Access `yaml:"sees"`      // within the scope
	Beyond      map[Sensitivity]Access `yaml:"beyond"`    // outside of it; nil without a scope
	Questions   []string               `yaml:"questions"` // root fields of GraphQL, or "all"
	May         []Right                `yaml:"may"`       //
}

// MayAsk reports whether the role may ask a question, named as the field of
// the GraphQL root.
func (r *RolePolicy) MayAsk(question string) bool {
	return slices.Contains(r.Questions, "all") || slices.Contains(r.Questions, question)
}

// Has reports whether the role has a right.
func (r *RolePolicy) Has(right Right) bool { return slices.Contains(r.May, right) }

// See returns in which form a value of the given sensitivity reaches the role,
// within the scope of the caller or beyond it.
func (r *RolePolicy) See(s Sensitivity, within bool) Access {
	if !within && r.Scope != ScopeEverything {
		return r.Beyond[s]
	}
	return r.Sees[s]
}

// Policy is the table of all roles and purposes. It is immutable.
type Policy struct {
	Roles    []*RolePolicy `yaml:"roles"`
	Purposes []*Purpose    `yaml:"purposes"`
}

// Role returns what a role may see and do; nil for an unknown role.
func (p *Policy) Role(name Role) *RolePolicy {
	for _, r := range p.Roles {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// DefaultPolicy returns the policy that the program ships. It panics when the
// embedded file is broken, which a test of this package rules out.
var DefaultPolicy = sync.OnceValue(func() *Policy {
	p, err := ReadPolicy(policyFile)
	if err != nil {
		panic(err)
	}
	return p
})

// ReadPolicy reads a policy in the form of policy.yaml. The error joins every
// fault: a role that is missing or unknown, a sensitivity without an access,
// an access or right that does not exist, a purpose that is not whole.
func ReadPolicy(text []byte) (*Policy, error) {
	p := new(Policy)
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(p); err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("policy: "+format, args...))
	}
	for _, name := range Roles {
		if p.Role(name) == nil {
			fault("role %q is missing", name)
		}
	}
	seen := map[Role]bool{}
	for _, r := range p.Roles {
		if !slices.Contains(Roles, r.Name) {
			fault("role %q is unknown", r.Name)
		}
		if seen[r.Name] {
			fault("role %q is listed twice", r.Name)
		}
		seen[r.Name] = true
		r.check(func(format string, args ...any) { fault("role %q: "+format, append([]any{r.Name}, args...)...) })
	}
	p.checkPurposes(fault)
	return p, errors.Join(faults...)
}

// check reports what is wrong with the row of a role.
func (r *RolePolicy) check(fault func(format string, args ...any)) {
	if r.Label.Zh == "" || r.Label.En == "" || r.Description.Zh == "" || r.Description.En == "" {
		fault("needs a label and a description in both languages")
	}
	tables := map[string]map[Sensitivity]Access{"sees": r.Sees}
	switch r.Scope {
	case ScopeTaskForce, ScopeItself:
		tables["beyond"] = r.Beyond
	case ScopeEverything:
		if r.Beyond != nil {
			fault(`has "beyond" without a scope`)
		}
	default:
		fault("scope %q is unknown", r.Scope)
	}
	for name, table := range tables {
		for _, s := range Sensitivities {
			switch a := table[s]; a {
			case Show, Refuse:
			case Mask, Audit:
				if s != Personal {
					fault("%s: %s cannot be %q, which is for personal values", name, s, a)
				}
			case "":
				fault("%s: %s has no access", name, s)
			default:
				fault("%s: %s: %q is not one of show, mask, audit, refuse", name, s, a)
			}
		}
		if len(table) > len(Sensitivities) {
			fault("%s has a sensitivity that does not exist", name)
		}
	}
	for _, right := range r.May {
		if right != MayWork && right != MayLoad && right != MaySteward && right != MayManage {
			fault("right %q is unknown", right)
		}
	}
	if len(r.Questions) == 0 {
		fault("has no questions")
	}
}
