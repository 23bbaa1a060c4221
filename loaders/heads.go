package loaders

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

// headForms returns the forms of a column head without what people add to it, the
// head itself first: 企业名称*（必填） is 企业名称, and 营业总收入 [报告期]2023年报
// [单位]亿元 is 营业总收入.
func headForms(head string) []string {
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

// findProperty returns the property of a kind that a head means, or nil.
func findProperty(kind *schema.Kind, head string) *schema.Property {
	for _, form := range headForms(head) {
		if p := kind.Find(form); p != nil {
			return p
		}
	}
	return nil
}

// findRow returns the column of the row that a head means, or nil.
func findRow(model *schema.Model, head string) *schema.Property {
	for _, form := range headForms(head) {
		if p := model.FindRow(form); p != nil {
			return p
		}
	}
	return nil
}

// headSet holds the column heads that have a meaning, in their normal forms.
type headSet map[string]bool

func (h headSet) add(heads ...string) {
	for _, head := range heads {
		h[schema.NormalName(head)] = true
	}
}

// has reports whether a text is one of the heads.
func (h headSet) has(text string) bool {
	if len(text) > maxHead {
		return false
	}
	return slices.ContainsFunc(headForms(text), func(form string) bool { return h[schema.NormalName(form)] })
}

// maxHead is an upper limit of the bytes of a column head.
const maxHead = 300

// modelHeads returns the heads that have a meaning in the model.
func modelHeads(model *schema.Model) headSet {
	h := headSet{}
	for _, k := range slices.Concat(model.Nodes, model.Edges) {
		for _, p := range k.Properties {
			h.add(p.Heads()...)
		}
	}
	for _, p := range model.Row {
		h.add(p.Heads()...)
	}
	for _, f := range feeds {
		for _, group := range f.heads {
			h.add(group...)
		}
	}
	return h
}

// ruleHeads returns the heads of the columns that a rule reads.
func ruleHeads(rule *FileRule, model *schema.Model) headSet {
	h := headSet{}
	for name := range newPlan(model, rule, defaultProvenance(&Options{}, rule), nil).used {
		h.add(name)
	}
	return h
}

// binding finds the columns of a file that a rule names by another form of their
// heads.
type binding map[string]string

// bind returns the binding of the columns of a file; it is empty for files whose
// columns come with the rows.
func bind(columns []string) binding {
	b := binding{}
	for _, c := range columns {
		for _, form := range headForms(c) {
			if key := schema.NormalName(form); b[key] == "" {
				b[key] = c
			}
		}
	}
	for _, c := range columns { // an identical head wins
		b[schema.NormalName(c)] = c
	}
	return b
}

// column returns the column of the file that a name means, else the name.
func (b binding) column(name string) string {
	if c := b[schema.NormalName(name)]; c != "" && !strings.HasPrefix(name, "$") {
		return c
	}
	return name
}
