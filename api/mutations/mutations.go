package mutations

import (
	"context"
	"strings"
	"time"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/edits"
	"liantu/graph/projection"
	"liantu/schema"
)

// Root makes the root type of changes; nil where the model lacks what they
// change.
func (o *Office) Root(b *fields.Builder) *graphql.Object {
	for _, kind := range []string{projection.Person, projection.Link, projection.TaskForce, projection.Company, projection.Project, projection.Intermediary, projection.Judgement, projection.PlacementJudgement} {
		if b.Kinds[kind] == nil {
			return nil
		}
	}
	made := o.payloads(b)
	id := func(name, en, zh string) fields.Argument {
		return fields.Arg(name, fields.Required(b.Scalars.ID), en, zh)
	}
	root := graphql.Fields{}
	add := func(e edit, en, zh string, own ...fields.Argument) {
		b.Right(e.name, e.right)
		root[e.name] = b.Field(made.of(strings.ToUpper(e.name[:1])+e.name[1:]+"Payload", func() graphql.Fields { return e.shows(made) }), fields.Both(en, zh),
			fields.Resolver(func(rq *fields.Request, _ any, a fields.Args) (any, error) { return o.change(rq, e, a) }), append(writing(b), own...)...)
	}
	add(edit{name: "setConsent", right: schema.MaySteward, fields: []string{"Person.consent", "Person.consentUntil"}, batch: setConsent, shows: setConsentShows},
		"States whether a person agrees to be part of introductions. From the version returned on, nobody whose consent was withdrawn is on any path. For stewards.",
		"登记本人是否同意参与引荐；自返回的版本起，已撤回同意者不在任何引荐路径中。仅限数据管理员。",
		id("person", "The person: id or code.", "人员：标识或编号。"),
		fields.Arg("consent", fields.Required(b.EnumOf(projection.Person, "consent")), "The decision of the person.", "本人的意思。"),
		fields.Arg("until", b.Scalars.ByType[schema.TypeDate], "The last day of a consent that is given; when omitted it holds until it is withdrawn.", "同意的最后有效日；不填则直至撤回。"))
	add(edit{name: "judge", right: schema.MaySteward, fields: []string{"Judgement.verdict"}, batch: o.judge, after: o.settleNames, shows: judgeShows},
		"Judges whether two names mean one company. The same become one company at once, different ones are separated; DIFFERENT takes precedence, whoever judged SAME. For stewards.",
		"判定两个名称是否同一家企业；判为同一家者即时合并，判为不同者即时拆开；意见不一时“不同”优先。仅限数据管理员。",
		fields.Arg("left", fields.Required(graphql.String), "One company: USCC, stock code, LEI or name.", "其中一家：统一社会信用代码、证券代码、LEI 或名称。"),
		fields.Arg("right", fields.Required(graphql.String), "The other one.", "另一家。"),
		fields.Arg("verdict", fields.Required(b.EnumOf(projection.Judgement, "verdict")), "The verdict.", "判定。"),
		fields.Arg("note", graphql.String, "What the judgement rests on.", "判定的依据。"))
	add(edit{name: "judgePlacement", right: schema.MaySteward, fields: []string{"PlacementJudgement.verdict"}, batch: judgePlacement, shows: judgePlacementShows},
		"Judges whether whoever states an item, or one company, is at a link. It counts at once in placements, and in verdicts with the next liantu place. For stewards.",
		"判定写有某词条的企业、或某一企业是否处在某环节；placements 即时采用，缺口判断自下次 liantu place 起采用。仅限数据管理员。",
		fields.Arg("item", graphql.String, "The item; when omitted the company itself is judged.", "词条；不填则判企业本身。"),
		fields.Arg("company", b.Scalars.ID, "The company: id, USCC, stock code or name; with an item the one whose words were read, from which the points are learned.", "企业：标识、统一社会信用代码、股票代码或名称；判词条时为所见企业，供修正分值。"),
		id("link", "The link: id, code or name.", "环节：标识、编号或名称。"),
		fields.Arg("verdict", fields.Required(b.EnumOf(projection.PlacementJudgement, "verdict")), "The verdict.", "判断。"),
		fields.Arg("note", graphql.String, "What the judgement rests on.", "判断的依据。"))
	add(edit{
		name: "declareRole", right: schema.MayWork, fields: []string{"Link.declaredRole", "Link.declaredOwner", "Link.declaredDue"}, batch: declareRole, shows: declareRoleShows,
		subject: linkOf, restates: map[string]string{"declared_role": "role", "declared_owner": "owner", "declared_due": "due"},
	},
		"Declares the role of a link, who sees it through, or by when: at least one of the three. A declaration of the same day is corrected. Task forces may do so within their ecosystems.", "登记环节的规划定位、责任单位或完成时限，至少一项；同日再登记即为更正；专班限本生态圈。",
		id("link", "The link: id, code or name.", "环节：标识、编号或名称。"),
		fields.Arg("role", b.EnumOf(projection.Link, "declared_role"), "The role; when omitted it stays.", "规划定位；不填则不变。"),
		fields.Arg("owner", graphql.String, "The body or post that sees it through, no person's name; when omitted it stays.", "责任单位或岗位，不写人名；不填则不变。"),
		fields.Arg("due", b.Scalars.ByType[schema.TypeDate], "The day by which it is to be done; when omitted it stays.", "完成时限；不填则不变。"))
	add(edit{name: "setTargetStatus", right: schema.MayWork, fields: []string{"TARGETS.status"}, batch: setTargetStatus, shows: setTargetStatusShows},
		"States how far a task force is with a company, and makes the company a target if it is none. Task forces may do so within their scope.", "登记专班对企业的推进状态，尚未列入者即列为目标企业；专班限本职责范围。",
		id("taskForce", "The task force: id, code or name.", "专班：标识、编号或名称。"),
		id("company", "The company: id, USCC, stock code or name.", "企业：标识、统一社会信用代码、股票代码或名称。"),
		fields.Arg("status", fields.Required(b.EnumOf(projection.Targets, "status")), "The status.", "推进状态。"))
	add(edit{name: "recordIntroduction", right: schema.MayWork, fields: []string{"INTRODUCED.outcome"}, batch: recordIntroduction, shows: recordIntroductionShows},
		"Records a step of an introduction: introduced, met, negotiating, signed, landed, or lost with a reason. Steps go forward only. Task forces may do so for intermediaries and persons within their scope.",
		"登记引荐的一步进展：引荐、见面、洽谈、签约、落地，或未成及原因；只进不退。专班限本职责范围内的中介机构与人员。",
		id("by", "Who made the introduction: id or name of an intermediary, id or code of a person.", "引荐人：中介机构的标识或名称，或人员的标识或编号。"),
		id("project", "The project: id, code or name.", "项目：标识、编号或名称。"),
		fields.Arg("outcome", fields.Required(b.EnumOf(projection.Introduced, "outcome")), "The step.", "进展。"),
		fields.Arg("reason", graphql.String, "Why it was lost; required with LOST, not allowed otherwise.", "未成原因；仅当结果为 LOST 时填写。"))
	root["undoLoad"] = o.undoField(b)
	return graphql.NewObject(graphql.ObjectConfig{
		Name: disclosure.MutationType, Description: fields.Both("The mutations. They are executed one after another, in the order of the document.", "可作的更改，按文档次序依次执行。"),
		Fields: b.Of(disclosure.MutationType, root),
	})
}

// writing are the arguments of every mutation.
func writing(b *fields.Builder) []fields.Argument {
	return []fields.Argument{
		fields.Arg("clientMutationId", fields.Required(graphql.String),
			"An id that the client chooses for this change, at most 100 characters. The same id again changes nothing and returns the same result, so that a request without an answer may be sent again.",
			"客户端为本次更改取的键，最多 100 字。同一键重复提交不再更改，返回同样结果，因此未收到答复时可重发。"),
		fields.Arg("expectedVersion", b.Scalars.Integer,
			"The version that the client has seen. If what is to be changed has changed since, nothing is changed and the error CONFLICT states presentVersion.",
			"客户端所见的版本；若此后所改内容已变，则不作更改，并以 CONFLICT 错误告知 presentVersion。"),
		fields.Arg("date", b.Scalars.ByType[schema.TypeDate], "The day of the statement; today when omitted.", "所述日期；不填为今天。"),
	}
}

// statement is the source and the day of a change.
func statement(a fields.Args, grade graph.Grade) edits.Statement {
	date := a.Text("date")
	if date == "" {
		date = time.Now().Format(time.DateOnly)
	}
	return edits.Statement{Date: date, Today: schema.Today(time.Now()), Source: graph.EditSource, Grade: grade}
}

// setConsent states the consent with grade A, since the person's own decision is
// the register of it.
func setConsent(rq *fields.Request, a fields.Args) (graph.Batch, error) {
	g := rq.Picture.Graph
	person, err := g.Lookup(a.Text("person"), projection.Person)
	if err != nil {
		return graph.Batch{}, err
	}
	if err := rq.Caller.Scope.Owns(g, person); err != nil {
		return graph.Batch{}, err
	}
	return edits.SetConsent(g, person, a.Text("consent"), a.Text("until"), statement(a, graph.GradeA))
}

func (o *Office) judge(rq *fields.Request, a fields.Args) (graph.Batch, error) {
	if o.Settle == nil {
		return graph.Batch{}, fault.Refuse(fault.CodeUnavailable, "this service accepts no judgements")
	}
	return edits.JudgeNames(rq.Picture.Graph, edits.NamesJudgement{
		Left: a.Text("left"), Right: a.Text("right"), Verdict: a.Text("verdict"), By: rq.Caller.Identity.Subject, Note: noteOf(rq, a),
	}, statement(a, graph.GradeB))
}

// noteOf is the note of a judgement as it is stored: many roles see it, so that nobody is
// named in it.
func noteOf(rq *fields.Request, a fields.Args) string {
	return disclosure.MaskNote(rq.Caller.Whole, a.Text("note"))
}

func (o *Office) settleNames(ctx context.Context, a fields.Args) (graph.Version, error) {
	return o.Settle(ctx, a.Text("left"), a.Text("right"))
}

func judgePlacement(rq *fields.Request, a fields.Args) (graph.Batch, error) {
	return edits.JudgePlacement(rq.Picture.Graph, edits.PlacementVerdict{
		Item: a.Text("item"), Company: a.Text("company"), Link: a.Text("link"), Verdict: a.Text("verdict"), By: rq.Caller.Identity.Subject, Note: noteOf(rq, a),
	}, statement(a, graph.GradeB))
}

func linkOf(rq *fields.Request, a fields.Args) (projection.Vertex, error) {
	return rq.Picture.Graph.Lookup(a.Text("link"), projection.Link)
}

func declareRole(rq *fields.Request, a fields.Args) (graph.Batch, error) {
	g := rq.Picture.Graph
	link, err := linkOf(rq, a)
	if err != nil {
		return graph.Batch{}, err
	}
	if err := rq.Caller.Scope.Owns(g, link); err != nil {
		return graph.Batch{}, err
	}
	declared := edits.Declared{Role: a.Text("role"), Owner: disclosure.MaskNote(rq.Caller.Whole, a.Text("owner")), Due: a.Text("due")}
	return edits.DeclareRole(g, link, declared, statement(a, graph.GradeB))
}

func setTargetStatus(rq *fields.Request, a fields.Args) (graph.Batch, error) {
	g := rq.Picture.Graph
	force, err := g.Lookup(a.Text("taskForce"), projection.TaskForce)
	if err != nil {
		return graph.Batch{}, err
	}
	if err := rq.Caller.Scope.Owns(g, force); err != nil {
		return graph.Batch{}, err
	}
	company, err := g.Lookup(a.Text("company"), projection.Company)
	if err != nil {
		return graph.Batch{}, err
	}
	return edits.SetTargetStatus(g, force, company, a.Text("status"), statement(a, graph.GradeB))
}

func recordIntroduction(rq *fields.Request, a fields.Args) (graph.Batch, error) {
	g := rq.Picture.Graph
	by, err := g.Lookup(a.Text("by"), projection.Intermediary, projection.Person)
	if err != nil {
		return graph.Batch{}, err
	}
	if err := rq.Caller.Scope.Owns(g, by); err != nil {
		return graph.Batch{}, err
	}
	s := statement(a, graph.GradeB)
	return edits.RecordIntroduction(g, edits.Record{
		By: string(g.ID(by)), Project: a.Text("project"), Outcome: edits.Outcome(a.Text("outcome")), Date: s.Date, Today: s.Today,
		Reason: a.Text("reason"), Source: s.Source, Grade: s.Grade,
	})
}
