package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/counts"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/matrix"
	"liantu/graph/projection"
)

// matrixCells is the work of the cells of one row.
const matrixCells = 3_000

// matrixRow is one region of a matrix.
type matrixRow struct {
	of     *matrix.Matrix
	region projection.Vertex
}

// matrixField counts the links of chains in regions.
func matrixField(b *fields.Builder) *graphql.Field {
	answer := func(p *fields.Page) *matrix.Matrix { return p.Around.(*matrix.Matrix) }
	answers := b.Connection(fields.Connected{
		Name: "MatrixRow", Description: fields.Both("Regions by chains.", "地区 × 产业链矩阵。"), Node: makeMatrixRow(b),
		Around: withDates(b, graphql.Fields{
			"scopes": b.Field(fields.ListOf(b.Node), fields.Both("The columns: chains, in the order of cells.", "各列对应的产业链，顺序同 cells。"),
				fields.Many(func(_ *fields.Request, p *fields.Page) []projection.Vertex { return answer(p).Scopes })),
			"minGrade": b.Field(fields.Required(b.Enum("Grade")), fields.Both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
				fields.Word(func(_ *fields.Request, p *fields.Page) graph.Grade { return answer(p).MinGrade })),
			"synthetic": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether invented data took part.", "计算中是否用到虚构数据。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) bool { return answer(p).Synthetic })),
		}, func(p *fields.Page) *dates.Lazy { return answer(p).DataDates }),
	})
	arguments := append(b.Paging(),
		idsArgument(b, "regions", projection.Region, false, "The regions that are the rows; exactly one of regions and within is required.", "作为各行的地区，与 within 二者必填其一："),
		idArgument(b, "within", projection.Region, false, "The region of which those directly below are the rows.", "以此地区的直接下级地区为各行："),
		idsArgument(b, "chains", projection.Chain, false, "The chains that are the columns; every chain when neither chains nor ecosystem is given.", "作为各列的产业链，与 ecosystem 均不填则为全部产业链："),
		idArgument(b, "ecosystem", projection.Ecosystem, false, "The ecosystem whose chains are the columns; not with chains.", "以此生态圈的各产业链为列，不与 chains 同用："),
		idsArgument(b, "reference", projection.Region, false, "Regions to compare with; the whole country when omitted.", "参照地区，不填则以全国为参照："),
		levelsArgument(b), minGrade(b), population(b))
	return b.Field(answers, fields.Both("How several regions stand in several chains, counted: one row for each region, in it one cell for each chain, as gaps would count each of them.",
		"多个地区 × 多条产业链一次统计：每个地区一行，每条产业链一格，与逐一查询 gaps 的结果一致。"), fields.Resolver(askMatrix), arguments...)
}

// askMatrix finds the rows and cuts the page.
func askMatrix(rq *fields.Request, _ any, a fields.Args) (any, error) {
	q := matrix.Question{
		Regions: fields.Items[string](a, "regions"), Within: a.Text("within"), Chains: fields.Items[string](a, "chains"),
		Ecosystem: a.Text("ecosystem"), Reference: fields.Items[string](a, "reference"), MinGrade: a.Grade(),
	}
	q.Levels, _ = a["levels"].(lines.Levels)
	m, err := matrix.Ask(rq.Picture.Graph, settingsFor(rq, a), q)
	if err != nil {
		return nil, err
	}
	rows := make([]matrixRow, len(m.Regions))
	for i, region := range m.Regions {
		rows[i] = matrixRow{m, region}
	}
	return fields.ListPage(rq, "matrix", a, m, rows, func(r matrixRow) string { return string(rq.Picture.Graph.ID(r.region)) })
}

func makeMatrixRow(b *fields.Builder) *graphql.Object {
	return b.MakeObject("MatrixRow", fields.Both("One region in several chains.", "一个地区在各产业链的情况。"), func() graphql.Fields {
		return graphql.Fields{
			"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region.", "地区。"),
				fields.Get(func(_ *fields.Request, r matrixRow) projection.Vertex { return r.region })),
			"coverage": b.Field(fields.Required(coverageType(b)), fields.Both("How much is known about the companies of the region.", "对该地区企业的掌握程度。"),
				fields.Get(func(_ *fields.Request, r matrixRow) gaps.Coverage { return r.of.Coverage(r.region) })),
			"cells": b.Field(fields.ListOf(makeMatrixCell(b)), fields.Both("What is found in each chain, in the order of scopes.", "在各产业链的情况，顺序同 scopes。"),
				fields.Compute(func(rq *fields.Request, r matrixRow, _ fields.Args) (any, error) {
					return r.of.Cells(rq.Context, r.region)
				})),
		}
	})
}

// inCell serves a function on a cell.
func inCell[V any](value func(c matrix.Cell) V) fields.Served {
	return fields.Get(func(_ *fields.Request, c matrix.Cell) V { return value(c) })
}

func makeMatrixCell(b *fields.Builder) *graphql.Object {
	integer := fields.Required(b.Scalars.Integer)
	return b.MakeObject("MatrixCell", fields.Both("One chain in one region.", "一条产业链在一个地区的情况。"), func() graphql.Fields {
		return graphql.Fields{
			"scope": b.Field(fields.Required(b.Node), fields.Both("The chain.", "产业链。"),
				inCell(func(c matrix.Cell) projection.Vertex { return c.Scope })),
			"states": b.Field(fields.ListOf(b.Object("StateCount")), fields.Both("Links by state, with those that are kept apart.", "环节按状态统计，含另列的（不评、全国未见）。"),
				fields.Many(func(_ *fields.Request, c matrix.Cell) []counts.StateCount { return c.WithApart() })),
			"actions": b.Field(fields.ListOf(b.Object("ActionCount")), fields.Both("Links by action.", "环节按建议动作统计。"),
				fields.Many(func(_ *fields.Request, c matrix.Cell) []counts.ActionCount { return c.Actions() })),
			"links": b.Field(integer, fields.Both("How many links, without those that are kept apart.", "环节数，不含另列的。"), inCell(func(c matrix.Cell) int { return c.Links })),
			"here":  b.Field(integer, fields.Both("Of these, links with a local company.", "其中有本地企业的环节数。"), inCell(func(c matrix.Cell) int { return c.Present })),
			"companies": b.Field(integer, fields.Both("Local companies at any link of the chain, each once, whichever population they are of.", "处于该产业链任一环节的本地企业数（每家计一次，不限口径）。"),
				inCell(func(c matrix.Cell) int { return c.Companies })),
			"comparable": b.Field(frameType(b), fields.Both("The population that expected and locationQuotient count; null for none.", "期望数与区位商所用的口径；没有则为 null。"),
				inCell(func(c matrix.Cell) *gaps.Frame { return c.Frame })),
			"expected": b.Field(b.Scalars.Float, fields.Both("E′, companies of this population that would be here as in the reference; null when that is not known.", "按参照地区水平本地应有的口径内企业数 E′；无法得知为 null。"),
				inCell(func(c matrix.Cell) gaps.Figure { return c.Expected })),
			"locationQuotient": b.Field(b.Scalars.Float, fields.Both("n′/E′ of this population; null when that is not known, see why.", "口径内的区位商 n′/E′；无法得知为 null，原因见 why。"),
				inCell(func(c matrix.Cell) gaps.Figure { return c.Quotient })),
			"why": b.Field(graphql.String, fields.Both("Why there is no location quotient: NO_FRAME, TOO_FEW or NO_REFERENCE; null when there is one.", "没有区位商的原因：NO_FRAME（无可比口径）、TOO_FEW（样本太少）、NO_REFERENCE（参照地区无此企业）；有则为 null。"),
				fields.Word(func(_ *fields.Request, c matrix.Cell) gaps.Code { return c.Quotient.Why() })),
		}
	})
}
