package questions

import (
	"maps"

	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/schema"
)

// withDates adds the data dates of an answer to its fields.
func withDates[T any](b *fields.Builder, to graphql.Fields, of func(T) *dates.Lazy) graphql.Fields {
	all := maps.Clone(to)
	all["dataDate"] = b.Field(b.Scalars.ByType[schema.TypeDate],
		fields.Both("The newest day of the statements by which companies were counted; null when none was.", "计入企业所依据的数据中最新的日期；没有计入的企业则为 null。"),
		fields.Compute(func(rq *fields.Request, p T, _ fields.Args) (any, error) {
			d, err := of(p).Find(rq.Context)
			return textOrNil(d.Newest), err
		}))
	all["dataDates"] = b.Field(fields.Required(datesType(b)),
		fields.Both("The oldest, the median and the newest of these days.", "计入企业所依据的数据的日期：最早、中位与最新。"),
		fields.Compute(func(rq *fields.Request, p T, _ fields.Args) (any, error) { return of(p).Find(rq.Context) }))
	return all
}

// datesType is the type of the data dates of an answer.
func datesType(b *fields.Builder) *graphql.Object {
	return b.Once("DataDates", func() *graphql.Object {
		return b.MakeObject("DataDates", fields.Both("The days of the statements by which companies were counted, each as it was stated.", "计入企业所依据的各条数据的日期（按原文精度）。"), func() graphql.Fields {
			day := func(en, zh string, of func(dates.Dates) string) *graphql.Field {
				return b.Field(b.Scalars.ByType[schema.TypeDate], fields.Both(en, zh), fields.Get(func(_ *fields.Request, d dates.Dates) string { return of(d) }))
			}
			count := func(en, zh string, of func(dates.Dates) int) *graphql.Field {
				return b.Field(fields.Required(b.Scalars.Integer), fields.Both(en, zh), fields.Get(func(_ *fields.Request, d dates.Dates) int { return of(d) }))
			}
			return graphql.Fields{
				"oldest": day("The oldest; null when nothing was counted, see why.", "最早的日期；没有计入的企业则为 null，原因见 why。", func(d dates.Dates) string { return d.Oldest }),
				"median": day("The one in the middle; of an even number the older of the two.", "居中的日期；偶数条时取较早者。", func(d dates.Dates) string { return d.Median }),
				"newest": day("The newest.", "最新的日期。", func(d dates.Dates) string { return d.Newest }),
				"assumed": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether no source states a day, so that all three were assumed.", "三个日期是否均为推定（来源均未写明）。"),
					fields.Get(func(_ *fields.Request, d dates.Dates) bool { return d.Assumed })),
				"statements": count("How many statements were counted.", "计入的数据条数。", func(d dates.Dates) int { return d.Statements }),
				"undated":    count("Those of these of which only an assumed day is known; they do not move the three days unless all are.", "其中日期仅为推定的条数；除非全部如此，不影响上述三个日期。", func(d dates.Dates) int { return d.Undated }),
				"why": b.Field(graphql.String, fields.Both("NOTHING_COUNTED when there are no days, else null.", "没有日期的原因：NOTHING_COUNTED（没有计入的企业）；否则为 null。"),
					fields.Get(func(_ *fields.Request, d dates.Dates) string { return d.Why })),
			}
		})
	})
}

// datesByRegion is the field with the data dates of each region of a comparison.
func datesByRegion(b *fields.Builder) *graphql.Field {
	return b.Field(fields.ListOf(datesType(b)), fields.Both("The data dates of each region, in the order of regions.", "各地区的数据日期，顺序同 regions。"),
		fields.Compute(func(rq *fields.Request, p *fields.Page, _ fields.Args) (any, error) {
			regions := p.Around.(*gaps.Comparison).RegionDates
			days := make([]dates.Dates, len(regions))
			for i, of := range regions {
				var err error
				if days[i], err = of.Find(rq.Context); err != nil {
					return nil, err
				}
			}
			return days, nil
		}))
}

func textOrNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}
