package api

import (
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// adviceFields adds the questions that go on from the gaps: how regions
// compare, what if companies came or went, how links are tied, and what stands
// behind an anchor.
func (b *builder) adviceFields(fields graphql.Fields) {
	if b.objects["GapConnection"] == nil {
		return // the fault is noted already
	}
	wordEnum(b, "Quadrant", both("What a link is for a region, by what is there and what fits.", "环节对地区而言属于哪一象限（已有 × 契合）。"), gaps.Quadrants(), map[gaps.Quadrant]string{
		gaps.Strength: "here, and it fits what the region does", gaps.Opportunity: "thin or absent, and it fits",
		gaps.Threat: "here, but little ties it to the rest", gaps.Weakness: "thin or absent, and it does not fit",
	})
	wordEnum(b, "Layer", both("A layer of the map of a chain.", "招商图谱的层次。"), gaps.Layers(), map[gaps.Layer]string{
		gaps.IndustryLayer: "what feeds what", gaps.ValueLayer: "with shares of value",
		gaps.SupplyLayer: "supplies between companies, by their links", gaps.FinanceLayer: "holdings between companies, by their links",
	})
	b.enum("AnchorBasis", both("How a link was found to stand behind an anchor.", "环节与链主相关的依据。"), []enumValue{
		{"SUPPLIES", gaps.BySupplies, both("Known suppliers of the anchor are at it.", "链主的已知供应商处于该环节。")},
		{"FEEDS", gaps.ByFeeds, both("It feeds a link at which the anchor is.", "该环节供给链主所处的环节。")},
	})
	fields["compare"] = b.compareField()
	fields["whatIf"] = b.whatIfField()
	fields["ties"] = b.tiesField()
	fields["anchor"] = b.anchorField()
}

// regionArgument and its like declare the arguments that several questions
// share.
func (b *builder) idArgument(name, kind string, must bool, en, zh string) argument {
	var t graphql.Input = b.scalars.id
	if must {
		t = required(b.scalars.id)
	}
	return argument{name, t, both(en+" "+identifiedBy[kind].En, zh+identifiedBy[kind].Zh), nil}
}

func (b *builder) idsArgument(name, kind string, must bool, en, zh string) argument {
	var t graphql.Input = graphql.NewList(required(b.scalars.id))
	if must {
		t = required(t)
	}
	return argument{name, t, both(en+" "+identifiedBy[kind].En, zh+identifiedBy[kind].Zh), nil}
}

// scopeArguments say which links are asked about.
func (b *builder) scopeArguments() []argument {
	return []argument{
		b.idArgument("ecosystem", projection.Ecosystem, false, "Only links of this ecosystem.", "仅此生态圈的环节："),
		b.idArgument("chain", projection.Chain, false, "Only links of this chain.", "仅此产业链的环节："),
		b.idArgument("link", projection.Link, false, "Only this link and those below it.", "仅此环节及其下级："),
	}
}

// scopeOf reads them, as ids, so that a name shared by a chain and a link finds
// what its argument says.
func (rq *request) scopeOf(a args) ([]string, error) {
	var scope []string
	for _, by := range []struct{ argument, kind string }{
		{"ecosystem", projection.Ecosystem}, {"chain", projection.Chain}, {"link", projection.Link},
	} {
		if text := a.text(by.argument); text != "" {
			v, err := rq.picture.graph.Lookup(text, by.kind)
			if err != nil {
				return nil, err
			}
			scope = append(scope, string(rq.picture.graph.ID(v)))
		}
	}
	return scope, nil
}

func (a args) grade() graph.Grade {
	grade, _ := a["minGrade"].(graph.Grade)
	return grade
}

// listPage is a page of a list of which each item is found again by an id.
func listPage[T any](rq *request, field string, a args, around any, items []T, id func(T) string) (any, error) {
	p := &page{
		total: len(items), version: rq.picture.version(), question: questionOf(field, "", a), around: around,
		item: func(i int) any { return items[i] },
		id:   func(i int) string { return id(items[i]) },
	}
	return p, rq.server.cut(p, a)
}

// compareField asks how regions stand at the same links.
func (b *builder) compareField() *graphql.Field {
	type row struct {
		answer *gaps.Comparison
		i      int
	}
	answer := func(p *page) *gaps.Comparison { return p.around.(*gaps.Comparison) }
	node := b.object("ComparedLink", both("One link in several regions.", "同一环节在各地区的情况。"), func() graphql.Fields {
		at := func(r row) gaps.Placement { return r.answer.Quadrants[r.i] }
		return graphql.Fields{
			"link": b.field(required(b.kinds[projection.Link]), both("The link.", "环节。"),
				get(func(_ *request, r row) projection.Vertex { return r.answer.Links[r.i] })),
			"quadrant": b.field(b.enums["Quadrant"], both("What it is for the first region; null when that cannot be told, see why.", "对首个地区而言所属象限；无法判断为 null，原因见 why。"),
				word(func(_ *request, r row) gaps.Quadrant { return at(r).Quadrant })),
			"presence": b.field(b.scalars.float, both("What is there in the first region: its shrunken location quotient, 0 for an absence.", "首个地区的收缩后区位商，缺失为 0。"),
				get(func(_ *request, r row) gaps.Figure { return at(r).Presence })),
			"fit": b.field(b.scalars.float, both("How well it fits what the first region does: its density rank.", "与首个地区现有产业的契合度（关联密度的位次）。"),
				get(func(_ *request, r row) gaps.Figure { return at(r).Fit })),
			"why": b.field(graphql.String, both("Why there is no quadrant; null when there is one.", "无法归入象限的原因代码。"),
				word(func(_ *request, r row) gaps.Code { return at(r).Why })),
			"cells": b.field(listOf(b.objects["Gap"]), both("The verdict in each region, in the order of regions.", "各地区的结论，顺序同 regions。"),
				many(func(_ *request, r row) []*gaps.Verdict { return r.answer.Cells[r.i] })),
		}
	})
	answers := b.connection(connected{
		name: "ComparedLink", description: both("Links side by side.", "各环节的地区对比。"), node: node, of: func(item any) any { return item },
		around: graphql.Fields{
			"regions": b.field(listOf(b.kinds[projection.Region]), both("The regions as asked, then peers, most alike first.", "所比地区：先按所问顺序，后为规模相近地区。"),
				many(func(_ *request, p *page) []projection.Vertex { return answer(p).Regions })),
			"coverages": b.field(listOf(b.objects["Coverage"]), both("How much is known of each region.", "对各地区的掌握程度。"),
				many(func(_ *request, p *page) []gaps.Coverage { return answer(p).Coverage })),
			"minGrade": b.field(required(b.enums["Grade"]), both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
				word(func(_ *request, p *page) graph.Grade { return answer(p).MinGrade })),
			"synthetic": b.field(required(graphql.Boolean), both("Whether invented data took part.", "计算中是否用到虚构数据。"),
				get(func(_ *request, p *page) bool { return answer(p).Synthetic })),
		},
	})
	arguments := append(b.paging(), b.scopeArguments()...)
	arguments = append(arguments,
		b.idsArgument("regions", projection.Region, true, "The regions, the one that asks first.", "所比地区，提问地区在前："),
		argument{"peers", b.scalars.integer, both("How many regions like the first one in size are added.", "另加多少个规模相近的地区。"), nil},
		b.idsArgument("reference", projection.Region, false, "Regions that make the reference; the whole country when not given.", "参照地区，不填则以全国为参照："),
		b.minGrade())
	ask := func(rq *request, _ any, a args) (any, error) {
		scope, err := rq.scopeOf(a)
		if err != nil {
			return nil, err
		}
		q := gaps.CompareQuestion{Scope: scope, Regions: list[string](a, "regions"), Reference: list[string](a, "reference"), MinGrade: a.grade()}
		q.Peers, _ = a["peers"].(int)
		c, err := gaps.Compare(rq.ctx, rq.picture.graph, rq.server.settings, q)
		if err != nil {
			return nil, err
		}
		rows := make([]row, len(c.Links))
		for i := range rows {
			rows[i] = row{c, i}
		}
		return listPage(rq, "compare", a, c, rows, func(r row) string { return string(rq.picture.graph.ID(c.Links[r.i])) })
	}
	return b.field(answers, both("How regions stand at the links of a chain, side by side.", "一条产业链（或生态圈、环节）在多个地区的对比。"), resolver(ask), arguments...)
}

// whatIfField asks what would be if companies came or went.
func (b *builder) whatIfField() *graphql.Field {
	answer := func(p *page) *gaps.WhatIfAnswer { return p.around.(*gaps.WhatIfAnswer) }
	shift := b.object("Shift", both("A verdict now and as it would be.", "结论的现状与假设后的变化。"), func() graphql.Fields {
		gap := required(b.objects["Gap"])
		return graphql.Fields{
			"link":   b.field(required(b.kinds[projection.Link]), both("The link.", "环节。"), get(func(_ *request, s gaps.Shift) projection.Vertex { return s.Link })),
			"before": b.field(gap, both("As it is.", "现状。"), get(func(_ *request, s gaps.Shift) *gaps.Verdict { return s.Before })),
			"after":  b.field(gap, both("As it would be.", "假设之后。"), get(func(_ *request, s gaps.Shift) *gaps.Verdict { return s.After })),
		}
	})
	nearer := b.object("NearerSupplier", both("A local company that would get a supplier nearby.", "将获得就近供应商的本地企业。"), func() graphql.Fields {
		company := required(b.kinds[projection.Company])
		return graphql.Fields{
			"buyer":    b.field(company, both("The local company.", "本地企业。"), get(func(_ *request, n gaps.Nearer) projection.Vertex { return n.Buyer })),
			"supplier": b.field(company, both("The supplier that would be local too.", "将落地的供应商。"), get(func(_ *request, n gaps.Nearer) projection.Vertex { return n.Supplier })),
			"edge":     b.field(required(b.scalars.id), both("The supply that says so.", "供货关系的标识。"), get(func(_ *request, n gaps.Nearer) string { return string(n.Edge) })),
		}
	})
	coverage := required(b.objects["Coverage"])
	answers := b.connection(connected{
		name: "Shift", description: both("Verdicts that would change: changes of state first.", "将发生变化的结论，状态变化者在前。"), node: shift, of: func(item any) any { return item },
		around: graphql.Fields{
			"before": b.field(coverage, both("How much is known of the region.", "地区的掌握程度（现状）。"), get(func(_ *request, p *page) gaps.Coverage { return answer(p).Before })),
			"after":  b.field(coverage, both("How much would be known.", "地区的掌握程度（假设之后）。"), get(func(_ *request, p *page) gaps.Coverage { return answer(p).After })),
			"nearer": b.field(listOf(nearer), both("Local companies that would get a supplier nearby.", "将获得就近供应商的本地企业。"),
				many(func(_ *request, p *page) []gaps.Nearer { return answer(p).Nearer })),
			"synthetic": b.field(required(graphql.Boolean), both("Whether invented data took part.", "计算中是否用到虚构数据。"),
				get(func(_ *request, p *page) bool { return answer(p).Synthetic })),
		},
	})
	ask := func(rq *request, _ any, a args) (any, error) {
		w, err := gaps.WhatIf(rq.ctx, rq.picture.graph, rq.server.settings, gaps.WhatIfQuestion{
			Region: a.text("region"), Peers: list[string](a, "peers"), MinGrade: a.grade(),
			Land: list[string](a, "land"), Leave: list[string](a, "leave"), Close: list[string](a, "close"),
		})
		if err != nil {
			return nil, err
		}
		return listPage(rq, "whatIf", a, w, w.Shifts, func(s gaps.Shift) string { return string(rq.picture.graph.ID(s.Link)) })
	}
	return b.field(answers, both("What would change if companies landed, left or closed; nothing is written.", "假设企业落地、迁出或关停，哪些结论会变；不写入任何数据。"), resolver(ask), append(b.paging(),
		b.idArgument("region", projection.Region, true, "The region asked about.", "所问地区："),
		b.idsArgument("land", projection.Company, false, "Companies from elsewhere that come.", "落地的外地企业："),
		b.idsArgument("leave", projection.Company, false, "Local companies that move away.", "迁出的本地企业："),
		b.idsArgument("close", projection.Company, false, "Local companies that are no more.", "关停的本地企业："),
		b.idsArgument("peers", projection.Region, false, "Regions to compare with; the whole country when not given.", "参照地区，不填则以全国为参照："),
		b.minGrade())...)
}

// tiesField asks how links are tied in a layer.
func (b *builder) tiesField() *graphql.Field {
	answer := func(p *page) *gaps.LayerAnswer { return p.around.(*gaps.LayerAnswer) }
	tie := b.object("Tie", both("Two links that are tied in a layer.", "某一层次中相连的两个环节。"), func() graphql.Fields {
		link := required(b.kinds[projection.Link])
		return graphql.Fields{
			"from":   b.field(link, both("Where it leads from.", "起点环节。"), get(func(_ *request, t gaps.Tie) projection.Vertex { return t.From })),
			"to":     b.field(link, both("Where it leads to.", "终点环节。"), get(func(_ *request, t gaps.Tie) projection.Vertex { return t.To })),
			"weight": b.field(required(b.scalars.float), both("1 for each edge that is told; a tie between companies is divided evenly among their links.", "每条关系计 1；企业间关系按其所处环节均分。"), get(func(_ *request, t gaps.Tie) float64 { return t.Weight })),
			"count":  b.field(required(b.scalars.integer), both("How many edges are behind it.", "背后的关系条数。"), get(func(_ *request, t gaps.Tie) int { return t.Count })),
			"share":  b.field(b.scalars.byType[schema.TypePercent], both("Its share of the value of the link it leads to; in the value layer.", "占终点环节价值的比例（价值链层）。"), get(func(_ *request, t gaps.Tie) gaps.Figure { return t.Share })),
			"edges":  b.field(listOf(b.scalars.id), both("Ids of the edges, twenty at most.", "关系的标识，最多二十条。"), words(func(_ *request, t gaps.Tie) []graph.ID { return t.Edges })),
		}
	})
	answers := b.connection(connected{
		name: "Tie", description: both("Ties, heaviest first.", "环节间的联系，权重大者在前。"), node: tie, of: func(item any) any { return item },
		around: graphql.Fields{
			"layer":     b.field(required(b.enums["Layer"]), both("The layer.", "层次。"), word(func(_ *request, p *page) gaps.Layer { return answer(p).Layer })),
			"companies": b.field(required(b.scalars.integer), both("How many ties between companies were folded to links.", "归并到环节的企业间关系条数。"), get(func(_ *request, p *page) int { return answer(p).Companies })),
		},
	})
	ask := func(rq *request, _ any, a args) (any, error) {
		scope, err := rq.scopeOf(a)
		if err != nil {
			return nil, err
		}
		q := gaps.LayerQuestion{Scope: scope, Region: a.text("region"), MinGrade: a.grade()}
		q.Layer, _ = a["layer"].(gaps.Layer)
		w, err := gaps.TiesOf(rq.ctx, rq.picture.graph, rq.server.settings, q)
		if err != nil {
			return nil, err
		}
		g := rq.picture.graph
		return listPage(rq, "ties", a, w, w.Ties, func(t gaps.Tie) string { return string(g.ID(t.From)) + "/" + string(g.ID(t.To)) })
	}
	arguments := append(b.paging(), argument{"layer", b.enums["Layer"], both("The layer; industry when not given.", "层次，默认产业链层。"), nil},
		b.idArgument("region", projection.Region, false, "Only ties of companies of this region.", "仅计此地区企业的关系："), b.minGrade())
	return b.field(answers, both("How links are tied in one of the four layers of the map.", "招商图谱四层之一中环节之间的联系。"), resolver(ask), append(arguments, b.scopeArguments()...)...)
}

// anchorField asks what stands behind an anchor.
func (b *builder) anchorField() *graphql.Field {
	answer := func(p *page) *gaps.AnchorAnswer { return p.around.(*gaps.AnchorAnswer) }
	node := b.object("AnchorLink", both("A link behind an anchor.", "与链主相关的环节。"), func() graphql.Fields {
		companies := listOf(b.kinds[projection.Company])
		return graphql.Fields{
			"gap":       b.field(required(b.objects["Gap"]), both("What is at the link in the region.", "该环节在地区的结论。"), get(func(_ *request, l gaps.AnchorLink) *gaps.Verdict { return l.Verdict })),
			"basis":     b.field(required(b.enums["AnchorBasis"]), both("How it was found.", "依据。"), word(func(_ *request, l gaps.AnchorLink) gaps.Basis { return l.Basis })),
			"here":      b.field(companies, both("Known suppliers of the anchor at the link that are in the region.", "在本地区的已知供应商。"), many(func(_ *request, l gaps.AnchorLink) []projection.Vertex { return l.Here })),
			"elsewhere": b.field(companies, both("Those that are elsewhere or of unknown place.", "在外地或所在地不明的已知供应商。"), many(func(_ *request, l gaps.AnchorLink) []projection.Vertex { return l.Elsewhere })),
			"through":   b.field(b.kinds[projection.Link], both("By FEEDS: the link of the anchor that it feeds.", "依据为供给关系时：它所供给的链主环节。"), get(func(_ *request, l gaps.AnchorLink) projection.Vertex { return l.Through })),
			"edges":     b.field(listOf(b.scalars.id), both("Ids of the supplies.", "供货关系的标识。"), words(func(_ *request, l gaps.AnchorLink) []graph.ID { return l.Edges })),
		}
	})
	answers := b.connection(connected{
		name: "AnchorLink", description: both("Links behind an anchor: those of known suppliers first, missing ones first.", "与链主相关的环节：已知供应商所处者在前，缺失者在前。"), node: node, of: func(item any) any { return item },
		around: graphql.Fields{
			"company":   b.field(required(b.kinds[projection.Company]), both("The anchor.", "链主企业。"), get(func(_ *request, p *page) projection.Vertex { return answer(p).Company })),
			"region":    b.field(required(b.kinds[projection.Region]), both("The region asked about.", "所问地区。"), get(func(_ *request, p *page) projection.Vertex { return answer(p).Region })),
			"suppliers": b.field(b.scalars.integer, both("How many suppliers are known; null when none is, which does not mean that it has none.", "已知供应商数；一家也不知为 null，并不表示没有。"), get(func(_ *request, p *page) any { return positiveOrNil(answer(p).Suppliers) })),
		},
	})
	ask := func(rq *request, _ any, a args) (any, error) {
		n, err := gaps.Anchor(rq.ctx, rq.picture.graph, rq.server.settings, gaps.AnchorQuestion{
			Company: a.text("company"), Region: a.text("region"), Peers: list[string](a, "peers"), MinGrade: a.grade(),
		})
		if err != nil {
			return nil, err
		}
		return listPage(rq, "anchor", a, n, n.Links, func(l gaps.AnchorLink) string { return string(rq.picture.graph.ID(l.Verdict.Link)) })
	}
	return b.field(answers, both("Which links stand behind an anchor, which of them are missing here, and who supplies it elsewhere.", "围绕链主延链：其供应商处于哪些环节、本地缺哪些、外地由谁供应。"), resolver(ask), append(b.paging(),
		b.idArgument("company", projection.Company, true, "The anchor.", "链主企业："),
		b.idArgument("region", projection.Region, false, "The region; that of the company when not given.", "所问地区，默认企业所在地："),
		b.idsArgument("peers", projection.Region, false, "Regions to compare with; the whole country when not given.", "参照地区，不填则以全国为参照："),
		b.minGrade())...)
}

func positiveOrNil(n int) any {
	if n <= 0 {
		return nil
	}
	return n
}
