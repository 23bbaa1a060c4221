package recognise

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"liantu/schema"
)

var (
	headRemark = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>`)
	// distinctRemark matches remarks that make a column a different one.
	distinctRemark = regexp.MustCompile(`英文|曾用|简称|旧|原|english`)
	headMarks      = strings.NewReplacer("*", "", "★", "", "※", "", "☆", "")
)

// Forms returns the forms of a column head without what people add to it, the
// head itself first: 企业名称*（必填） is 企业名称, and 营业总收入 [报告期]2023年报
// [单位]亿元 is 营业总收入.
func Forms(head string) []string {
	forms := []string{head}
	add := func(form string) {
		if form = strings.Trim(strings.Join(strings.Fields(form), " "), " :："); form != "" && !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	folded := headMarks.Replace(norm.NFKC.String(head))
	if distinctRemark.MatchString(strings.ToLower(strings.Join(headRemark.FindAllString(folded, -1), " "))) {
		return forms
	}
	if name, _, ok := schema.HeaderUnit(folded); ok {
		add(name)
	}
	add(headRemark.ReplaceAllString(folded, ""))
	if i := strings.IndexAny(folded, "([【"); i > 0 {
		add(folded[:i])
	}
	return forms
}

// Heads are column heads in their normal forms.
type Heads map[string]bool

// Add adds heads.
func (h Heads) Add(heads ...string) {
	for _, head := range heads {
		h[schema.NormalName(head)] = true
	}
}

// Has reports whether a text is one of the heads, in any of its [Forms].
func (h Heads) Has(text string) bool {
	if len(text) > maxHead {
		return false
	}
	return slices.ContainsFunc(Forms(text), func(form string) bool { return h[schema.NormalName(form)] })
}

// maxHead is an upper limit of the bytes of a column head.
const maxHead = 300

// Known returns the heads that have a meaning in the model.
func (r *Recogniser) Known() Heads { return r.known }

// knownHeads collects the heads that have a meaning in a model.
func knownHeads(model *schema.Model) Heads {
	h := Heads{}
	for _, k := range slices.Concat(model.Nodes, model.Edges) {
		for _, p := range k.Properties {
			h.Add(p.Heads()...)
			for _, part := range p.Parts {
				h.Add(part.Heads...)
			}
		}
		h.Add(slices.Concat(k.Levels...)...)
		for i := range k.Along {
			a := &k.Along[i]
			h.Add(slices.Concat(a.Columns()...)...)
			h.Add(a.Within...)
			for _, heads := range a.Beside {
				h.Add(heads...)
			}
		}
	}
	for _, p := range model.Row {
		h.Add(p.Heads()...)
	}
	h.Add(model.Words.Neutral...)
	return h
}

func headsOf(lists ...[]string) Heads {
	h := Heads{}
	for _, list := range lists {
		h.Add(list...)
	}
	delete(h, "")
	return h
}
