package api

import (
	"strings"
	"unicode/utf8"

	"liantu/api/engine"
	"liantu/graph"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// Role is what plans are made for: a role of the policy, and whether who asks
// states a purpose; see [roleOf].
type Role string

// Local is the role of whoever uses a service without accounts.
const Local = Role(schema.RoleAnonymous)

// treatment is the policy of schema/policy.yaml for a value of a sensitivity. It
// is asked for every field when an operation is planned (by [Server.treat]), and
// by [request.show] for values whose property shows only when the plan runs:
// captions, facts and conflicts. Nothing else decides what of a value leaves the
// service; what a role may not even know of is not in its [view].
func treatment(role Role, s schema.Sensitivity) engine.Treatment {
	policy, purpose := policyOf(role)
	within, beyond := treated(policy.See(s, true), purpose), treated(policy.See(s, false), purpose)
	if within != beyond {
		return engine.ByElement
	}
	return within
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

// treat says what a role sees of a field: questions and mutations by its right
// to them, properties by their sensitivity, and what leads to nodes that one
// may not know of by theirs. All else follows from what is in the view.
func (s *Server) treat(role, object, field string) engine.Treatment {
	if s.isRoot(object) {
		if policy, _ := policyOf(Role(role)); !s.mayAsk(policy, object, field) {
			return engine.Refuse
		}
	}
	key := object + "." + field
	if p := s.properties[key]; p != nil {
		return treatment(Role(role), p.Sensitivity)
	}
	if leads, ok := s.leads[key]; ok && treatment(Role(role), leads) == engine.Refuse {
		return engine.Refuse
	}
	return engine.Show
}

// mayAsk reports whether a role may ask a question, or has the right that a
// mutation takes.
func (s *Server) mayAsk(policy *schema.RolePolicy, object, field string) bool {
	if m := s.schema.MutationType(); m != nil && m.Name() == object {
		return policy.Has(s.rights[field])
	}
	return policy.MayAsk(field)
}

// isRoot reports whether an object is the root of operations.
func (s *Server) isRoot(object string) bool {
	for _, root := range []*graphql.Object{s.schema.QueryType(), s.schema.MutationType(), s.schema.SubscriptionType()} {
		if root != nil && root.Name() == object {
			return true
		}
	}
	return false
}

// treatElement says what the caller sees of a property of one element.
func (rq *request) treatElement(s schema.Sensitivity, within bool) engine.Treatment {
	policy, purpose := policyOf(rq.role)
	return treated(policy.See(s, within), purpose)
}

// show is what the role of the request sees of a value of a property, told
// beside others: what is personal is at most masked, since only the field of the
// property itself reveals it, on record.
func (rq *request) show(p *schema.Property, value any) any {
	if p == nil || p.Sensitivity != schema.Personal {
		return value // what is refused is not in the view
	}
	return mask(p, value)
}

// mask hides what of a personal value tells about a person.
func mask(p *schema.Property, value any) any {
	text, ok := value.(string)
	if !ok || p.Type == schema.TypeEnum {
		return nil // a number, a date or a choice has no harmless part
	}
	return maskText(p.Type, text)
}

// maskText hides the part of a personal text by which a person could be found.
func maskText(t schema.Type, text string) string {
	switch t {
	case schema.TypePhone:
		if len(text) < 8 {
			return "****"
		}
		return text[:3] + "****" + text[len(text)-4:]
	case schema.TypeEmail:
		name, domain, ok := strings.Cut(text, "@")
		if !ok {
			return "****"
		}
		return firstRune(name) + "***@" + domain
	case schema.TypeText:
		return firstRune(text) + "**"
	case schema.TypeRegion:
		if len(text) < 2 {
			return "******"
		}
		return text[:2] + "****" // the province
	}
	return "****"
}

func firstRune(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// showFact is a fact with its value as it may leave the service.
func (rq *request) showFact(k *schema.Kind, f graph.Fact) graph.Fact {
	f.Value = rq.show(k.Property(f.Property), f.Value)
	return f
}

// captionProperty is the property by which people know a node of kind k, nil
// when it has none.
func captionProperty(k *schema.Kind) *schema.Property {
	if k == nil {
		return nil
	}
	return k.Property(k.Caption)
}
