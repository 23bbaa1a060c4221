package guard

import "strings"

// Shape returns a document without what a client chose in it, for a log: texts become "…"
// and numbers 0, comments are removed, and of names those stay that are known, as the ones
// of the schema are; others, such as aliases, become "_". A result longer than most bytes
// is cut and ends with an ellipsis.
func Shape(doc string, most int, known map[string]bool) string {
	var b strings.Builder
	s := scanner{doc: doc}
	word := false // whether the last token was one that needs a space before the next
	for {
		t := s.next()
		if t.kind == end {
			return b.String()
		}
		shown := doc[t.start:t.end]
		switch t.kind {
		case text, joined:
			shown = `"…"`
		case number:
			shown = "0"
		case illegal:
			shown = "?"
		case name:
			if !known[shown] {
				shown = "_"
			}
		}
		separate := t.kind == name || t.kind == number || t.kind == text || t.kind == joined
		if separate && word {
			b.WriteByte(' ')
		}
		word = separate
		if b.Len()+len(shown) > most {
			b.WriteString("…")
			return b.String()
		}
		b.WriteString(shown)
	}
}

// Names returns the names that a schema or a document holds, with those of the language
// itself.
func Names(doc string) map[string]bool {
	found := map[string]bool{
		"query": true, "mutation": true, "subscription": true, "fragment": true, "on": true, "true": true, "false": true, "null": true,
		"skip": true, "include": true, "if": true, "__typename": true, "__schema": true, "__type": true,
	}
	s := scanner{doc: doc}
	for {
		switch t := s.next(); t.kind {
		case end:
			return found
		case name:
			found[doc[t.start:t.end]] = true
		}
	}
}
