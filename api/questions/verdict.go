package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/engine"
	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

// verdict serves a function on a verdict.
func verdict[V any](value func(v *gaps.Verdict) V) fields.Served { return verdictGetter[V](value) }

// verdictGetter is a getter of verdicts. An answer holds thousands of them, so its
// numbers are written with as few calls as possible.
type verdictGetter[V any] func(v *gaps.Verdict) V

func (g verdictGetter[V]) Access(s fields.Shape) engine.Access {
	a := fields.Get(func(_ *fields.Request, v *gaps.Verdict) V { return g(v) }).Access(s)
	general := a.Leaf
	switch value := any((func(v *gaps.Verdict) V)(g)).(type) {
	case func(*gaps.Verdict) float64:
		a.Leaf = func(w *engine.Writer, call, source any) error {
			if v, ok := source.(*gaps.Verdict); ok {
				return w.Float(value(v))
			}
			return general(w, call, source)
		}
	case func(*gaps.Verdict) int:
		a.Leaf = func(w *engine.Writer, call, source any) error {
			if v, ok := source.(*gaps.Verdict); ok {
				return w.Int(int64(value(v)))
			}
			return general(w, call, source)
		}
	case func(*gaps.Verdict) gaps.Figure:
		a.Leaf = func(w *engine.Writer, call, source any) error {
			if v, ok := source.(*gaps.Verdict); ok {
				if x, known := value(v).Get(); known {
					return w.Float(x)
				}
			}
			return general(w, call, source)
		}
	}
	return a
}

// verdictWord serves a word of a verdict.
func verdictWord[W ~string](value func(v *gaps.Verdict) W) fields.Served {
	return verdictWorder[W](value)
}

type verdictWorder[W ~string] func(v *gaps.Verdict) W

func (g verdictWorder[W]) Access(s fields.Shape) engine.Access {
	a := fields.Word(func(_ *fields.Request, v *gaps.Verdict) W { return g(v) }).Access(s)
	general, write := a.Leaf, fields.WordWriter[W](s)
	a.Leaf = func(w *engine.Writer, call, source any) error {
		if v, ok := source.(*gaps.Verdict); ok {
			return write(w, g(v))
		}
		return general(w, call, source)
	}
	return a
}

// verdictList serves a list of a verdict.
func verdictList[E any](value func(v *gaps.Verdict) []E) fields.Served {
	return fields.Many(func(_ *fields.Request, v *gaps.Verdict) []E { return value(v) })
}

// verdictType is the type of the verdict on one link in one region.
func verdictType(b *fields.Builder) *graphql.Object {
	return b.Once("Verdict", func() *graphql.Object { return makeVerdict(b) })
}

func makeVerdict(b *fields.Builder) *graphql.Object {
	text := fields.Required(b.Object("Text"))
	numbers := makeNumbers(b)
	wouldChange := makeWouldChange(b)
	feasibility, role := makeFeasibility(b), b.EnumOf(projection.Link, "declared_role")
	evidence, frame, pipeline, source, park, opportunity := evidenceType(b), frameType(b), makePipeline(b), makeSourceUse(b), makePark(b), makeOpportunity(b)
	return b.MakeObject("Verdict", fields.Both("The verdict on one link in one region.", "某地区某环节的结论。"), func() graphql.Fields {
		return withIntroductions(b, withCandidates(b, addOffers(b, graphql.Fields{
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link.", "环节。"),
				verdict(func(v *gaps.Verdict) projection.Vertex { return v.Link })),
			"chain": b.Field(b.Kinds[projection.Chain], fields.Both("The chain it is part of, the first by code.", "所属产业链（按编号取第一条）。"),
				verdict(func(v *gaps.Verdict) projection.Vertex { return v.Chain })),
			"ecosystem": b.Field(b.Kinds[projection.Ecosystem], fields.Both("The ecosystem of that chain.", "该产业链所属生态圈。"),
				verdict(func(v *gaps.Verdict) projection.Vertex { return v.Ecosystem })),
			"depth": b.Field(fields.Required(b.Scalars.Integer), fields.Both("Its level in the tree of links, 1 directly below the chain.", "环节层级，链下第一级为 1。"),
				verdict(func(v *gaps.Verdict) int { return v.Depth })),
			"declared": b.Field(role, fields.Both("The role that a planner declared.", "规划给出的定位。"),
				verdictWord(func(v *gaps.Verdict) string { return string(v.Declared) })),
			"computed": b.Field(role, fields.Both("The role that the data suggest; it may differ from the declared one.", "按数据推出的定位；与规划不一致即为发现。"),
				verdictWord(func(v *gaps.Verdict) string { return string(v.Computed) })),
			"state": b.Field(fields.Required(b.Enum("VerdictState")), fields.Both("The state.", "状态。"),
				verdictWord(func(v *gaps.Verdict) gaps.State { return v.State })),
			"stateLabel": b.Field(text, fields.Both("The name of the state.", "状态的名称。"),
				verdict(func(v *gaps.Verdict) schema.Text { return v.State.Label() })),
			"confidence": b.Field(fields.Required(b.Scalars.Float), fields.Both("How certain the state is, in [0, 1].", "状态的置信度，0 到 1。"),
				verdict(func(v *gaps.Verdict) float64 { return v.Confidence })),
			"action": b.Field(b.Enum("VerdictAction"), fields.Both("The recommended action; null for a link that is not judged.", "建议动作；不评的环节为 null。"),
				verdictWord(func(v *gaps.Verdict) gaps.Action { return v.Action })),
			"actionLabel": b.Field(text, fields.Both("The name of the action.", "建议动作的名称。"),
				verdict(func(v *gaps.Verdict) schema.Text { return v.Action.Label() })),
			"priority": b.Field(b.Scalars.Float, fields.Both("How urgent it is, in [0, 1]; the sum of the points of the terms. Null for a link that is not judged.", "优先级，0 到 1，等于各项分值之和；不评的环节为 null。"),
				verdict((*gaps.Verdict).Urgency)),
			"terms": b.Field(fields.ListOf(b.Object("Term")), fields.Both("What the priority is made of.", "优先级的组成。"),
				verdictList(func(v *gaps.Verdict) []gaps.Term { return v.Terms[:] })),
			"feasibility": b.Field(fields.Required(feasibility), fields.Both("How likely the region is to gain the link, by a score learned from what regions gained before; a second opinion that does not count in the priority.", "该地区补上这一环节的可行性：由各地以往新增情况学得的得分，供参考，不计入优先级。"),
				verdict((*gaps.Verdict).Feasibility)),
			"flags": flagsField(b), "newcomers": newcomersField(b), "sameLinks": sameLinksField(b),
			"naming": b.Field(frame, fields.Both("The population that an absence rests on; null when there is none.", "认定缺失所依据的口径；没有则为 null。"),
				verdict(func(v *gaps.Verdict) *gaps.Frame { return v.Naming })),
			"comparable": b.Field(frame, fields.Both("The population that strength rests on; null when none can be compared.", "评强弱所依据的口径；没有可比的为 null。"),
				verdict(func(v *gaps.Verdict) *gaps.Frame { return v.Comparable })),
			"pipeline": b.Field(fields.ListOf(pipeline), fields.Both("The projects of the region that fill the link, those that have come furthest first.", "本地区填补该环节的项目，进展最快的在前。"),
				verdictList((*gaps.Verdict).Pipeline)),
			"numbers": b.Field(fields.Required(numbers), fields.Both("The numbers it rests on.", "所依据的数值。"),
				verdict(func(v *gaps.Verdict) *gaps.Verdict { return v })),
			"missing": b.Field(fields.ListOf(b.Object("Missing")), fields.Both("Which numbers are null, and why.", "哪些数值为 null 及其原因。"),
				verdictList(missingOf)),
			"reasons": b.Field(fields.ListOf(b.Object("Reason")), fields.Both("Why, in sentences.", "理由。"),
				verdictList((*gaps.Verdict).Reasons)),
			"companies": b.Field(fields.Required(b.PlainConnection(projection.Company)), fields.Both("The local companies at the link or below it, leaders first, then the larger.", "处在该环节及其下级环节的本地企业，龙头在前，其次按规模。"),
				fields.Compute(func(rq *fields.Request, v *gaps.Verdict, a fields.Args) (any, error) {
					g, found := rq.Picture.Graph, v.Companies()
					p := &fields.Page{
						Total: len(found), Version: rq.Picture.Version(), Question: fields.QuestionOf("companies", string(g.ID(v.Link)), a),
						Vertex: func(i int) projection.Vertex { return found[i] },
						ID:     func(i int) string { return string(g.ID(found[i])) },
					}
					return p, rq.Cut(p, a)
				}), b.Paging()...),
			"evidence": b.Field(fields.Required(evidence), fields.Both("The statements that put local companies at the link, the largest company first.", "把本地企业归入该环节的各条依据。"),
				fields.Compute(func(rq *fields.Request, v *gaps.Verdict, a fields.Args) (any, error) {
					return evidencePage(rq, string(rq.Picture.Graph.ID(v.Link)), v.Evidence(), a)
				}), b.Paging()...),
			"sources": b.Field(fields.ListOf(source), fields.Both("The sources it rests on.", "所依据的来源。"),
				verdictList((*gaps.Verdict).Sources)),
			"wouldChange": b.Field(fields.ListOf(wouldChange), fields.Both("The smallest changes of the data that would give the link another state.", "足以改变结论的最小变化。"),
				verdictList((*gaps.Verdict).WhatWouldChange)),
		}, park, opportunity)))
	})
}

// sameLinksField lists the links that are the same.
func sameLinksField(b *fields.Builder) *graphql.Field {
	return b.Field(fields.ListOf(b.Kinds[projection.Link]), fields.Both("The links of other chains that are the same link: what is stated of one counts at all, and of those with the same companies one has a row.", "其他产业链上的同一环节：在其一的企业也算在其余各处；企业相同的只列一行。"),
		verdictList((*gaps.Verdict).SameLinks))
}

// flagsField lists the codes of special conditions.
func flagsField(b *fields.Builder) *graphql.Field {
	return b.Field(fields.ListOf(graphql.String), fields.Both("Codes of special conditions: why a state is NOT_JUDGED (NOT_JUDGED), EMPTY (NO_COMPANY), UNKNOWN (NOT_SURVEYED, TOO_FEW, HIDDEN) or PRESENT (NO_FRAME, TOO_FEW, NO_REFERENCE, OTHERS_PRESENT); and LISTED_ONLY, SINGLE_FIRM, NO_ANCHOR, UNDECIDED.", "特殊情形的代码。"),
		fields.Words(func(_ *fields.Request, v *gaps.Verdict) []gaps.Code { return v.Flags }))
}

// makeNumbers makes the type of the numbers that a verdict rests on.
func makeNumbers(b *fields.Builder) *graphql.Object {
	return b.MakeObject("VerdictNumbers", fields.Both("The numbers a verdict rests on. Those that are null are listed in missing of the verdict.", "结论所依据的数值；为 null 者列于 missing。"),
		func() graphql.Fields {
			count := func(en, zh string, of func(v *gaps.Verdict) int) *graphql.Field {
				return b.Field(fields.Required(b.Scalars.Integer), fields.Both(en, zh), verdict(of))
			}
			out := graphql.Fields{
				"companies": count("n, the companies of the region at the link, whoever states it.", "本地处在该环节的企业数 n，不论出自哪份名单。",
					func(v *gaps.Verdict) int { return v.Numbers.Companies }),
				"anchors": count("Local companies that lead at the link (龙头, 链主).", "本地龙头、链主企业数。",
					func(v *gaps.Verdict) int { return v.Numbers.Anchors }),
				"measure": b.Field(graphql.String, fields.Both("How size is measured: EMPLOYEES or CAPITAL; null when sizes are not known.", "规模口径：EMPLOYEES（人数）或 CAPITAL（资本）；不明为 null。"),
					verdict(func(v *gaps.Verdict) string { return v.Numbers.Measure })),
			}
			for _, n := range numbers {
				out[n.name] = b.Field(b.Scalars.Float, fields.Both(n.en, n.zh), verdict(n.of))
			}
			return out
		})
}

// makeWouldChange makes the type of what would change a state.
func makeWouldChange(b *fields.Builder) *graphql.Object {
	return b.MakeObject("WouldChange", fields.Both("The smallest change of its kind that would give the link another state.", "会改变状态的同类最小变化。"), func() graphql.Fields {
		return graphql.Fields{
			"kind": b.Field(fields.Required(graphql.String), fields.Both("MORE_COMPANIES, ONE_ANCHOR, FEWER_COMPANIES or ATTRIBUTION.", "变化类型代码。"),
				fields.Word(func(_ *fields.Request, c gaps.WouldChange) gaps.ChangeKind { return c.Kind })),
			"count": b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many companies.", "企业数。"),
				fields.Get(func(_ *fields.Request, c gaps.WouldChange) int { return c.Count })),
			"state": b.Field(fields.Required(b.Enum("VerdictState")), fields.Both("The state after the change.", "变化后的状态。"),
				fields.Word(func(_ *fields.Request, c gaps.WouldChange) gaps.State { return c.State })),
			"text": b.Field(fields.Required(b.Object("Text")), fields.Both("In a sentence.", "文字说明。"),
				fields.Get(func(_ *fields.Request, c gaps.WouldChange) schema.Text { return c.Text })),
		}
	})
}

// makeSourceUse makes the type that says how much rests on a source.
func makeSourceUse(b *fields.Builder) *graphql.Object {
	date := b.Scalars.ByType[schema.TypeDate]
	return b.MakeObject("SourceUse", fields.Both("How much of a verdict rests on a source.", "结论对某一来源的依赖。"), func() graphql.Fields {
		out := graphql.Fields{
			"name": b.Field(fields.Required(graphql.String), fields.Both("The name of the source.", "来源名称。"),
				fields.Get(func(_ *fields.Request, s gaps.SourceUse) string { return s.Name })),
			"statements": b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many statements come from it.", "出自该来源的依据条数。"),
				fields.Get(func(_ *fields.Request, s gaps.SourceUse) int { return s.Statements })),
			"oldest": b.Field(date, fields.Both("Date of the oldest.", "最早的数据日期。"),
				fields.Get(func(_ *fields.Request, s gaps.SourceUse) string { return s.Oldest })),
			"newest": b.Field(date, fields.Both("Date of the newest.", "最新的数据日期。"),
				fields.Get(func(_ *fields.Request, s gaps.SourceUse) string { return s.Newest })),
			"assumed": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether both dates were assumed, since it states none.", "两个日期是否均为推定（来源未写明）。"),
				fields.Get(func(_ *fields.Request, s gaps.SourceUse) bool { return s.Assumed })),
		}
		if source := b.Kinds[projection.Source]; source != nil {
			out["source"] = b.Field(source, fields.Both("The description of the source itself; null when there is none.", "来源本身的信息；无则为 null。"),
				fields.Get(func(_ *fields.Request, s gaps.SourceUse) projection.Vertex { return s.Source }))
		}
		return out
	})
}

// evidenceType is the type of the list of statements behind a verdict.
func evidenceType(b *fields.Builder) *graphql.Object {
	return b.Once("EvidenceConnection", func() *graphql.Object { return makeEvidence(b) })
}

func makeEvidence(b *fields.Builder) *graphql.Object {
	date := b.Scalars.ByType[schema.TypeDate]
	statement := b.MakeObject("Evidence", fields.Both("A statement that puts a company at a link.", "把企业归入环节的一条依据。"), func() graphql.Fields {
		return graphql.Fields{
			"company": b.Field(fields.Required(b.Kinds[projection.Company]), fields.Both("The company.", "企业。"),
				fields.Get(func(_ *fields.Request, e gaps.Evidence) projection.Vertex { return e.Company })),
			"link": b.Field(fields.Required(b.Kinds[projection.Link]), fields.Both("The link asked about, or one below it.", "所问环节或其下级环节。"),
				fields.Get(func(_ *fields.Request, e gaps.Evidence) projection.Vertex { return e.Link })),
			"edge": b.Field(fields.Required(b.Scalars.ID), fields.Both("The id of the edge that states it.", "对应关系的标识。"),
				fields.Word(func(_ *fields.Request, e gaps.Evidence) graph.ID { return e.Edge })),
			"provenance": b.Field(fields.Required(b.Object("Provenance")), fields.Both("Where it comes from.", "出处。"),
				fields.Get(func(_ *fields.Request, e gaps.Evidence) graph.Provenance {
					return graph.Provenance{Source: e.Source, AsOf: e.AsOf, Grade: e.Grade, Assumed: e.Assumed}
				})),
			"grade": b.Field(fields.Required(b.Enum("Grade")), fields.Both("The grade of evidence.", "证据等级。"),
				fields.Word(func(_ *fields.Request, e gaps.Evidence) graph.Grade { return e.Grade })),
			"asOf": b.Field(date, fields.Both("The day, month or year that it describes.", "数据日期。"),
				fields.Get(func(_ *fields.Request, e gaps.Evidence) string { return e.AsOf })),
			"assumed": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether that date was assumed, since the source states none.", "该日期是否为推定（来源未写明）。"),
				fields.Get(func(_ *fields.Request, e gaps.Evidence) bool { return e.Assumed })),
			"leader": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether the company leads at the link.", "企业是否为该环节龙头。"),
				fields.Get(func(_ *fields.Request, e gaps.Evidence) bool { return e.Leader })),
			"revenueShare": b.Field(b.Scalars.ByType[schema.TypePercent], fields.Both("The share of its revenue that comes from the link; null when not known.", "该环节占其收入的比例；不明为 null。"),
				fields.Get(func(_ *fields.Request, e gaps.Evidence) gaps.Figure { return e.Share })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether the statement was invented for demonstration.", "是否为虚构数据。"),
				fields.Get(func(_ *fields.Request, e gaps.Evidence) bool { return e.Synthetic })),
		}
	})
	return b.Connection(fields.Connected{
		Name: "Evidence", Description: fields.Both("Statements that put companies at links.", "把企业归入环节的依据。"), Node: statement,
	})
}

// evidencePage is a page of the evidence for something.
func evidencePage(rq *fields.Request, owner string, all []gaps.Evidence, a fields.Args) (*fields.Page, error) {
	p := &fields.Page{
		Total: len(all), Version: rq.Picture.Version(), Question: fields.QuestionOf("evidence", owner, a),
		Item: func(i int) any { return &all[i] },
		ID:   func(i int) string { return string(all[i].Edge) },
	}
	return p, rq.Cut(p, a)
}
