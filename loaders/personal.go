package loaders

import (
	"slices"

	"liantu/message"
	"liantu/schema"
)

// Reports are read by more people than the file that was loaded: on screens, in
// logs, in mails. So no fault repeats what stands in a personal column. It names the
// row and the column instead, and the file of rejected rows holds the row itself.

// notePersonal remembers the columns whose cells are personal: those of personal
// properties, and those that name nodes of a
// personal kind. The ids by which another program numbers its nodes are not.
func (p *plan) notePersonal() {
	p.personal = map[string]bool{}
	note := func(columns []column) {
		for _, c := range columns {
			p.personal[c.name] = true
		}
	}
	for _, e := range slices.Concat(p.nodes, p.edges) {
		for i := range e.values {
			if v := &e.values[i]; v.Sensitivity == schema.Personal {
				note(v.text.columns)
			}
		}
		for _, end := range []*end{e.from, e.to} {
			if end != nil && !end.rule.ID && end.personal() {
				note(end.text.columns)
			}
		}
	}
}

// personal reports whether the end may name a node of a personal kind.
func (e *end) personal() bool {
	return slices.ContainsFunc(e.kinds, func(k *schema.Kind) bool { return k.Sensitivity == schema.Personal })
}

// conceal takes out of a fault what stands in a cell, if that is personal.
func (r *row) conceal(f *Fault, c *cell) {
	if f.Code == CodePersonal {
		f.Value = "" // its reason says so
		return
	}
	if !r.file.plan.personal[c.column] || c.raw == "" && c.text == "" {
		return
	}
	f.Value = ""
	if f.Code != CodeMissing { // whose reason names what is missing, and quotes nothing
		f.Reason = concealed(f.Code).In(r.file.language)
	}
}

// concealed is the reason of a fault of a personal value.
func concealed(code Code) message.Text {
	return message.New("%s; the value is personal and is not shown here", code.Label())
}

// openText is a text that names a node at an end, for a message; that of a person is
// not shown.
func (e *end) openText(text string) string {
	if e.personal() {
		return hiddenText
	}
	return short(text)
}

// hiddenText stands for a personal value in a message.
const hiddenText = "***"
