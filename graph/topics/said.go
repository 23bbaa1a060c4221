package topics

import (
	"fmt"
	"strings"

	"liantu/graph/projection"
	"liantu/schema"
)

// most is how many links or namesakes a sentence names.
const most = 3

// Said is the sentence that says what the words were understood as, and what else is
// called so.
func (t *Topic) Said(p *projection.Projection) schema.Text {
	name := title(p, t.Node)
	said := schema.Text{
		Zh: fmt.Sprintf("按“%s”理解为%s", t.Text, name.Zh),
		En: fmt.Sprintf("%q is understood as %s", t.Text, name.En),
	}
	if len(t.Scope) > 1 || t.Scope[0] != t.Node {
		links := titles(p, t.Scope)
		said.Zh += "，即" + links.Zh
		said.En += ", that is, " + links.En
	}
	if len(t.Others) > 0 {
		others := titles(p, t.Others)
		said.Zh += "；同名的还有" + others.Zh
		said.En += "; so called as well: " + others.En
	}
	return said
}

// titles lists some nodes, and how many more there are.
func titles(p *projection.Projection, nodes []projection.Vertex) schema.Text {
	var zh, en []string
	for _, v := range nodes[:min(most, len(nodes))] {
		name := title(p, v)
		zh, en = append(zh, name.Zh), append(en, name.En)
	}
	all := schema.Text{Zh: strings.Join(zh, "、"), En: strings.Join(en, ", ")}
	if more := len(nodes) - most; more > 0 {
		all.Zh += fmt.Sprintf(" 等 %d 个", len(nodes))
		all.En += fmt.Sprintf(" and %d more", more)
	}
	return all
}

// title is the kind, the name and the code of a node.
func title(p *projection.Projection, v projection.Vertex) schema.Text {
	kind := p.Model().Node(p.Kind(v)).Label
	name := schema.Text{Zh: p.Caption(v), En: p.Text(v, "english_name")}
	if name.En == "" {
		name.En = name.Zh
	}
	t := schema.Text{Zh: fmt.Sprintf("%s“%s”", kind.Zh, name.Zh), En: fmt.Sprintf("the %s %s", strings.ToLower(kind.En), name.En)}
	if code := p.Code(v); code != "" {
		t.Zh += "（" + code + "）"
		t.En += " (" + code + ")"
	}
	return t
}
