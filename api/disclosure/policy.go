package disclosure

import (
	"strings"

	"liantu/access"
	"liantu/api/engine"
	"liantu/schema"
)

// Role is what plans are made for: a role of the policy, and the purpose that the
// caller states; see [RoleOf].
type Role string

// Local is the role of the user of a service without accounts.
const Local = Role(schema.RoleAnonymous)

// purposeMark stands before the code of the purpose in the role of a caller that
// states one.
const purposeMark = "+"

// RoleOf names what plans are made for: the role, and the purpose that is stated.
func RoleOf(id *access.Identity, stated Stated) Role {
	if stated.purpose != nil {
		return Role(string(id.Role) + purposeMark + stated.purpose.Code)
	}
	return Role(id.Role)
}

// States reports whether the role is that of a caller that states a purpose.
func (r Role) States() bool { return strings.Contains(string(r), purposeMark) }

// row returns the row of the policy for a role, and the purpose that is stated, nil
// for none. A role that is not in the table may see nothing, and a purpose that the
// role may not state is none.
func (r Role) row() (row *schema.RolePolicy, purpose *schema.Purpose) {
	name, code, _ := strings.Cut(string(r), purposeMark)
	policy := schema.DefaultPolicy()
	if row = policy.Role(schema.Role(name)); row == nil {
		row = new(schema.RolePolicy)
	}
	if purpose = policy.Purpose(code); purpose != nil && !purpose.Permits(row.Name) {
		purpose = nil
	}
	return row, purpose
}

// sees is the policy of schema/policy.yaml for a value of a sensitivity. It is
// asked for every field when an operation is planned, by [Policy.Treat], and by
// [Show] for values whose property is known only when the plan runs: captions,
// facts and conflicts. Nothing else decides what of a value leaves the service;
// what a role may not even know of is not in its [View].
func (r Role) sees(s schema.Sensitivity) engine.Treatment { return r.seesAs(s, false) }

// seesProperty is sees for the values of a property of a kind, which the purpose may
// open: then the consent of the person decides, element by element.
func (r Role) seesProperty(kind string, p *schema.Property) engine.Treatment {
	_, purpose := r.row()
	return r.seesAs(p.Sensitivity, purpose != nil && purpose.Discloses(kind, p.Name))
}

func (r Role) seesAs(s schema.Sensitivity, opened bool) engine.Treatment {
	row, _ := r.row()
	within, beyond := treated(row.See(s, true), opened), treated(row.See(s, false), opened)
	if within != beyond {
		return engine.ByElement
	}
	return within
}

func treated(a schema.Access, opened bool) engine.Treatment {
	switch {
	case a == schema.Show:
		return engine.Show
	case a == schema.Audit && opened:
		return engine.ByElement
	case a == schema.Mask || a == schema.Audit:
		return engine.Mask
	}
	return engine.Refuse
}

// The root types of operations.
const (
	QueryType        = "Query"
	MutationType     = "Mutation"
	SubscriptionType = "Subscription"
)

// Policy says what the fields of a schema show. Its keys are Type.field, as in
// Company.name, those of Rights the fields of the root of mutations.
type Policy struct {
	Properties map[string]*schema.Property   // what of the data a field shows
	Kinds      map[string]string             // the kind that has the property
	Leads      map[string]schema.Sensitivity // of the nodes that a field leads to, where it is not public
	Ties       map[string]Tied               // fields that lead along edges of persons or name their sources
	Rights     map[string]schema.Right       // that a mutation requires
	Asks       map[string]string             // the question that a field below another answers
}

// Tied says what a field shows of persons beside their properties.
type Tied struct {
	All    bool                       // whether it shows nothing else
	Opened func(*schema.Purpose) bool // whether a purpose opens it
}

// NewPolicy returns a policy of no fields, to be filled in.
func NewPolicy() *Policy {
	return &Policy{
		Properties: map[string]*schema.Property{}, Kinds: map[string]string{}, Leads: map[string]schema.Sensitivity{},
		Ties: map[string]Tied{}, Rights: map[string]schema.Right{}, Asks: map[string]string{},
	}
}

// Treat says what a role sees of a field: questions and mutations by its right
// to them, also where a question is asked of an object, properties by their sensitivity, and what leads to nodes that one
// may not know of by theirs. All else follows from what is in the view.
func (p *Policy) Treat(role, object, field string) engine.Treatment {
	if !p.mayAsk(Role(role), object, field) {
		return engine.Refuse
	}
	key := object + "." + field
	if shown := p.Properties[key]; shown != nil {
		return Role(role).seesProperty(p.Kinds[key], shown)
	}
	if leads, ok := p.Leads[key]; ok && Role(role).sees(leads) == engine.Refuse {
		return engine.Refuse
	}
	if tied, ok := p.Ties[key]; ok {
		// The field itself leaves out what is masked, by each person; a role that sees no
		// person at all has none in its view.
		_, purpose := Role(role).row()
		opened := purpose != nil && tied.Opened(purpose)
		if seen := Role(role).seesAs(schema.Personal, opened); seen != engine.Refuse || tied.All {
			return seen
		}
	}
	return engine.Show
}

// mayAsk reports whether a role may ask a question, wherever a field answers it, or has
// the right that a mutation requires.
func (p *Policy) mayAsk(role Role, object, field string) bool {
	switch object {
	case MutationType:
		row, _ := role.row()
		return row.Has(p.Rights[field])
	case QueryType, SubscriptionType:
		row, _ := role.row()
		return row.MayAsk(field)
	}
	if question, ok := p.Asks[object+"."+field]; ok {
		row, _ := role.row()
		return row.MayAsk(question)
	}
	return true
}
