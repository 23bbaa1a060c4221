package landing

import (
	"fmt"
	"math"
	"strings"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/capability"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// Kind is a kind of landing.
type Kind string

// The kinds of landings.
const (
	Headquarters Kind = "HEADQUARTERS" // 总部: the seat may move
	Plant        Kind = "PLANT"        // 生产基地
	Subsidiary   Kind = "SUBSIDIARY"   // 子公司: a company or branch that makes nothing here
	Unlikely     Kind = "UNLIKELY"     // 可能性小
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{Headquarters, Plant, Subsidiary, Unlikely} }

var kindLabels = map[Kind]schema.Text{
	Headquarters: {Zh: "总部", En: "headquarters"},
	Plant:        {Zh: "生产基地", En: "plant"},
	Subsidiary:   {Zh: "子公司", En: "subsidiary"},
	Unlikely:     {Zh: "可能性小", En: "unlikely"},
}

// Label returns the word for the kind in both languages, for no kind that it is
// unknown.
func (k Kind) Label() schema.Text {
	if k == "" {
		return schema.Text{Zh: "不详", En: "unknown"}
	}
	return kindLabels[k]
}

// NoOwnership is why a landing is not known: neither who controls the company nor
// any sign is.
const NoOwnership gaps.Code = "NO_OWNERSHIP"

// Landing is the kind of landing that is plausible.
type Landing struct {
	Kind    Kind // "" if it is not known
	Unknown gaps.Code
	Text    schema.Text // why, a sentence or two
	Edges   []graph.ID  // that it rests on
}

// small is how many employees a company has fewer of whose seat may move.
const small = 300

// Of returns the landing of a company from outside a region at a link; nil where
// the region is the country.
func Of(v *area.View, link, company projection.Vertex) *Landing {
	if v.Level == projection.LevelCountry {
		return nil
	}
	p := v.Picture
	f := facts{View: v, company: company, signs: SignsOf(p, company), ownership: p.Text(company, "ownership")}
	f.holder, f.by = HolderOf(p, company)
	l := &Landing{Kind: f.kind(link), Edges: f.signs.Edges}
	if f.holder != projection.None {
		l.Edges = append([]graph.ID{f.by}, l.Edges...)
	}
	if l.Kind == "" {
		l.Unknown = NoOwnership
	}
	l.Text = f.text(l.Kind)
	return l
}

// facts are what is known of a company that decides how it may land.
type facts struct {
	*area.View
	company   projection.Vertex
	signs     *Signs
	ownership string // "" if it is not stated
	holder    projection.Vertex
	by        graph.ID
}

// stays reports whether the seat stays where it is.
func (f *facts) stays() bool {
	return f.holder != projection.None || f.ownership == "CENTRAL_STATE" || f.ownership == "LOCAL_STATE" || f.ownership == "FOREIGN"
}

func (f *facts) kind(link projection.Vertex) Kind {
	employees := f.Picture.Employees(f.company)
	switch {
	case f.ownership == "" && f.holder == projection.None && !f.signs.Any():
		return ""
	case f.ownership == "LOCAL_STATE" && f.signs.Stated && !f.signs.Any() && abroad(f.Picture.PlaceOf(f.company), f.Code):
		return Unlikely
	case f.ownership != "" && !f.stays() && f.Picture.Text(f.company, "stock_code") == "" && !math.IsNaN(employees) && employees < small:
		return Headquarters
	case capability.SortOf(f.Picture, link) == capability.Making && !capability.Distributes(f.Picture, f.Grade, f.company):
		return Plant
	}
	return Subsidiary
}

// text writes why the kind is plausible.
func (f *facts) text(kind Kind) schema.Text {
	signs, owner := f.signs.Text(), f.ownerText()
	label := kind.Label()
	var why schema.Text
	switch {
	case kind == "":
		why = schema.Text{Zh: "所有制和控股方都不详，无从判断落地方式。", En: "Neither its ownership nor who controls it is known, so that no kind of landing can be named."}
	case kind == Unlikely:
		why = schema.Text{Zh: owner.Zh + "总部一般不外迁，落地可能性小。", En: owner.En + " its seat hardly moves, and a landing is unlikely."}
	case kind == Headquarters:
		n := f.Picture.Employees(f.company)
		why = schema.Text{
			Zh: fmt.Sprintf("%s员工 %.0f 人、未见上市，可争取总部迁入。", owner.Zh, n),
			En: fmt.Sprintf("%s with %.0f employees and no known listing, even its headquarters may move here.", owner.En, n),
		}
	case f.stays():
		why = schema.Text{Zh: owner.Zh + "总部一般不外迁，可争取设" + label.Zh + "。", En: owner.En + " its seat hardly moves; a " + label.En + " is plausible."}
	default:
		why = schema.Text{Zh: owner.Zh + "可争取设" + label.Zh + "。", En: owner.En + " a " + label.En + " is plausible."}
	}
	return schema.Text{Zh: why.Zh + signs.Zh, En: why.En + " " + signs.En}
}

// ownerText states who controls the company, as the beginning of a sentence.
func (f *facts) ownerText() schema.Text {
	text := schema.Text{Zh: "所有制不详，", En: "Its ownership is not known;"}
	if f.ownership != "" {
		label := f.Picture.Model().Node(projection.Company).Property("ownership").Value(f.ownership).Label
		text = schema.Text{Zh: label.Zh + "企业，", En: "By its ownership (" + label.En + ")"}
	}
	if f.holder == projection.None {
		return text
	}
	zh, en := gaps.NameOf(f.Picture, f.holder)
	if f.ownership == "" {
		text.Zh = ""
	}
	return schema.Text{Zh: text.Zh + "由“" + zh + "”控股，", En: "As " + en + " holds more than half of its shares,"}
}

// Text states the signs, that there are none, or that none are known.
func (s *Signs) Text() schema.Text {
	switch {
	case !s.Stated:
		return schema.Text{Zh: "外省布局不详。", En: "Whether it is in other provinces is not known."}
	case !s.Any():
		return schema.Text{Zh: "未见外省布局。", En: "It is not known to be in another province."}
	}
	var partsZh, partsEn []string
	for _, part := range []struct {
		n             int
		zh, one, many string
	}{
		{s.Subsidiaries, "子公司 %d 家", "subsidiary", "subsidiaries"},
		{s.Sites, "场所 %d 处", "site or office", "sites or offices"},
		{s.Projects, "项目 %d 个", "project", "projects"},
	} {
		if part.n > 0 {
			partsZh = append(partsZh, fmt.Sprintf(part.zh, part.n))
			partsEn = append(partsEn, gaps.Plural(part.n, part.one, part.many))
		}
	}
	zh, en := "外省布局："+strings.Join(partsZh, "、"), "In other provinces it has "+strings.Join(partsEn, ", ")
	if s.Newest == "" {
		return schema.Text{Zh: zh + "，时间不详。", En: en + "; since when is not known."}
	}
	year := s.Newest[:4]
	return schema.Text{Zh: zh + "，最近一处在 " + year + " 年。", En: en + ", the newest of " + year + "."}
}
