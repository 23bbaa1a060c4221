package disclosure

import (
	"strings"

	"liantu/access"
	"liantu/api/engine"
	"liantu/schema"
)

// Role is what plans are made for: a role of the policy, and whether the caller
// states a purpose; see [RoleOf].
type Role string

// Local is the role of the user of a service without accounts.
const Local = Role(schema.RoleAnonymous)

// purposeMark ends the role of a caller that states a purpose.
const purposeMark = "+purpose"

// RoleOf names what plans are made for: the role, and whether a purpose is
// stated.
func RoleOf(id *access.Identity, purpose string) Role {
	if purpose != "" {
		return Role(id.Role) + purposeMark
	}
	return Role(id.Role)
}

// States reports whether the role is that of a caller that states a purpose.
func (r Role) States() bool { return strings.HasSuffix(string(r), purposeMark) }

// row returns the row of the policy for a role, and whether a purpose is
// stated. A role that is not in the table may see nothing.
func (r Role) row() (row *schema.RolePolicy, purpose bool) {
	name, purpose := strings.CutSuffix(string(r), purposeMark)
	if row = schema.DefaultPolicy().Role(schema.Role(name)); row == nil {
		row = new(schema.RolePolicy)
	}
	return row, purpose
}

// sees is the policy of schema/policy.yaml for a value of a sensitivity. It is
// asked for every field when an operation is planned, by [Policy.Treat], and by
// [Show] for values whose property is known only when the plan runs: captions,
// facts and conflicts. Nothing else decides what of a value leaves the service;
// what a role may not even know of is not in its [View].
func (r Role) sees(s schema.Sensitivity) engine.Treatment {
	row, purpose := r.row()
	within, beyond := treated(row.See(s, true), purpose), treated(row.See(s, false), purpose)
	if within != beyond {
		return engine.ByElement
	}
	return within
}

// seesOf says what a role sees of a value of one element.
func (r Role) seesOf(s schema.Sensitivity, within bool) engine.Treatment {
	row, purpose := r.row()
	return treated(row.See(s, within), purpose)
}

func treated(a schema.Access, purpose bool) engine.Treatment {
	switch {
	case a == schema.Show:
		return engine.Show
	case a == schema.Audit && purpose:
		return engine.Reveal
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
	Leads      map[string]schema.Sensitivity // of the nodes that a field leads to, where it is not public
	Ties       map[string]bool               // fields that lead along edges of persons; whether all their edges are such
	Rights     map[string]schema.Right       // that a mutation requires
}

// NewPolicy returns a policy of no fields, to be filled in.
func NewPolicy() *Policy {
	return &Policy{
		Properties: map[string]*schema.Property{}, Leads: map[string]schema.Sensitivity{},
		Ties: map[string]bool{}, Rights: map[string]schema.Right{},
	}
}

// Treat says what a role sees of a field: questions and mutations by its right
// to them, properties by their sensitivity, and what leads to nodes that one
// may not know of by theirs. All else follows from what is in the view.
func (p *Policy) Treat(role, object, field string) engine.Treatment {
	if !p.mayAsk(Role(role), object, field) {
		return engine.Refuse
	}
	key := object + "." + field
	if shown := p.Properties[key]; shown != nil {
		return Role(role).sees(shown.Sensitivity)
	}
	if leads, ok := p.Leads[key]; ok && Role(role).sees(leads) == engine.Refuse {
		return engine.Refuse
	}
	if all, ok := p.Ties[key]; ok {
		// The field itself leaves out what is masked; a role that sees no person at all
		// has none in its view.
		if seen := Role(role).sees(schema.Personal); seen != engine.Refuse || all {
			return seen
		}
	}
	return engine.Show
}

// mayAsk reports whether a role may ask a question, or has the right that a
// mutation requires.
func (p *Policy) mayAsk(role Role, object, field string) bool {
	switch object {
	case MutationType:
		row, _ := role.row()
		return row.Has(p.Rights[field])
	case QueryType, SubscriptionType:
		row, _ := role.row()
		return row.MayAsk(field)
	}
	return true
}
