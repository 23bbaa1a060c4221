package loaders

import (
	"liantu/graph"
	"liantu/loaders/names"
	"liantu/message"
	"liantu/schema"
)

// nameless warns of a company that nothing but a name identifies which names none, and
// leaves it out.
func (r *row) nameless(e *emitter, key graph.Key, props map[string]any) bool {
	if e.kind.Name != names.CompanyKind {
		return false
	}
	if _, byName := graph.FallbackText(e.kind, key); !byName {
		return false
	}
	name, _ := props[e.kind.Caption].(string)
	if !names.Nameless(name) {
		return false
	}
	c := cell{raw: name}
	if e.name != nil && len(e.name.text.columns) == 1 {
		c.column = e.name.text.columns[0].name
	}
	r.skip(&c)
	return true
}

// skip warns of a name that names no company. A row of which nothing else is left out
// counts as skipped, like a note.
func (r *row) skip(c *cell) {
	r.warn(c, CodeAnonymous, message.New("%q stands for a company that its source does not name and identifies none; it is left out", short(c.raw)))
	r.file.faults[len(r.file.faults)-1].skips = true
}

// onlyCompanies reports whether an end may be nothing but a company.
func onlyCompanies(kinds []*schema.Kind) bool {
	return len(kinds) == 1 && kinds[0].Name == names.CompanyKind
}

// countSkipped counts the rows of which nothing was loaded because they name no company
// as skipped.
func (f *file) countSkipped() {
	skipped := map[int]bool{}
	for i := range f.faults {
		if ft := &f.faults[i]; ft.skips && f.went[ft.ordinal] == 0 {
			skipped[ft.ordinal] = true
		}
	}
	for i := range f.faults {
		if ft := &f.faults[i]; ft.fails {
			delete(skipped, ft.ordinal)
		}
	}
	f.report.Rows.Blank += len(skipped)
}
