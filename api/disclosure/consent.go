package disclosure

import (
	"slices"
	"time"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// Reason is why a personal value stays masked although a purpose is stated.
type Reason string

// The reasons, the first that holds.
const (
	ReasonPurpose   Reason = "PURPOSE"           // the purpose does not open the property
	ReasonRefused   Reason = "CONSENT_REFUSED"   // the person has refused
	ReasonWithdrawn Reason = "CONSENT_WITHDRAWN" // the person has withdrawn the consent
	ReasonLapsed    Reason = "CONSENT_LAPSED"    // the consent has ended
	ReasonNotAsked  Reason = "CONSENT_NOT_ASKED" // the person has not been asked, and the purpose requires consent
	ReasonUnknown   Reason = "CONSENT_UNKNOWN"   // what is known of the consent cannot be read
)

// Label names the reason for people.
func (r Reason) Label() schema.Text {
	switch r {
	case ReasonPurpose:
		return schema.Text{Zh: "所述用途不包括", En: "not for this purpose"}
	case ReasonRefused:
		return schema.Text{Zh: "本人不同意", En: "consent refused"}
	case ReasonWithdrawn:
		return schema.Text{Zh: "本人已撤回同意", En: "consent withdrawn"}
	case ReasonLapsed:
		return schema.Text{Zh: "同意已过期", En: "consent lapsed"}
	case ReasonNotAsked:
		return schema.Text{Zh: "尚未征询同意", En: "consent not asked"}
	}
	return schema.Text{Zh: "同意情况不明", En: "consent unknown"}
}

// Withheld says what stayed masked for one reason.
type Withheld struct {
	Reason Reason   `json:"reason"`
	Fields []string `json:"fields"`        // properties, as in Person.phone
	Count  int      `json:"count"`         // of the elements
	IDs    []string `json:"ids,omitempty"` // of the first elements; none for PURPOSE
}

// Withheld lists what stayed masked although a purpose is stated, in the order in
// which it was first asked.
func (c *Caller) Withheld() []Withheld { return c.withheld }

// maxWithheldIDs is how many elements an answer names as withheld for one reason.
const maxWithheldIDs = 20

// withhold remembers why a value of an element stays masked. The reason is an
// internal fact about a person that the caller may know of.
func (c *Caller) withhold(why Reason, e Element, property string) {
	i := slices.IndexFunc(c.withheld, func(w Withheld) bool { return w.Reason == why })
	if i < 0 {
		i = len(c.withheld)
		c.withheld = append(c.withheld, Withheld{Reason: why})
	}
	w := &c.withheld[i]
	if name := e.Kind.Name + "." + property; !slices.Contains(w.Fields, name) {
		w.Fields = append(w.Fields, name)
	}
	if why == ReasonPurpose {
		return
	}
	if !c.counted[withheldOf{why, e.ID}] {
		if c.counted == nil {
			c.counted = map[withheldOf]bool{}
		}
		c.counted[withheldOf{why, e.ID}] = true
		if w.Count++; len(w.IDs) < maxWithheldIDs {
			w.IDs = append(w.IDs, string(e.ID))
		}
	}
}

// withheldOf is an element that is withheld for a reason.
type withheldOf struct {
	why Reason
	id  graph.ID
}

// withholds says why a purpose opens nothing of a value of an element, "" if it opens
// it: by what the purpose is for, and by the consent of each person that the element
// speaks of, on the day of the request.
func (c *Caller) withholds(purpose *schema.Purpose, e Element, p *schema.Property) Reason {
	if !purpose.Discloses(e.Kind.Name, p.Name) {
		return ReasonPurpose
	}
	for _, id := range c.personsOf(e) {
		if reason := c.consent(purpose, id); reason != "" {
			return reason
		}
	}
	if c.reaches(e, p) {
		return ReasonPurpose
	}
	return ""
}

// reaches reports whether a contact of what is no person is that of a person of whom
// nothing is shown. The answer does not say so, for then it would say whose it is.
func (c *Caller) reaches(e Element, p *schema.Property) bool {
	if e.Kind.IsEdge() || consents(e.Kind) || c.Whole == nil {
		return false
	}
	v := c.Whole.Vertex(e.ID)
	return v != projection.None && refusingOf(c.Whole, c.day()).has(c.Whole.Node(v), p)
}

// day is the day of the request.
func (c *Caller) day() string {
	if c.today == "" {
		c.today = time.Now().Format(time.DateOnly)
	}
	return c.today
}

// The properties that state whether a person agrees.
const (
	consentProperty = "consent"
	untilProperty   = "consent_until"
)

// consents reports whether nodes of a kind are persons who are asked.
func consents(k *schema.Kind) bool { return k != nil && k.Property(consentProperty) != nil }

// personsOf lists the persons of whom an element speaks: the node itself, or those at
// the ends of an edge. An end that cannot be found counts as a person, of whom nothing
// is known.
func (c *Caller) personsOf(e Element) []graph.ID {
	if !e.Kind.IsEdge() {
		if consents(e.Kind) {
			return []graph.ID{e.ID}
		}
		return nil
	}
	var persons []graph.ID
	for _, end := range []graph.ID{e.From, e.To} {
		if c.Whole == nil {
			persons = append(persons, end)
			continue
		}
		v := c.Whole.Vertex(end)
		if v == projection.None || consents(c.Whole.Model().Node(c.Whole.Kind(v))) {
			persons = append(persons, end)
		}
	}
	return persons
}

// consent says why nothing of a person is shown for a purpose, "" if the consent
// permits it.
func (c *Caller) consent(purpose *schema.Purpose, id graph.ID) Reason {
	v := projection.None
	if c.Whole != nil {
		v = c.Whole.Vertex(id)
	}
	if v == projection.None {
		return ReasonUnknown
	}
	return consentOf(c.Whole, v, purpose.Consent, c.day())
}

// consentOf says why nothing of a vertex is shown on a day for a purpose that requires a
// consent, "" if its consent permits it.
func consentOf(g *projection.Projection, v projection.Vertex, required schema.PurposeConsent, today string) Reason {
	lapsed := false
	if until := g.Text(v, untilProperty); until != "" {
		lapsed = schema.LastDay(until) < today
	}
	switch state := g.Text(v, consentProperty); {
	case state == "REFUSED":
		return ReasonRefused
	case state == "WITHDRAWN":
		return ReasonWithdrawn
	case state != "GIVEN" && state != "NOT_ASKED" && state != "":
		return ReasonUnknown
	case lapsed:
		return ReasonLapsed
	case state == "GIVEN" || required == schema.ConsentNotAsked:
		return ""
	}
	return ReasonNotAsked
}
