package mutations

import (
	"errors"
	"slices"

	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/projection"
)

// payloads makes the types of the results of changes. All are a Written, and each holds
// beside it what was changed, as the graph has it after the change: read from a picture
// that contains it, of what the caller may know of, also when a change is sent again.
// Where such a picture cannot be had, these fields alone fail: the change was made.
type payloads struct {
	office  *Office
	builder *fields.Builder
	written *graphql.Interface
}

func (o *Office) payloads(b *fields.Builder) *payloads {
	p := &payloads{office: o, builder: b}
	p.written = graphql.NewInterface(graphql.InterfaceConfig{
		Name: "Written", Description: fields.Both("The result of a change.", "更改的结果。"),
		Fields: graphql.FieldsThunk(p.common),
		// The library requires one; no field is of this type.
		ResolveType: func(graphql.ResolveTypeParams) *graphql.Object { return nil },
	})
	return p
}

// of makes the type of the result of one change, with what it shows of the graph.
func (p *payloads) of(name string, own func() graphql.Fields) *graphql.Object {
	return p.builder.MakeObjectOf(name, fields.Both("The result of a change, and what was changed, as it is now.", "更改的结果，及所改内容的现状。"), []*graphql.Interface{p.written},
		func() graphql.Fields {
			all := p.common()
			for field, made := range own() {
				all[field] = made
			}
			return all
		})
}

// common are the fields of the interface Written.
func (p *payloads) common() graphql.Fields {
	b := p.builder
	return graphql.Fields{
		"clientMutationId": b.Field(fields.Required(graphql.String), fields.Both("The id that the client chose.", "客户端给出的键。"),
			fields.Get(func(_ *fields.Request, w *written) string { return w.key })),
		"version": b.Field(fields.Required(b.Scalars.Integer), fields.Both("The version that contains the change. The caller's next request is answered from it; others send it as extensions.minVersion to read what was written.", "包含此更改的版本；本用户的下一请求即据此版本回答，其他用户以 extensions.minVersion 给出即可读到。"),
			fields.Get(func(_ *fields.Request, w *written) int { return int(w.version) })),
		"changed": b.Field(fields.Required(graphql.Boolean), fields.Both("Whether it changed the graph.", "是否有新内容。"),
			fields.Get(func(_ *fields.Request, w *written) bool { return w.changed })),
		"load": b.Field(fields.Required(b.Scalars.ID), fields.Both("The id of its load, by which liantu undo takes it back.", "所属批次，liantu undo 据此撤销。"),
			fields.Get(func(_ *fields.Request, w *written) string { return w.load })),
	}
}

// read serves a field by what a picture that contains the change holds.
func (p *payloads) read(find func(rq *fields.Request, w *written) (any, error)) fields.Served {
	return fields.Compute(func(rq *fields.Request, w *written, _ fields.Args) (any, error) {
		if rq.Picture.Version() < int64(w.version) {
			if err := p.office.Renew(rq, w.version); err != nil {
				return nil, err
			}
		}
		return find(rq, w)
	})
}

// node is a field with the node that an argument named.
func (p *payloads) node(argument, en, zh string, kinds ...string) *graphql.Field {
	var t graphql.Output = p.builder.Node
	if len(kinds) == 1 {
		t = p.builder.Kinds[kinds[0]]
	}
	return p.builder.Field(t, fields.Both(en, zh), p.read(func(rq *fields.Request, w *written) (any, error) {
		text := w.args.Text(argument)
		if text == "" {
			return nil, nil
		}
		return rq.Picture.Graph.Lookup(text, kinds...)
	}))
}

// companies is a field with the companies that the arguments name: each once, and none for
// a name that is that of none or of several.
func (p *payloads) companies(en, zh string, arguments ...string) *graphql.Field {
	list := graphql.NewList(fields.Required(p.builder.Kinds[projection.Company]))
	return p.builder.Field(list, fields.Both(en, zh), p.read(func(rq *fields.Request, w *written) (any, error) {
		found := []projection.Vertex{}
		for _, argument := range arguments {
			switch v, err := rq.Picture.Graph.Lookup(w.args.Text(argument), projection.Company); {
			case errors.Is(err, graph.ErrNotFound):
			case err != nil:
				return nil, err
			case !slices.Contains(found, v):
				found = append(found, v)
			}
		}
		return found, nil
	}))
}

// target is the tie of a task force to a company.
var target = fields.Tie{Kind: projection.Targets, From: projection.TaskForce, To: projection.Company}

// targetField is a field with the edge that states how far a task force is.
func (p *payloads) targetField() *graphql.Field {
	return p.builder.Field(p.builder.TieType(target), fields.Both("How far the task force is with the company.", "专班对该企业的推进情况。"),
		p.read(func(rq *fields.Request, w *written) (any, error) {
			g := rq.Picture.Graph
			force, err := g.Lookup(w.args.Text("taskForce"), projection.TaskForce)
			if err != nil {
				return nil, err
			}
			company, err := g.Lookup(w.args.Text("company"), projection.Company)
			if err != nil {
				return nil, err
			}
			return rq.TieOf(target, force, company), nil
		}))
}

func setConsentShows(p *payloads) graphql.Fields {
	return graphql.Fields{"person": p.node("person", "The person.", "该人员。", projection.Person)}
}

func judgeShows(p *payloads) graphql.Fields {
	return graphql.Fields{"companies": p.companies(
		"The companies that the two names mean now, each once: one where they are the same. A name that none or several companies have adds none.",
		"两个名称现在所指的企业，各列一次；已合并者只有一家。无企业使用或多家共用的名称不列。", "left", "right")}
}

func judgePlacementShows(p *payloads) graphql.Fields {
	return graphql.Fields{
		"company": p.node("company", "The company; null where none was named.", "该企业；未指明时为 null。", projection.Company),
		"link":    p.node("link", "The link.", "该环节。", projection.Link),
	}
}

func declareRoleShows(p *payloads) graphql.Fields {
	return graphql.Fields{
		"link": p.node("link", "The link.", "该环节。", projection.Link),
		"corrected": p.builder.Field(fields.Required(graphql.Boolean), fields.Both("Whether it replaced a declaration of the same day, which its undo does not bring back.", "是否更正了同日的登记；撤销本次更改不会恢复被更正的内容。"),
			fields.Get(func(_ *fields.Request, w *written) bool { return w.corrected })),
	}
}

func setTargetStatusShows(p *payloads) graphql.Fields {
	return graphql.Fields{
		"taskForce": p.node("taskForce", "The task force.", "该专班。", projection.TaskForce),
		"company":   p.node("company", "The company.", "该企业。", projection.Company),
		"target":    p.targetField(),
	}
}

func recordIntroductionShows(p *payloads) graphql.Fields {
	return graphql.Fields{
		"project": p.node("project", "The project.", "该项目。", projection.Project),
		"by":      p.node("by", "Who made the introduction.", "引荐人。", projection.Intermediary, projection.Person),
	}
}
