package recognise

import (
	"strings"

	"liantu/schema"
)

// Binding finds the columns of a file that a rule names by another form of their
// heads.
type Binding map[string]string

// Bind returns the binding of the columns of a file; it is empty for files whose
// columns come with the rows.
func Bind(columns []string) Binding {
	b := Binding{}
	for _, c := range columns {
		for _, form := range Forms(c) {
			if key := schema.NormalName(form); b[key] == "" {
				b[key] = c
			}
		}
	}
	for _, c := range columns { // a head that differs in case and marks alone wins, an identical one before it
		b[schema.NormalName(c)] = c
		b[identical+c] = c
	}
	return b
}

// identical begins the entries of heads as they are. No normal form begins so.
const identical = "\x00"

// Column returns the column of the file that a name means, else the name.
func (b Binding) Column(name string) string {
	if c := b[identical+name]; c != "" {
		return c
	}
	if c := b[schema.NormalName(name)]; c != "" && !strings.HasPrefix(name, "$") {
		return c
	}
	return name
}
