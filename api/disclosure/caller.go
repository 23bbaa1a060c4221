package disclosure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"liantu/access"
	"liantu/api/engine"
	"liantu/api/fault"
	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// Recorder keeps the record of what was revealed, changed and refused.
type Recorder interface {
	Append(access.Entry) error
}

// Caller is who makes a request: its identity, the role that plans are made for,
// what of the picture belongs to it, and what has been revealed to it.
type Caller struct {
	Identity *access.Identity
	Purpose  string // for which personal values are asked for
	Role     Role   // what plans are made for
	Scope    *Scope

	revealed reveals
}

// SeesOf says what the caller sees of a value of one element.
func (c *Caller) SeesOf(s schema.Sensitivity, within bool) engine.Treatment {
	return c.Role.seesOf(s, within)
}

// Value is what the caller sees of a value of a property of one element, and
// whether that is the value itself: a masked value is what the mask leaves of it,
// nil for nothing. A personal value that is revealed is noted under the name of its
// field, as in Person.phone, for [Caller.Record], which must succeed before the
// value leaves the program. It is for answers that are made without a plan.
func (c *Caller) Value(field string, p *schema.Property, id graph.ID, within bool, value any) (seen any, whole bool) {
	switch c.SeesOf(p.Sensitivity, within) {
	case engine.Show:
		return value, true
	case engine.Reveal:
		c.Note(field, string(id))
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

// Note remembers that a field, as in Person.phone, of the element with an id is
// revealed.
func (c *Caller) Note(field, id string) {
	r := &c.revealed
	if !slices.Contains(r.fields, field) {
		r.fields = append(r.fields, field)
	}
	if !r.known[id] {
		if r.known == nil {
			r.known = map[string]bool{}
		}
		r.known[id] = true
		r.ids = append(r.ids, id)
	}
}

// The limits of one entry of the audit log.
const (
	maxRecordedIDs    = 200
	maxRecordedFields = 20 // that were refused
)

// Record enters in the audit log what an answer is about to reveal, and what was
// refused. The base has all that entries of one request share, except the caller.
// An answer that cannot be recorded must not be sent: then the error is not nil,
// also where something would be revealed without a recorder.
func (c *Caller) Record(to Recorder, base access.Entry, errs []fault.Error) error {
	if to == nil {
		if len(c.revealed.ids) > 0 {
			return message.Errorf("something would be revealed without a record")
		}
		return nil
	}
	base = c.Signed(base)
	if len(c.revealed.ids) > 0 {
		e := base
		e.Action, e.Fields, e.Count = access.Reveal, c.revealed.fields, len(c.revealed.ids)
		e.IDs = c.revealed.ids[:min(len(c.revealed.ids), maxRecordedIDs)]
		if err := to.Append(e); err != nil {
			return err
		}
	}
	denied := deniedFields(errs)
	if len(denied) == 0 {
		return nil
	}
	e := base
	e.Action, e.Fields = access.Denied, denied
	return to.Append(e)
}

// Signed is an entry with the caller and its purpose.
func (c *Caller) Signed(e access.Entry) access.Entry {
	e.Who, e.Role, e.Purpose = c.Identity.Subject, c.Identity.Role, c.Purpose
	return e
}

// deniedFields lists the fields that were refused, each once.
func deniedFields(errs []fault.Error) []string {
	var denied []string
	for _, e := range errs {
		if e.Code() == fault.CodeForbidden && len(denied) < maxRecordedFields && !slices.Contains(denied, e.Field) {
			denied = append(denied, e.Field)
		}
	}
	return denied
}

// maxPurpose is the most characters of a purpose.
const maxPurpose = 200

// PurposeOf reads from the extensions of a request the purpose for which the caller
// asks to see personal values, "" if none is stated. The refusal has
// [fault.CodeInput].
func PurposeOf(extensions map[string]any) (string, *fault.RefusalError) {
	given, ok := extensions["purpose"]
	if !ok || given == nil {
		return "", nil
	}
	text, ok := given.(string)
	text = strings.TrimSpace(text)
	if !ok || !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxPurpose || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
		return "", fault.Refuse(fault.CodeInput, "extensions.purpose is not a text of at most %d characters on one line", maxPurpose)
	}
	return text, nil
}
