package disclosure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"liantu/api/fault"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// Stated is the purpose that a request states, with its note. The zero value states
// none.
type Stated struct {
	purpose *schema.Purpose
	note    string // masked
}

// None reports whether no purpose is stated.
func (s Stated) None() bool { return s.purpose == nil }

// String is the purpose as it is recorded: its code, and the masked note.
func (s Stated) String() string {
	switch {
	case s.purpose == nil:
		return ""
	case s.note == "":
		return s.purpose.Code
	}
	return s.purpose.Code + ": " + s.note
}

// maxNote is the most characters of a note.
const maxNote = 200

// PurposeOf reads from the extensions of a request the purpose for which a role asks
// to see personal values, extensions.purpose and extensions.note; see [State].
func PurposeOf(extensions map[string]any, role schema.Role, g *projection.Projection) (Stated, *fault.RefusalError) {
	return State(Given{"extensions.purpose", extensions["purpose"]}, Given{"extensions.note", extensions["note"]}, role, g)
}

// Given is a value that a caller gives, and what it is called there.
type Given struct {
	Name  string
	Value any
}

// State reads a purpose, one of the list in schema/policy.yaml by its code or a label,
// and a note, what it is for in the caller's own words, in which names that g holds
// and numbers are masked. Without a purpose the note means nothing. The refusal of a
// text that names no purpose has [fault.CodeInput] and lists the purposes; that of a
// purpose which the role may not state has [fault.CodeForbidden]. Neither repeats what
// was given.
func State(purpose, note Given, role schema.Role, g *projection.Projection) (Stated, *fault.RefusalError) {
	if purpose.Value == nil || purpose.Value == "" {
		return Stated{}, nil
	}
	text, _ := purpose.Value.(string)
	found := schema.DefaultPolicy().FindPurpose(text)
	if found == nil {
		return Stated{}, fault.Refuse(fault.CodeInput, "%s is none of the purposes %v; choose one, and write in %s what it is for", purpose.Name, purposesOf(role), note.Name).
			With("purposes", codesOf(role))
	}
	if !found.Permits(role) {
		return Stated{}, fault.Refuse(fault.CodeForbidden, "%s: the role %s may not state the purpose %s; without one personal values are masked", purpose.Name, string(role), found.Code)
	}
	words, f := noteOf(note)
	if f != nil {
		return Stated{}, f
	}
	return Stated{found, MaskNote(g, words)}, nil
}

// noteOf checks a note.
func noteOf(note Given) (string, *fault.RefusalError) {
	if note.Value == nil {
		return "", nil
	}
	text, ok := note.Value.(string)
	text = strings.TrimSpace(text)
	breaks := func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }
	if !ok || !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxNote || strings.ContainsFunc(text, breaks) {
		return "", fault.Refuse(fault.CodeInput, "%s is not a text of at most %d characters on one line", note.Name, maxNote)
	}
	return text, nil
}

// usable are the purposes that a role may state; all where it may state none.
func usable(role schema.Role) []*schema.Purpose {
	var list []*schema.Purpose
	for _, p := range schema.DefaultPolicy().Purposes {
		if p.Permits(role) {
			list = append(list, p)
		}
	}
	if list == nil {
		return schema.DefaultPolicy().Purposes
	}
	return list
}

func purposesOf(role schema.Role) message.List {
	var list message.List
	for _, p := range usable(role) {
		list = append(list, message.New("%s (%v)", p.Code, p.Label))
	}
	return list
}

func codesOf(role schema.Role) []string {
	var list []string
	for _, p := range usable(role) {
		list = append(list, p.Code)
	}
	return list
}
