package mutations

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/graphql-go/graphql"

	"liantu/access"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/graph"
	"liantu/schema"
)

// Rejoin joins by name what may be joined since a load was taken back, and returns the
// version that contains the result. Repeating it changes nothing.
type Rejoin func(ctx context.Context, load string) (graph.Version, error)

// undone is the result of taking a load back.
type undone struct {
	key, load string
	version   graph.Version
	graph.Undone
}

// undoField is the mutation that takes a load back.
func (o *Office) undoField(b *fields.Builder) *graphql.Field {
	const name = "undoLoad"
	b.Right(name, schema.MayWork)
	number := func(en, zh string, of func(*undone) int) *graphql.Field {
		return b.Field(fields.Required(b.Scalars.Integer), fields.Both(en, zh), fields.Get(func(_ *fields.Request, u *undone) int { return of(u) }))
	}
	payload := b.MakeObject("UndoLoadPayload", fields.Both("What taking a load back has changed.", "撤销批次的结果。"), func() graphql.Fields {
		return graphql.Fields{
			"clientMutationId": b.Field(fields.Required(graphql.String), fields.Both("The id that the client chose.", "客户端给出的键。"),
				fields.Get(func(_ *fields.Request, u *undone) string { return u.key })),
			"load": b.Field(fields.Required(b.Scalars.ID), fields.Both("The id of the load.", "批次号。"),
				fields.Get(func(_ *fields.Request, u *undone) string { return u.load })),
			"version": b.Field(fields.Required(b.Scalars.Integer), fields.Both("The version without the load. The caller's next request is answered from it.", "已无该批次的版本；本用户的下一请求即据此版本回答。"),
				fields.Get(func(_ *fields.Request, u *undone) int { return int(u.version) })),
			"nodesRemoved": number("Nodes that only this load stated.", "仅此批次写明的节点，已移除。", func(u *undone) int { return u.NodesRemoved }),
			"nodesChanged": number("Nodes that lost facts or names.", "失去部分内容的节点。", func(u *undone) int { return u.NodesChanged }),
			"nodesSplit":   number("Nodes that are two again, since the load had merged them.", "因撤销合并而重新分开的节点。", func(u *undone) int { return u.NodesSplit }),
			"edgesRemoved": number("Edges that only this load stated.", "仅此批次写明的关系，已移除。", func(u *undone) int { return u.EdgesRemoved }),
			"edgesChanged": number("Edges that lost facts or have other ends.", "失去部分内容或端点改变的关系。", func(u *undone) int { return u.EdgesChanged }),
		}
	})
	return b.Field(payload,
		fields.Both("Takes a load back, as if it had never been loaded: a change that the caller made itself; stewards, and the local user of a service without accounts, any load. Where later loads need what only it states nothing is taken back, and the error is CONFLICT. Sent again after it was made it is NOT_FOUND.",
			"撤销一个批次，如同从未导入：本人所作的更改；数据管理员及未设账号的本机用户可撤销任何批次。若其后的批次依赖仅由它写明的内容，则不作撤销，并报 CONFLICT；撤销后再次提交，报 NOT_FOUND。"),
		fields.Resolver(func(rq *fields.Request, _ any, a fields.Args) (any, error) { return o.undo(rq, a) }),
		fields.Arg("clientMutationId", fields.Required(graphql.String), "An id that the client chooses, at most 100 characters.", "客户端取的键，最多 100 字。"),
		fields.Arg("load", fields.Required(b.Scalars.ID), "The load, by its whole id.", "批次号，须完整。"))
}

// undo takes a load back, on record, and joins by name what may be joined then.
func (o *Office) undo(rq *fields.Request, a fields.Args) (*undone, error) {
	if o.Writer == nil {
		return nil, fault.Refuse(fault.CodeUnavailable, "this service accepts no changes")
	}
	key, id := a.Text("clientMutationId"), a.Text("load")
	if err := checkKey(key); err != nil {
		return nil, err
	}
	load, err := o.loadToUndo(rq, id)
	if err != nil {
		return nil, err
	}
	entry := rq.Caller.Signed(access.Entry{Action: access.Change, Version: rq.Picture.Version(), Request: rq.ID, Detail: "undoLoad " + access.Nameable(id)})
	if err := o.record(entry); err != nil {
		return nil, err
	}
	result, err := o.Writer.Undo(rq.Context, id)
	if err != nil {
		entry.Detail += ": not made"
		if errors.Is(err, graph.ErrUnavailable) {
			entry.Detail += ", or not known"
		}
		return nil, errors.Join(presentConflict(rq, explained(err)), o.record(entry))
	}
	u := &undone{key: key, load: id, version: result.Version, Undone: result}
	rq.Wrote = max(rq.Wrote, u.version)
	if o.Rejoin != nil && mayJoin(load) {
		// What was begun is completed even if the client has gone.
		version, err := o.Rejoin(context.WithoutCancel(rq.Context), id)
		if err != nil {
			return nil, err
		}
		u.version = max(u.version, version)
	}
	rq.Wrote = max(rq.Wrote, u.version)
	return u, nil
}

// loadToUndo finds a load, and refuses one that is not a change of the caller's own to those
// who may not take it back, whether it is there or not.
func (o *Office) loadToUndo(rq *fields.Request, id string) (graph.Load, error) {
	caller := rq.Caller.Identity
	may := slices.Contains(caller.Policy().May, schema.MaySteward) || caller.Subject == access.Local.Subject && slices.Contains(caller.Policy().May, schema.MayLoad)
	loads, err := o.Writer.Loads(rq.Context, id)
	if err != nil {
		return graph.Load{}, err
	}
	own := len(loads) > 0 && isChange(loads[0]) && loads[0].Source == caller.Subject
	switch {
	case !own && !may:
		return graph.Load{}, fault.Refuse(fault.CodeForbidden, "only stewards may take back what others loaded or changed")
	case len(loads) == 0:
		return graph.Load{}, fault.Refuse(fault.CodeNotFound, "there is no load %q, or it was taken back", id)
	}
	return loads[0], nil
}

// isChange reports whether a load is a change that a mutation made.
func isChange(l graph.Load) bool { return strings.HasPrefix(l.ID, editPrefix) && len(l.Files) > 0 }

// mayJoin reports whether companies may have to be joined or separated by name once a load is
// taken back: of the changes, a judgement of names alone states what they rest on.
func mayJoin(l graph.Load) bool { return !isChange(l) || strings.HasPrefix(l.Files[0], "judge ") }

// explained says in a sentence why others depend on a load, without naming what they state.
func explained(err error) error {
	var needs *graph.DependencyError
	if !errors.As(err, &needs) {
		return err
	}
	return fault.Refuse(fault.CodeConflict, "later loads need what only this one states; take them back first, the newest first")
}
