package projection

import (
	"slices"

	"liantu/schema"
)

// Notices returns what the sources of the picture say that a reader is to know before any
// answer, such as that they are a sample, in order and each once.
func (p *Projection) Notices() []schema.Text {
	var out []schema.Text
	first, end := p.Range(Source)
	for v := first; v < end; v++ {
		t := schema.Text{Zh: p.Text(v, "notice"), En: p.Text(v, "english_notice")}
		if t.Zh == "" {
			t.Zh = t.En
		}
		if t.En == "" {
			t.En = t.Zh
		}
		if t.Zh != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
