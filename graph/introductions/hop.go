package introductions

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/statements"
	"liantu/schema"
)

// hop describes one tie of a path. Of a tie of a person it says what the person has
// consented to, that there is such a tie: a tie to a place leads to the region of the
// question, which the place lies in; there is no post and no day; the id distinguishes
// nothing else; and of the source, which may be a list of staff, there is its first
// character.
func (n *introducer) hop(kind string, number int32, from, to projection.Vertex) Hop {
	edge, subject, _ := n.p.Edge(kind, number)
	w, _ := n.weigh(kind, number)
	best := statements.Best(edge)
	h := Hop{
		Kind: kind, From: from, To: to, Edge: edge.ID, Forward: subject == from,
		Strength: w.strength(), Recency: w.recency, Former: w.former, Since: w.since, Until: w.until,
		Date: statements.Date(edge), Source: best.Source, AsOf: best.AsOf, Assumed: best.Assumed, Grade: best.Grade,
		Synthetic: n.p.Synthetic(from) || n.p.Synthetic(to),
	}
	if n.p.Kind(from) == projection.Person || n.p.Kind(to) == projection.Person {
		if n.p.Kind(from) == projection.Region {
			from = n.answer.Region
			h.From = from
		}
		start, end := from, to
		if !h.Forward {
			start, end = to, from
		}
		h.Edge = n.p.NewEdgeID(kind, start, end)
		h.Since, h.Until, h.Source = "", "", veiled(h.Source)
	}
	if kind == projection.Serves {
		h.Date, h.Service = w.date, statements.Text(edge, "service")
	}
	if invented, _ := edge.Get("synthetic"); invented == true {
		h.Synthetic = true
	}
	subject, object := from, to
	if !h.Forward {
		subject, object = to, from
	}
	h.Text = n.sentence(h, subject, object)
	return h
}

// veiled is what is disclosed of the name of a source that may name a person or an employer.
func veiled(source string) string {
	_, size := utf8.DecodeRuneInString(source)
	return source[:size] + "**"
}

// contact is what a vertex of a path is called: a company, an intermediary or
// a place by its name, a person by the code of the roster and never by name.
func contact(p *projection.Projection, v projection.Vertex) schema.Text {
	if p.Kind(v) != projection.Person {
		zh, en := gaps.NameOf(p, v)
		return schema.Text{Zh: zh, En: en}
	}
	code := p.Code(v)
	if code == "" {
		code = string(p.ID(v)[:6])
	}
	return schema.Text{Zh: "联系人“" + code + "”", En: "contact " + code}
}

// capital capitalises the first letter of a text, and makes one full stop of two.
func capital(sentence string) string {
	sentence = strings.ReplaceAll(sentence, "..", ".") // after a name such as "Co., Ltd."
	first, size := utf8.DecodeRuneInString(sentence)
	return string(unicode.ToUpper(first)) + sentence[size:]
}

// sentence describes a tie, from its subject to its object.
func (n *introducer) sentence(h Hop, subject, object projection.Vertex) schema.Text {
	s, o := contact(n.p, subject), contact(n.p, object)
	say := func(zh, en string) schema.Text {
		return schema.Text{Zh: fmt.Sprintf(zh, s.Zh, o.Zh), En: capital(fmt.Sprintf(en, s.En, o.En))}
	}
	switch h.Kind {
	case projection.NativeOf:
		return say("%s籍贯在%s。", "%s comes from %s.")
	case projection.Covers:
		return say("%s的服务区域包括%s。", "%s covers %s.")
	case projection.LocatedIn:
		return say("%s位于%s。", "%s is in %s.")
	case projection.WorksAt:
		if h.Former {
			return say("%s曾任职于%s。", "%s used to work at %s.")
		}
		return say("%s任职于%s。", "%s works at %s.")
	case projection.MemberOf:
		switch {
		case h.Former && h.Until == "": // of a person
			return say("%s曾是%s的会员。", "%s used to be a member of %s.")
		case h.Former:
			return say("%s曾是%s的会员（至 "+h.Until+"）。", "%s was a member of %s until "+h.Until+".")
		}
		return say("%s是%s的会员。", "%s is a member of %s.")
	case projection.Knows:
		return say("%s与%s相识。", "%s knows %s.")
	case projection.Supplies:
		return say("%s向%s供货。", "%s supplies %s.")
	case projection.InvestsIn:
		return say("%s持有%s的股权。", "%s holds shares of %s.")
	}
	service := schema.Text{Zh: "中介", En: "service unknown"}
	if v := n.p.Model().EdgeKind(projection.Serves).Property("service").Value(h.Service); v != nil {
		service = v.Label
	}
	when := schema.Text{Zh: h.Date, En: h.Date}
	if h.Date == "" {
		when = schema.Text{Zh: "日期不详", En: "date unknown"}
	}
	return say("%s曾为%s提供"+service.Zh+"服务（"+when.Zh+"）。", "%s served %s ("+service.En+", "+when.En+").")
}
