package schema

import (
	"slices"
	"strings"
)

// Purpose is what personal values may be asked for. See the head of policy.yaml for
// the rules.
type Purpose struct {
	Code        string          `yaml:"code"` // as in VISIT
	Label       Text            `yaml:"label"`
	Description Text            `yaml:"description"`
	Roles       []Role          `yaml:"roles"`   // that may state it
	Consent     PurposeConsent  `yaml:"consent"` // that a person must have given
	Opens       []OpenedOfAKind `yaml:"opens"`   // what it opens
}

// OpenedOfAKind lists properties, as in Person.name, or is the name of a kind of edges
// alone, which opens that there are such edges and where they lead.
type OpenedOfAKind []string

// PurposeConsent says of whom a purpose opens values.
type PurposeConsent string

// The consent that a purpose requires.
const (
	ConsentGiven    PurposeConsent = "given"     // only of persons who have consented
	ConsentNotAsked PurposeConsent = "not_asked" // also of persons who have not been asked
)

// Permits reports whether a role may state the purpose.
func (p *Purpose) Permits(role Role) bool { return slices.Contains(p.Roles, role) }

// Discloses reports whether the purpose opens a property of a kind.
func (p *Purpose) Discloses(kind, property string) bool {
	return slices.ContainsFunc(p.Opens, func(of OpenedOfAKind) bool {
		return slices.ContainsFunc(of, func(name string) bool {
			k, of, _ := strings.Cut(name, ".")
			return k == kind && of == property
		})
	})
}

// OpensEdges reports whether the purpose opens the edges of a kind: where it opens one of
// their properties, or names the kind.
func (p *Purpose) OpensEdges(kind string) bool {
	return slices.ContainsFunc(p.Opens, func(of OpenedOfAKind) bool {
		return slices.ContainsFunc(of, func(name string) bool {
			edges, _, _ := strings.Cut(name, ".")
			return edges == kind
		})
	})
}

// Identifies reports whether the purpose opens all personal properties that identify the
// nodes of a kind.
func (p *Purpose) Identifies(kind *Kind) bool {
	for _, group := range kind.Identify {
		for _, name := range group {
			if property := kind.Property(name); property != nil && property.Sensitivity == Personal && !p.Discloses(kind.Name, name) {
				return false
			}
		}
	}
	return true
}

// Purpose returns the purpose with a code; nil for an unknown one.
func (p *Policy) Purpose(code string) *Purpose {
	for _, x := range p.Purposes {
		if x.Code == code {
			return x
		}
	}
	return nil
}

// FindPurpose returns the purpose that a text names by its code or one of its labels,
// whatever the case; nil if there is none.
func (p *Policy) FindPurpose(text string) *Purpose {
	text = strings.TrimSpace(text)
	for _, x := range p.Purposes {
		if strings.EqualFold(x.Code, text) || x.Label.Zh == text || strings.EqualFold(x.Label.En, text) {
			return x
		}
	}
	return nil
}

// checkPurposes reports what is wrong with the purposes.
func (p *Policy) checkPurposes(fault func(format string, args ...any)) {
	seen := map[string]bool{}
	for _, x := range p.Purposes {
		if x.Code == "" || strings.Trim(x.Code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != "" {
			fault("purpose %q: the code is not in capital letters", x.Code)
		}
		names := map[string]bool{x.Code: true, x.Label.Zh: true, strings.ToUpper(x.Label.En): true}
		for name := range names {
			if seen[name] {
				fault("purpose %q: another one is called %q as well", x.Code, name)
			}
			seen[name] = true
		}
		if x.Label.Zh == "" || x.Label.En == "" || x.Description.Zh == "" || x.Description.En == "" {
			fault("purpose %q needs a label and a description in both languages", x.Code)
		}
		if x.Consent != ConsentGiven && x.Consent != ConsentNotAsked {
			fault("purpose %q: consent %q is neither given nor not_asked", x.Code, x.Consent)
		}
		if len(x.Opens) == 0 {
			fault("purpose %q opens nothing", x.Code)
		}
		for _, name := range x.Roles {
			if r := p.Role(name); r == nil || r.Sees[Personal] != Audit {
				fault("purpose %q: the role %q sees no personal values for a purpose", x.Code, name)
			}
		}
		if len(x.Roles) == 0 {
			fault("purpose %q is for no role", x.Code)
		}
	}
}
