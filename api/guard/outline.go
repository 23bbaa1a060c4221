package guard

import (
	"strings"

	"liantu/message"
)

// size counts what a selection set holds. Counts saturate, so that fragments
// which double at each step cannot overflow them.
type size struct {
	depth, fields, aliases, directives, roots int
}

// use is one spread of a fragment inside a definition.
type use struct {
	fragment string
	depth    int  // counted fields above the spread
	root     bool // whether no field at all is above it
}

// definition is one operation or fragment of the document.
type definition struct {
	fragment string // its name; "" for an operation
	meta     bool   // a fragment on a type of the introspection
	own      size
	uses     []use
}

// outline follows the tokens of a document and notes, definition by
// definition, what it selects itself and which fragments it spreads.
type outline struct {
	limits Limits
	tokens int
	open   int    // braces, brackets and parentheses that are open
	braces int    // open braces of selection sets
	levels int    // those of them that belong to a field, not to an inline fragment
	depth  int    // those of them that count towards the depth
	inline uint64 // bit i says that the i-th open selection set is an inline fragment's
	free   uint64 // bit i says that it does not count towards the depth
	meta   int    // open selection sets when an introspection began, 0 outside of one
	spread bool   // a spread was read, and no name or brace after it yet
	field  string // the last field that was read
	args   bool   // whether it has arguments
	inside int    // open parentheses and brackets, where names are not fields

	definitions []definition
	inHead      bool // before the first brace of a definition
	before      [2]token
	lastName    string // text of the last name at brace depth 0
}

// add takes the next token and refuses it when it exceeds a limit of the plain
// document.
func (o *outline) add(doc string, t token) *Refusal {
	if o.tokens++; o.tokens > o.limits.Tokens {
		return &Refusal{Code: CodeTokens, What: message.New("tokens"), Limit: o.limits.Tokens, Offset: t.start}
	}
	switch t.kind {
	case punct:
		if r := o.punctuator(t); r != nil {
			return r
		}
	case name:
		o.name(doc, t)
	case spread:
		o.spread = true
	case joined:
		return &Refusal{Code: CodeQuotes, What: message.New("a block string with a quote behind it; put a blank between them"), Offset: t.end}
	}
	o.before = [2]token{t, o.before[0]}
	return nil
}

func (o *outline) punctuator(t token) *Refusal {
	switch t.char {
	case '{':
		if o.braces == 0 && o.inside == 0 && !o.inHead {
			o.define("") // the short form of a query has no head
		}
		o.opened()
		if o.inside == 0 {
			o.openSelection()
		} else {
			o.inside++ // an object value inside arguments
		}
	case '(', '[':
		o.args = o.args || o.inside == 0
		o.opened()
		o.inside++
	case '}', ')', ']':
		o.closed(t.char)
	case ':':
		if o.selecting() && o.before[0].kind == name {
			o.current().own.aliases++
			o.current().own.fields-- // the alias was counted as a field
			if o.levels == 1 {
				o.current().own.roots--
			}
		}
	case '@':
		if d := o.current(); d != nil {
			d.own.directives++
		}
	}
	if o.open > o.limits.Nesting {
		return &Refusal{Code: CodeNesting, What: message.New("brackets within each other"), Limit: o.limits.Nesting, Offset: t.start}
	}
	return nil
}

func (o *outline) opened() { o.open++ }

// openSelection opens a selection set and decides whether it counts towards the
// depth: that of an inline fragment does not, nor that of a wrapper of a list, nor
// any within an introspection, which the cost of its lists limits.
func (o *outline) openSelection() {
	d := o.current()
	inline := o.spread && o.braces > 0
	if o.meta == 0 && o.braces > 0 && !inline && (o.field == "__schema" || o.field == "__type") {
		o.meta = o.braces
	}
	free := inline || o.meta > 0 || d != nil && d.meta || o.braces > 0 && !o.args && wrapper(o.field)
	o.inline, o.free = o.inline<<1, o.free<<1
	if inline {
		o.inline |= 1
		if d != nil {
			d.own.fields++
		}
	} else {
		o.levels++
	}
	if free {
		o.free |= 1
	} else {
		o.depth++
	}
	o.spread, o.field, o.args = false, "", false
	o.braces++
	o.inHead = false
	if d != nil {
		d.own.depth = max(d.own.depth, o.depth)
	}
}

// wrapper reports whether a field without arguments has the name of a part of a
// Relay connection that wraps an item, which is no further step through the data.
func wrapper(field string) bool { return field == "edges" || field == "nodes" || field == "node" }

// closed takes a closing bracket. One that was not opened is left to the parser.
func (o *outline) closed(c byte) {
	if o.open > 0 {
		o.open--
	}
	switch {
	case o.inside > 0:
		o.inside--
	case c == '}' && o.braces > 0:
		o.braces--
		if o.inline&1 == 0 {
			o.levels--
		}
		if o.free&1 == 0 {
			o.depth--
		}
		o.inline, o.free = o.inline>>1, o.free>>1
		if o.braces <= o.meta {
			o.meta = 0
		}
	}
}

// selecting reports whether a name at this point is a field.
func (o *outline) selecting() bool { return o.braces > 0 && o.inside == 0 && o.current() != nil }

func (o *outline) name(doc string, t token) {
	word := doc[t.start:t.end]
	if o.braces == 0 {
		if o.inside == 0 {
			o.head(word)
		}
		return
	}
	if !o.selecting() {
		return
	}
	d := o.current()
	last, beforeLast := o.before[0], o.before[1]
	switch {
	case last.kind == punct && last.char == '@': // the name of a directive
	case last.kind == spread:
		if word != "on" {
			d.uses = append(d.uses, use{fragment: word, depth: max(o.depth-1, 0), root: o.levels == 1})
			d.own.fields++
			o.spread = false
		}
	case last.kind == name && beforeLast.kind == spread && doc[last.start:last.end] == "on":
		// the type of an inline fragment
	default:
		o.spread = false
		o.field, o.args = word, false
		d.own.fields++
		if o.levels == 1 {
			d.own.roots++
		}
	}
}

// head reads the words before the first brace of a definition.
func (o *outline) head(word string) {
	switch {
	case !o.inHead:
		o.define("")
		o.inHead = true
		o.lastName = word
	case o.lastName == "fragment" && o.current().fragment == "":
		o.current().fragment = word
		o.lastName = word
	case o.lastName == "on" && o.current().fragment != "" && strings.HasPrefix(word, "__"):
		o.current().meta = true
		o.lastName = word
	default:
		o.lastName = word
	}
}

func (o *outline) define(fragment string) {
	o.definitions = append(o.definitions, definition{fragment: fragment})
}

func (o *outline) current() *definition {
	if len(o.definitions) == 0 {
		return nil
	}
	return &o.definitions[len(o.definitions)-1]
}
