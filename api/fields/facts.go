package fields

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/graph"
	"liantu/schema"
)

// factView is a fact as it is shown, with the kind that has its property.
type factView struct {
	kind *schema.Kind
	fact graph.Fact // its value has passed the policy
}

// conflict is a property on which sources disagree.
type conflict struct {
	property string
	shown    factView
	others   []factView
}

// makeFacts makes the types that say where knowledge comes from.
func (b *Builder) makeFacts() {
	date := b.Scalars.ByType[schema.TypeDate]
	b.MakeEnum("Grade", Both("How well a fact is evidenced, best first.", "证据等级，A 最高。"), []EnumValue{
		Choice("A", graph.GradeA, "A public register or an official filing.", "登记或法定公告。"),
		Choice("B", graph.GradeB, "The company's own disclosure.", "企业自行披露。"),
		Choice("C", graph.GradeC, "Derived from other facts by a written rule.", "按规则推得。"),
		Choice("D", graph.GradeD, "An unverified list.", "未经核实的名单。"),
	})
	b.MakeObject("Provenance", Both("Where a statement comes from: source, date and grade of evidence.", "出处：来源、数据日期与证据等级。"),
		func() graphql.Fields {
			return graphql.Fields{
				"source": b.Field(Required(graphql.String), Both("The name of the source.", "来源名称。"),
					Get(func(_ *Request, p graph.Provenance) string { return p.Source })),
				"asOf": b.Field(Required(date), Both("The day, month or year that it describes.", "数据日期，可只到年或月。"),
					Get(func(_ *Request, p graph.Provenance) string { return p.AsOf })),
				"assumed": b.Field(Required(graphql.Boolean),
					Both("Whether the source states no day, so that asOf was assumed when it was loaded; a stated day is shown before any assumed one.",
						"来源未写明日期、asOf 是否为导入时推定；有明确日期的事实优先于推定的。"),
					Get(func(_ *Request, p graph.Provenance) bool { return p.Assumed })),
				"grade": b.Field(Required(b.enums["Grade"]), Both("The grade of evidence.", "证据等级。"),
					Word(func(_ *Request, p graph.Provenance) graph.Grade { return p.Grade })),
			}
		})
	b.MakeObject("Fact", Both("One value of one property, stated by one source.", "某一来源对某一属性给出的一个值。"),
		func() graphql.Fields {
			return graphql.Fields{
				"property": b.Field(graphql.String,
					Both("The name of the property in GraphQL; null for the fact that the thing exists.", "属性的字段名；null 表示“存在”这一事实。"),
					Get(func(_ *Request, f factView) string { return LowerCamel(f.fact.Property) })),
				"label": b.Field(graphql.String, Both("The name of the property for people, in Chinese.", "属性的中文名称。"),
					Get(func(_ *Request, f factView) string {
						if p := f.kind.Property(f.fact.Property); p != nil {
							return p.Label.Zh
						}
						return ""
					})),
				"value": b.Field(graphql.String,
					Both("The value as text; null for a fact of existence and for a value that is not shown.", "值的文字形式；“存在”的事实及不予显示的值为 null。"),
					Get(func(_ *Request, f factView) any { return valueText(f.fact.Value) })),
				"provenance": b.Field(Required(b.objects["Provenance"]), Both("Where it comes from.", "出处。"),
					Get(func(_ *Request, f factView) graph.Provenance { return f.fact.Provenance })),
			}
		})
	b.MakeObject("Conflict", Both("A property on which sources disagree.", "来源说法不一的属性。"), func() graphql.Fields {
		return graphql.Fields{
			"property": b.Field(Required(graphql.String), Both("The name of the property in GraphQL.", "属性的字段名。"),
				Get(func(_ *Request, c conflict) string { return LowerCamel(c.property) })),
			"shown": b.Field(Required(b.objects["Fact"]),
				Both("The fact that is shown: one of a stated day before any of an assumed one, then the newest, then the best evidenced.", "采用的事实：有明确日期者优先于推定日期者，其次日期最新者，再次证据等级最高者。"),
				Get(func(_ *Request, c conflict) factView { return c.shown })),
			"others": b.Field(ListOf(b.objects["Fact"]), Both("The best fact for each other value.", "其他各值的最佳事实。"),
				Many(func(_ *Request, c conflict) []factView { return c.others })),
		}
	})
}

// factsOf lists the facts of an element, or those of one property named as in
// GraphQL.
func (rq *Request) factsOf(k *schema.Kind, facts []graph.Fact, property string) []factView {
	out := make([]factView, 0, len(facts))
	for _, f := range facts {
		if property == "" || LowerCamel(f.Property) == property {
			out = append(out, factView{kind: k, fact: disclosure.ShowFact(k, f)})
		}
	}
	return out
}

// conflictsOf groups the facts that lost by their property.
func (rq *Request) conflictsOf(k *schema.Kind, lost []graph.Fact, winner func(string) (graph.Fact, bool)) []conflict {
	var out []conflict
	for _, f := range lost {
		if n := len(out); n == 0 || out[n-1].property != f.Property {
			won, _ := winner(f.Property)
			out = append(out, conflict{property: f.Property, shown: factView{k, disclosure.ShowFact(k, won)}})
		}
		last := &out[len(out)-1]
		last.others = append(last.others, factView{k, disclosure.ShowFact(k, f)})
	}
	return out
}

// valueText is a value as text, nil when there is none.
func valueText(value any) any {
	switch v := value.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case []string:
		return strings.Join(v, "；")
	}
	return nil
}

// provenancesOf lists who states the facts: best grade first, then newest, a
// stated day before an assumed one.
func provenancesOf(facts []graph.Fact) []graph.Provenance {
	var out []graph.Provenance
	for _, f := range facts {
		if !slices.Contains(out, f.Provenance) {
			out = append(out, f.Provenance)
		}
	}
	slices.SortFunc(out, func(x, y graph.Provenance) int {
		return cmp.Or(cmp.Compare(x.Grade, y.Grade), graph.CompareDates(x, y), cmp.Compare(x.Source, y.Source))
	})
	return out
}
