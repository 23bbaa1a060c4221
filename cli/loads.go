package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"liantu/access"

	"github.com/spf13/cobra"

	"liantu/api/disclosure"
	"liantu/cli/help"
	"liantu/cli/service"
	"liantu/cli/settings"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/loaders/names"
	"liantu/message"
	"liantu/schema"
)

func newLoads(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "loads",
		Aliases: []string{"batches"},
		Short:   "List what was loaded: when, from which files, how much",
		Long: `List the loads that are in the graph, oldest first. CREATED, UPDATED and UNCHANGED
count statements by their effect when they were loaded; a load that broke off is
unfinished until it is loaded again or taken back with liantu undo.`,
		Args:        help.NoArgs,
		Annotations: mayAsk("loads"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return service.WithStore(cmd.Context(), &e.settings, func(store graph.Store) error {
				loads, err := store.Loads(cmd.Context())
				if err != nil {
					return err
				}
				whole, err := projection.Build(cmd.Context(), schema.Default(), store)
				if err != nil {
					return err
				}
				for i := range loads {
					loads[i] = disclosure.MaskLoad(whole, loads[i])
				}
				return e.print(cmd, show.Loads(e.language, loads))
			})
		},
	}
	addForm(cmd, "导入批次", "loads")
	return cmd
}

func newUndo(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "undo LOAD",
		Short: "Take a load back, as if it had never been loaded",
		Long: `Take a load back: the graph is then as if it had never been loaded, whatever was
loaded before and after. Facts that another load states as well stay. If a later
load needs facts that only this one states, nothing is taken back and the error
lists them. The same files may be loaded again.

LOAD is an id as liantu loads lists it, or the beginning of one.`,
		Example: `  liantu loads
  liantu undo 3f9a2c17b0de`,
		Args:        help.ExactArgs(1),
		Annotations: mayDo(schema.MaySteward),
		RunE: func(cmd *cobra.Command, args []string) error {
			return service.WithStore(cmd.Context(), &e.settings, func(store graph.Store) error {
				load, err := findLoad(cmd.Context(), store, args[0])
				if err != nil {
					return err
				}
				// as it was before, since a name in a file may go with the load
				whole, err := projection.Build(cmd.Context(), schema.Default(), store)
				if err != nil {
					return err
				}
				undone, err := e.undo(cmd.Context(), store, whole, load.ID)
				if err != nil {
					return err
				}
				return e.print(cmd, e.undone(disclosure.MaskLoad(whole, load), undone))
			})
		},
	}
	addForm(cmd, "撤销结果", "undo")
	return cmd
}

// undo takes a load back, on record, and joins by name what may be joined now.
func (e *env) undo(ctx context.Context, store graph.Store, whole *projection.Projection, load string) (undone graph.Undone, err error) {
	err = e.change("undo "+access.Nameable(load), func(outcome *access.Entry) (err error) {
		if undone, err = store.Undo(ctx, load); err != nil {
			return explainUndo(ctx, store, whole, err)
		}
		outcome.Version = int64(undone.Version)
		if !names.Joins(load) {
			_, err = names.JoinAnew(ctx, store, schema.Default())
		}
		return err
	})
	return undone, err
}

// findLoad finds a load by its id or by the beginning of it.
func findLoad(ctx context.Context, store graph.Store, text string) (graph.Load, error) {
	loads, err := store.Loads(ctx)
	if err != nil {
		return graph.Load{}, err
	}
	var found []graph.Load
	var ids []string
	for _, l := range loads {
		if l.ID == text {
			return l, nil
		}
		if text != "" && strings.HasPrefix(l.ID, text) {
			found = append(found, l)
		}
		ids = append(ids, l.ID)
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return graph.Load{}, hint(message.As(graph.ErrNotFound, "there is no load %q%s", text, settings.DidYouMean(text, ids)), schema.Text{
			Zh: "liantu loads 列出全部批次", En: "liantu loads lists them all",
		})
	}
	return graph.Load{}, message.As(graph.ErrInvalid, "load %q: %d loads begin with it", text, len(found))
}

// explainUndo lists the statements of other loads that prevent an undo. The whole picture
// says whose names the files of loads must not show.
func explainUndo(ctx context.Context, store graph.Store, whole *projection.Projection, err error) error {
	var needs *graph.DependencyError
	if !errors.As(err, &needs) {
		return err
	}
	loads, listing := store.Loads(ctx)
	if listing != nil {
		return errors.Join(err, listing)
	}
	files := map[string]string{}
	for _, l := range loads {
		files[l.ID] = show.ShortFiles(disclosure.MaskLoad(whole, l).Files)
	}
	var zh, en strings.Builder
	fmt.Fprintf(&zh, "以下批次用到了只有它才有的数据，请先撤销它们，或另行导入这些数据：")
	fmt.Fprintf(&en, "these loads need facts that only it states; take them back first, or load those facts from elsewhere:")
	for _, n := range needs.Dependencies {
		fmt.Fprintf(&zh, "\n  %s（%s）的 %s 需要 %s", orUnnamed(n.Load, "无名批次"), files[n.Load], n.Kind, n.Key)
		fmt.Fprintf(&en, "\n  %s (%s): a %s needs %s", orUnnamed(n.Load, "unnamed"), files[n.Load], n.Kind, n.Key)
	}
	if needs.Count > graph.MaxDependencies {
		zh.WriteString("\n  ……（未全部列出）")
		en.WriteString("\n  … (not all of them are listed)")
	}
	return hint(message.As(graph.ErrConflict, "load %q cannot be taken back: %d statements of other loads need it", needs.Load, needs.Count),
		schema.Text{Zh: zh.String(), En: en.String()})
}

func orUnnamed(load, unnamed string) string {
	if load == "" {
		return unnamed
	}
	return load
}

// undone states what an undo changed.
func (e *env) undone(load graph.Load, u graph.Undone) show.Answer {
	t := &show.Table{Columns: []show.Column{
		{Name: "what", Head: schema.Text{Zh: "项目", En: "WHAT"}},
		{Name: "nodes", Head: schema.Text{Zh: "节点", En: "NODES"}, Right: true},
		{Name: "edges", Head: schema.Text{Zh: "关系", En: "EDGES"}, Right: true},
	}}
	t.Add(e.label("removed", schema.Text{Zh: "移除", En: "removed"}), show.Count(u.NodesRemoved), show.Count(u.EdgesRemoved))
	t.Add(e.label("changed", schema.Text{Zh: "改变", En: "changed"}), show.Count(u.NodesChanged), show.Count(u.EdgesChanged))
	t.Add(e.label("split", schema.Text{Zh: "拆分", En: "split"}), show.Count(u.NodesSplit), show.Count(0))
	value := struct {
		Load         string        `json:"load"`
		Version      graph.Version `json:"version"`
		NodesRemoved int           `json:"nodesRemoved"`
		NodesChanged int           `json:"nodesChanged"`
		NodesSplit   int           `json:"nodesSplit"`
		EdgesRemoved int           `json:"edgesRemoved"`
		EdgesChanged int           `json:"edgesChanged"`
	}{load.ID, u.Version, u.NodesRemoved, u.NodesChanged, u.NodesSplit, u.EdgesRemoved, u.EdgesChanged}
	return show.Answer{Table: t, Record: func() any { return value }, Below: []string{e.text(schema.Text{
		Zh: fmt.Sprintf("批次 %s已撤销；版本 %d", show.WithFiles(load, "（", "）"), u.Version),
		En: fmt.Sprintf("load %s is taken back; version %d", show.WithFiles(load, " (", ")"), u.Version),
	})}}
}
