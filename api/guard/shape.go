package guard

import "strings"

// Shape returns a document without its values, for a log: texts become "…" and
// numbers 0, comments are removed, and names stay. A result longer than most bytes
// is cut and ends with an ellipsis.
func Shape(doc string, most int) string {
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
		case text:
			shown = `"…"`
		case number:
			shown = "0"
		case illegal:
			shown = "?"
		}
		separate := t.kind == name || t.kind == number || t.kind == text
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
