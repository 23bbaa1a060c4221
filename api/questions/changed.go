package questions

import (
	"errors"

	"github.com/graphql-go/graphql"

	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/past"
	"liantu/graph/projection"
	"liantu/schema"
)

// changesWork is the work of making a picture of the past: most of what one request may do.
const changesWork = 90_000

// changedVerdicts is an answer. Nothing of it belongs to the picture of the past.
type changedVerdicts struct {
	after   *gaps.Answer
	since   past.Point
	links   []changedVerdict
	frames  []changedFrame
	byFrame int
}

// changedVerdict is a link whose state or action is not what it was.
type changedVerdict struct {
	code   string
	link   projection.Vertex
	before *earlierVerdict // nil if the link was not there
	after  *gaps.Verdict   // nil if it is gone
	causes []gaps.Cause
	text   schema.Text
}

// earlierVerdict is what is shown of a verdict of the past.
type earlierVerdict struct {
	state     gaps.State
	action    gaps.Action
	companies int
}

// changedFrame is a population that is complete in the region now or was then, with the days
// as of which.
type changedFrame struct {
	name          string
	population    area.Population
	before, after string // "" where it was or is not complete
}

// changesField asks which verdicts changed.
func changesField(b *fields.Builder) *graphql.Field {
	arguments := append(b.Paging(), idArgument(b, "region", projection.Region, true, "The region.", "地区："),
		fields.Arg("since", fields.Required(graphql.String), "A version, such as v12 or 12, or a day, month or year, such as 2024-06-30.", "版本（如 v12 或 12），或日期（如 2024-06-30，也可只写年月或年）。"))
	arguments = append(arguments, scopeArguments(b)[:2]...)
	return b.Field(changedList(b), fields.Both(
		"Which links of the region have another state or action than before, and which source made the difference. Since a version: the graph without later loads; a load that was undone since is in neither. Since a day: what was known on that day.",
		"某地区哪些环节的状态或动作与此前不同，因哪个来源而变。按版本：图谱不含其后导入的数据，已撤销的导入两边都不算；按日期：当日已知的情况。"),
		fields.Resolver(askChanges), append(arguments, minGrade(b), population(b))...)
}

// askChanges compares the picture with one of the past and cuts the page.
func askChanges(rq *fields.Request, _ any, a fields.Args) (any, error) {
	if rq.Picture.AsOf != "" {
		return nil, fault.Refuse(fault.CodeInput, "changes lead to the present; leave out extensions.asOf")
	}
	point, err := past.Parse(a.Text("since"))
	if err != nil {
		return nil, err
	}
	q := gaps.Question{Region: a.Text("region"), MinGrade: a.Grade(), WithEmpty: true, Levels: lines.All}
	if q.Scope, err = scopeIn(rq.Picture.Graph, a); err != nil {
		return nil, err
	}
	answer := &changedVerdicts{since: point}
	if answer.after, err = gaps.Ask(rq.Context, rq.Picture.Graph, settingsFor(rq, a), q); err != nil {
		return nil, err
	}
	err = withEarlier(rq, point, func(before *projection.Projection) error {
		was, err := askBefore(rq, before, q, a)
		if err == nil {
			answer.note(gaps.WhatHasChanged(was, answer.after))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return fields.ListPage(rq, "changes", a, answer, answer.links, func(c changedVerdict) string { return c.code })
}

// askBefore asks the picture of the past. Where the region or the scope was not known yet
// there was no verdict.
func askBefore(rq *fields.Request, before *projection.Projection, q gaps.Question, a fields.Args) (*gaps.Answer, error) {
	scope, err := scopeIn(before, a)
	if err == nil {
		q.Scope = scope
		var answer *gaps.Answer
		if answer, err = gaps.Ask(rq.Context, before, settingsFor(rq, a), q); err == nil {
			return answer, nil
		}
	}
	if errors.Is(err, graph.ErrNotFound) {
		return &gaps.Answer{}, nil
	}
	return nil, err
}

// note copies what differs, without what belongs to the picture of the past.
func (x *changedVerdicts) note(changes *gaps.Changes) {
	x.byFrame = changes.ByFrame
	for _, c := range changes.Links {
		one := changedVerdict{code: c.Code, link: c.Link, after: c.After, causes: c.Causes, text: c.Text}
		if v := c.Before; v != nil {
			one.before = &earlierVerdict{v.State, v.Action, v.Numbers.Companies}
		}
		x.links = append(x.links, one)
	}
	for _, c := range changes.Frames {
		var one changedFrame
		if f := c.Before; f != nil {
			one = changedFrame{name: f.Name, population: f.Population, before: f.Date}
		}
		if f := c.After; f != nil {
			one.name, one.population, one.after = f.Name, f.Population, f.Date
		}
		x.frames = append(x.frames, one)
	}
}

// changedList is the type of the answer.
func changedList(b *fields.Builder) *graphql.Object {
	around := func(p *fields.Page) *changedVerdicts { return p.Around.(*changedVerdicts) }
	return b.Connection(fields.Connected{
		Name: "ChangedVerdict", Description: fields.Both("Links with another state or action than before, by their codes.", "状态或动作有变的环节，按编号排列。"),
		Node: makeChangedVerdict(b),
		Around: graphql.Fields{
			"region": b.Field(fields.Required(b.Kinds[projection.Region]), fields.Both("The region asked about.", "所问地区。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) projection.Vertex { return around(p).after.Region })),
			"since": b.Field(fields.Required(graphql.String), fields.Both("The version or the day that is compared with.", "所比较的版本或日期。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) string { return around(p).since.String() })),
			"version": b.Field(fields.Required(b.Scalars.Integer), fields.Both("The version of the present graph.", "当前图谱的版本。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) int { return int(around(p).after.Version) })),
			"minGrade": b.Field(fields.Required(b.Enum("Grade")), fields.Both("The weakest grade of evidence that counted.", "计入的最低证据等级。"),
				fields.Word(func(_ *fields.Request, p *fields.Page) graph.Grade { return around(p).after.MinGrade })),
			"byFrame": b.Field(fields.Required(b.Scalars.Integer), fields.Both("How many more links have another state or action only because the population changed that their verdicts rest on.", "另有多少环节仅因所依据口径变化而变。"),
				fields.Get(func(_ *fields.Request, p *fields.Page) int { return around(p).byFrame })),
			"frames": b.Field(fields.ListOf(makeChangedFrame(b)), fields.Both("The populations that are complete in the region and were not, are no longer, or are as of another day.", "收录完整情况有变的口径。"),
				fields.Many(func(_ *fields.Request, p *fields.Page) []changedFrame { return around(p).frames })),
		},
	})
}
