package disclosure

import (
	"errors"
	"slices"

	"liantu/access"
	"liantu/api/engine"
	"liantu/api/fault"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// Recorder keeps the record of what was revealed, changed and refused; an
// [access.Log] is one.
type Recorder interface {
	Append(access.Entry) error
	// AppendWithin adds the entry if its subject then has at most so many different ids
	// revealed to it on this day, else the error wraps [access.ErrQuota].
	AppendWithin(e access.Entry, most int) error
}

// Limits are the most persons and contacts that are revealed to one caller.
type Limits struct {
	Request int // in one answer, at most [MostRevealed]
	Day     int // in one day, over all answers
}

// DefaultLimits returns the limits of config.yaml.
func DefaultLimits() Limits { return Limits{Request: 20, Day: 100} }

// Caller is who makes a request: its identity, the role that plans are made for,
// what of the picture belongs to it, and what has been revealed to it.
type Caller struct {
	Identity *access.Identity
	Purpose  Stated // for which personal values are asked for
	Role     Role   // what plans are made for
	Scope    *Scope
	Whole    *projection.Projection // the picture of the present, not the view, by which consent is decided

	revealed reveals
	withheld []Withheld
	counted  map[withheldOf]bool
	today    string
}

// Element is a node or an edge of which a value is asked.
type Element struct {
	Kind     *schema.Kind
	ID       graph.ID
	From, To graph.ID // the ends of an edge
	Within   bool     // the scope of the caller
}

// SeesOf says what the caller sees of a value of a property of one element. What it
// would see but for the purpose or the consent is in [Caller.Withheld].
func (c *Caller) SeesOf(e Element, p *schema.Property) engine.Treatment {
	row, purpose := c.Role.row()
	a := row.See(p.Sensitivity, e.Within)
	if a != schema.Audit || purpose == nil {
		return treated(a, false)
	}
	if reason := c.withholds(purpose, e, p); reason != "" {
		c.withhold(reason, e, p.Name)
		return engine.Mask
	}
	return engine.Reveal
}

// Value is what the caller sees of a value of a property of one element, and
// whether that is the value itself: a masked value is what the mask leaves of it,
// nil for nothing. A personal value that is revealed is noted under the name of its
// field, as in Person.phone, for [Caller.Record], which must succeed before the
// value leaves the program. It is for answers that are made without a plan.
func (c *Caller) Value(field string, e Element, p *schema.Property, value any) (seen any, whole bool) {
	switch c.SeesOf(e, p) {
	case engine.Show:
		return value, true
	case engine.Reveal:
		c.Note(field, e)
		return value, true
	case engine.Mask:
		return Mask(p, value), false
	}
	return nil, false
}

// MayKnow refuses kinds of which the caller may know no node or edge. The error
// is [engine.ErrRefused].
func (c *Caller) MayKnow(model *schema.Model, kinds ...string) error {
	refused := func(name string) bool {
		k := model.Kind(name)
		return k != nil && c.Role.sees(k.Sensitivity) == engine.Refuse
	}
	every := func(ends []string) bool {
		return !slices.ContainsFunc(ends, func(end string) bool { return !refused(end) })
	}
	for _, name := range kinds {
		k := model.Kind(name)
		if refused(name) || k != nil && k.IsEdge() && (every(k.Edge.From) || every(k.Edge.To)) {
			return engine.ErrRefused
		}
	}
	return nil
}

// reveals are the personal values that an answer shows as they are.
type reveals struct {
	fields []string        // as in Person.phone
	ids    []string        // of the elements
	known  map[string]bool // the ids
}

// Note remembers that a field, as in Person.phone, of an element is revealed. What an
// edge reveals is noted for the persons at its ends, if there are any.
func (c *Caller) Note(field string, e Element) {
	r := &c.revealed
	if !slices.Contains(r.fields, field) {
		r.fields = append(r.fields, field)
	}
	persons := c.personsOf(e)
	if len(persons) == 0 {
		persons = []graph.ID{e.ID}
	}
	for _, id := range persons {
		if !r.known[string(id)] {
			if r.known == nil {
				r.known = map[string]bool{}
			}
			r.known[string(id)] = true
			r.ids = append(r.ids, string(id))
		}
	}
}

// MostRevealed is the most persons and contacts of one answer, since all of them are
// in one entry of the audit log.
const MostRevealed = 200

// maxRecordedFields is the most fields of an entry about what was refused.
const maxRecordedFields = 20

// Record enters in the audit log what an answer is about to reveal, and what was
// refused. The base has all that entries of one request share, except the caller.
// An answer that cannot be recorded must not be sent: then the error is not nil,
// also where something would be revealed without a recorder, and where more would be
// revealed than the limits allow, with [fault.CodeLimit]. Such a try is entered as denied
// if tried, which counts it, reports that it may be; nil for always.
func (c *Caller) Record(to Recorder, most Limits, tried func() bool, base access.Entry, errs []fault.Error) error {
	if to == nil {
		if len(c.revealed.ids) > 0 {
			return message.Errorf("something would be revealed without a record")
		}
		return nil
	}
	base = c.Signed(base)
	if err := c.recordReveals(to, most, tried, base); err != nil {
		return err
	}
	denied := deniedFields(errs)
	if len(denied) == 0 {
		return nil
	}
	e := base
	e.Action, e.Fields = access.Denied, denied
	return to.Append(e)
}

// recordReveals enters what is about to be revealed. A try beyond the limits is
// entered as denied; see [Caller.Record].
func (c *Caller) recordReveals(to Recorder, most Limits, tried func() bool, e access.Entry) error {
	ids := c.revealed.ids
	if len(ids) == 0 {
		return nil
	}
	e.Action, e.Fields, e.Count = access.Reveal, c.revealed.fields, len(ids)
	var refused *fault.RefusalError
	if limit := min(most.Request, MostRevealed); len(ids) > limit {
		refused = fault.Refuse(fault.CodeLimit, "the answer would show %d persons and contacts; %d are allowed in a request: ask for fewer, or without a purpose", len(ids), limit).
			With("limit", limit)
	} else {
		e.IDs = ids
		err := to.AppendWithin(e, most.Day)
		if !errors.Is(err, access.ErrQuota) {
			return err
		}
		refused = fault.Refuse(fault.CodeLimit, "more than %d persons and contacts would be shown to you today; without a purpose they are masked", most.Day).
			With("limit", most.Day)
	}
	if tried != nil && !tried() {
		return refused
	}
	e.Action, e.IDs = access.Denied, nil
	if err := to.Append(e); err != nil {
		return err
	}
	return refused
}

// Signed is an entry with the caller and its purpose.
func (c *Caller) Signed(e access.Entry) access.Entry {
	e.Who, e.Role, e.Purpose = c.Identity.Subject, c.Identity.Role, c.Purpose.String()
	return e
}

// deniedFields lists the fields that were refused, or asked for ids that nothing has,
// each once.
func deniedFields(errs []fault.Error) []string {
	var denied []string
	for _, e := range errs {
		if (e.Guess || e.Code() == fault.CodeForbidden) && len(denied) < maxRecordedFields && !slices.Contains(denied, e.Field) {
			denied = append(denied, e.Field)
		}
	}
	return denied
}
