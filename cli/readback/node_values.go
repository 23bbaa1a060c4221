package readback

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"liantu/api/fields"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// hidden stands for a value of which a mask leaves nothing.
const hidden = "***"

// plain is a value as data: what the caller may see of it, null for nothing.
func (n *nodeView) plain(e element, p *schema.Property, value any) any {
	seen, whole := n.see(e, p, value)
	if !whole {
		n.masked[e.kind.Name+"."+p.Name] = true
	}
	if text, ok := seen.(string); ok && p.Type == schema.TypeEnum {
		return strings.ToUpper(text) // as an enum of GraphQL
	}
	return seen
}

// value is a cell of what the caller may see of a value: with its unit or its label
// for people.
func (n *nodeView) value(e element, p *schema.Property, value any) show.Cell {
	seen, whole := n.see(e, p, value)
	if !whole {
		n.masked[e.kind.Name+"."+p.Name] = true
		if seen == nil {
			seen = hidden
		}
		return show.Word(schema.FormatValue(seen))
	}
	return show.Pair(schema.FormatValue(value), n.readable(p, value))
}

// readable is a value as people read it.
func (n *nodeView) readable(p *schema.Property, value any) string {
	text := schema.FormatValue(value)
	switch v := value.(type) {
	case bool:
		if v {
			return n.Text(schema.Text{Zh: "是", En: "yes"})
		}
		return n.Text(schema.Text{Zh: "否", En: "no"})
	case []string:
		if p.Type == schema.TypeRegions {
			v = slices.Clone(v)
			for i, code := range v {
				if at := n.picture.RegionByCode(code); at != projection.None {
					v[i] += " " + n.picture.Caption(at)
				}
			}
		}
		return strings.Join(v, n.Text(schema.Text{Zh: "；", En: "; "}))
	case float64:
		switch p.Type {
		case schema.TypeMoney:
			return text + n.Text(schema.Text{Zh: " 万元", En: " (10,000 CNY)"})
		case schema.TypePercent:
			return strconv.FormatFloat(100*v, 'g', 6, 64) + "%"
		}
	case string:
		switch p.Type {
		case schema.TypeEnum:
			for _, choice := range p.Values {
				if choice.Name == v {
					return n.Text(choice.Label)
				}
			}
		case schema.TypeRegion:
			if at := n.picture.RegionByCode(v); at != projection.None {
				return v + " " + n.picture.Caption(at)
			}
		}
	}
	return text
}

// facts are what each source states, as GraphQL has it; values are as text.
func (n *nodeView) facts(e element, facts []graph.Fact) []show.Object {
	list := []show.Object{}
	for _, f := range facts {
		list = append(list, n.factRecord(e, f))
	}
	return list
}

func (n *nodeView) factRecord(e element, f graph.Fact) show.Object {
	var property, label, value any
	if p := e.kind.Property(f.Property); p != nil {
		property, label = fields.LowerCamel(p.Name), p.Label.Zh
		seen, whole := n.see(e, p, f.Value)
		if texts, ok := seen.([]string); ok {
			seen = strings.Join(texts, "；")
		}
		if seen != nil {
			value = schema.FormatValue(seen)
		}
		if !whole {
			n.masked[e.kind.Name+"."+p.Name] = true
		}
	}
	return show.Object{
		{Name: "property", Value: property},
		{Name: "label", Value: label},
		{Name: "value", Value: value},
		{Name: "provenance", Value: show.Object{{Name: "source", Value: f.Source}, {Name: "asOf", Value: f.AsOf}, {Name: "assumed", Value: f.Assumed}, {Name: "grade", Value: f.Grade}}},
	}
}

// conflicts are where sources differ, as GraphQL has it.
func (n *nodeView) conflicts(e element, others []graph.Fact, winner func(string) (graph.Fact, bool)) []show.Object {
	list := []show.Object{}
	for _, p := range e.kind.Properties {
		if differ := lost(others, p.Name); len(differ) > 0 {
			won, _ := winner(p.Name)
			list = append(list, show.Object{
				{Name: "property", Value: fields.LowerCamel(p.Name)}, {Name: "shown", Value: n.factRecord(e, won)}, {Name: "others", Value: n.facts(e, differ)},
			})
		}
	}
	return list
}

// arc is an edge as GraphQL has it, with the node at its other end.
func (n *nodeView) arc(e element, edge *graph.Edge, other projection.Vertex, current bool) show.Object {
	node := show.Object{{Name: "id", Value: n.picture.ID(other)}, {Name: "caption", Value: show.OpenCaption(n.picture, other)}, {Name: "kind", Value: n.picture.Kind(other)}}
	if code := n.picture.Code(other); code != "" {
		node = node.With("code", code)
	}
	f, _ := edge.Winner("")
	arc := show.Object{
		{Name: "id", Value: edge.ID},
		{Name: "node", Value: node},
		{Name: "source", Value: f.Source},
		{Name: "asOf", Value: f.AsOf},
		{Name: "assumed", Value: f.Assumed},
		{Name: "grade", Value: edge.Grade()},
		{Name: "current", Value: current},
	}
	for _, p := range e.kind.Properties {
		if f, ok := edge.Winner(p.Name); ok {
			arc = arc.With(fields.LowerCamel(p.Name), n.plain(e, p, f.Value))
		}
	}
	if others := edge.Conflicts(); len(others) > 0 {
		arc = arc.With("conflicts", n.conflicts(e, others, edge.Winner))
	}
	return arc
}

// MaskedNote says which properties are masked, as in Person.phone, and how they are
// shown, if the role of the caller may see them at all.
func (r *Reading) MaskedNote(l show.Language, properties []string) string {
	labels := make([]string, len(properties))
	for i, name := range properties {
		labels[i] = r.named(l, name)
	}
	names := strings.Join(labels, l.Text(schema.Text{Zh: "、", En: ", "}))
	text := schema.Text{Zh: "已遮蔽的个人信息：" + names, En: "masked, since personal: " + names}
	policy := r.Caller.Identity.Policy()
	switch audited := policy.See(schema.Personal, true) == schema.Audit; {
	case audited && r.Caller.Purpose.None():
		text.Zh, text.En = text.Zh+"；用 --purpose 选定用途后可查看并留痕", text.En+"; --purpose PURPOSE shows it and is recorded"
	case !audited:
		text.Zh += fmt.Sprintf("；角色“%s”不可查看", policy.Label.Zh)
		text.En += fmt.Sprintf("; the role %s does not see it", policy.Name)
	case len(r.Caller.Withheld()) > 0:
		zh, en := []string{}, []string{}
		for _, w := range r.Caller.Withheld() {
			zh, en = append(zh, w.Reason.Label().Zh), append(en, w.Reason.Label().En)
		}
		text.Zh, text.En = text.Zh+"；原因："+strings.Join(zh, "、"), text.En+"; "+strings.Join(en, ", ")
	default:
		text.Zh, text.En = text.Zh+"；不在您的职责范围内", text.En+"; it is outside your scope"
	}
	return l.Text(text)
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }
