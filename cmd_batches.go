package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"liantu/graph"
	"liantu/loaders"
	"liantu/schema"
)

func newBatches(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "batches",
		Short: "List what was loaded: when, from which files, how much",
		Long: `List the loads that are in the graph, oldest first. CREATED, UPDATED and UNCHANGED
count statements by what they did when they came; a load that broke off is
unfinished until it is loaded again or taken back with liantu undo.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withStore(cmd.Context(), func(store graph.Store) error {
				loads, err := store.Loads(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(cmd, a.loadTable(loads), loads)
			})
		},
	}
	addFormatFlag(cmd)
	return cmd
}

func (a *app) loadTable(loads []graph.Load) *table {
	t := &table{columns: []column{
		{name: "batch", head: schema.Text{Zh: "批次", En: "BATCH"}},
		{name: "at", head: schema.Text{Zh: "时间", En: "WHEN"}},
		{name: "state", head: schema.Text{Zh: "状态", En: "STATE"}},
		{name: "source", head: schema.Text{Zh: "数据来源", En: "SOURCE"}, flex: true},
		{name: "files", head: schema.Text{Zh: "文件", En: "FILES"}, flex: true},
		{name: "created", head: schema.Text{Zh: "新增", En: "CREATED"}, right: true},
		{name: "updated", head: schema.Text{Zh: "更新", En: "UPDATED"}, right: true},
		{name: "unchanged", head: schema.Text{Zh: "不变", En: "UNCHANGED"}, right: true},
		{name: "version", head: schema.Text{Zh: "版本", En: "VERSION"}, right: true},
	}}
	for _, l := range loads {
		state := cell{"unfinished", a.text(schema.Text{Zh: "未完成", En: "unfinished"})}
		if l.Done {
			state = cell{"done", a.text(schema.Text{Zh: "完成", En: "done"})}
		}
		t.add(word(l.ID), cell{l.At.Format(time.RFC3339), l.At.Local().Format("2006-01-02 15:04")}, state, word(l.Source),
			cell{strings.Join(l.Files, ", "), shortFiles(l.Files)}, count(l.Created), count(l.Updated), count(l.Unchanged), count(int(l.Last)))
	}
	return t
}

// shortFiles names a few files without their folders.
func shortFiles(files []string) string {
	const most = 3
	var names []string
	for _, f := range files[:min(len(files), most)] {
		names = append(names, filepath.Base(f))
	}
	text := strings.Join(names, ", ")
	if len(files) > most {
		text += fmt.Sprintf(" +%d", len(files)-most)
	}
	return text
}

func newUndo(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "undo BATCH",
		Short: "Take a load back, as if it had never been loaded",
		Long: `Take a load back: the graph is then as if it had never been loaded, whatever was
loaded before and after. What another load told as well stays. If a later load
needs what only this one tells, nothing is taken back and you are told what.
The same files may be loaded again.

BATCH is an id as liantu batches lists it, or the beginning of one.`,
		Example: `  liantu batches
  liantu undo 3f9a2c17b0de`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withStore(cmd.Context(), func(store graph.Store) error {
				load, err := findLoad(cmd.Context(), store, args[0])
				if err != nil {
					return err
				}
				undone, err := store.Undo(cmd.Context(), load.ID)
				if err != nil {
					return a.explainUndo(cmd.Context(), store, err)
				}
				if load.ID != loaders.NamesLoad {
					if _, err := loaders.JoinAnew(cmd.Context(), store, schema.Default()); err != nil {
						return err
					}
				}
				return a.printUndone(cmd, load, undone)
			})
		},
	}
	addFormatFlag(cmd)
	return cmd
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
		return graph.Load{}, hint(fmt.Errorf("batch %q: %w%s", text, graph.ErrNotFound, didYouMean(text, ids)), schema.Text{
			Zh: "liantu batches 列出全部批次", En: "liantu batches lists them all",
		})
	}
	return graph.Load{}, fmt.Errorf("batch %q: %d of them begin so: %w", text, len(found), graph.ErrInvalid)
}

// explainUndo says which loads, and what of them, keep a load from being taken
// back.
func (a *app) explainUndo(ctx context.Context, store graph.Store, err error) error {
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
		files[l.ID] = shortFiles(l.Files)
	}
	var zh, en strings.Builder
	fmt.Fprintf(&zh, "以下批次用到了只有它才有的数据，请先撤销它们，或另行导入这些数据：")
	fmt.Fprintf(&en, "these loads need what only it tells; take them back first, or load that from elsewhere:")
	for _, n := range needs.Needs {
		fmt.Fprintf(&zh, "\n  %s（%s）的 %s 需要 %s", orUnnamed(n.Load, "无名批次"), files[n.Load], n.Kind, n.Key)
		fmt.Fprintf(&en, "\n  %s (%s): a %s needs %s", orUnnamed(n.Load, "unnamed"), files[n.Load], n.Kind, n.Key)
	}
	return hint(fmt.Errorf("batch %q cannot be taken back: %d statements of other loads need it: %w", needs.Load, needs.Count, graph.ErrConflict),
		schema.Text{Zh: zh.String(), En: en.String()})
}

func orUnnamed(load, unnamed string) string {
	if load == "" {
		return unnamed
	}
	return load
}

func (a *app) printUndone(cmd *cobra.Command, load graph.Load, u graph.Undone) error {
	t := &table{columns: []column{
		{name: "what", head: schema.Text{Zh: "项目", En: "WHAT"}},
		{name: "nodes", head: schema.Text{Zh: "节点", En: "NODES"}, right: true},
		{name: "edges", head: schema.Text{Zh: "关系", En: "EDGES"}, right: true},
	}}
	t.add(cell{"removed", a.text(schema.Text{Zh: "移除", En: "removed"})}, count(u.NodesRemoved), count(u.EdgesRemoved))
	t.add(cell{"changed", a.text(schema.Text{Zh: "改变", En: "changed"})}, count(u.NodesChanged), count(u.EdgesChanged))
	t.add(cell{"split", a.text(schema.Text{Zh: "拆分", En: "came apart"})}, count(u.NodesSplit), count(0))
	value := struct {
		Batch        string         `json:"batch"`
		Version      graph.Revision `json:"version"`
		NodesRemoved int            `json:"nodes_removed"`
		NodesChanged int            `json:"nodes_changed"`
		NodesSplit   int            `json:"nodes_split"`
		EdgesRemoved int            `json:"edges_removed"`
		EdgesChanged int            `json:"edges_changed"`
	}{load.ID, u.Revision, u.NodesRemoved, u.NodesChanged, u.NodesSplit, u.EdgesRemoved, u.EdgesChanged}
	if err := a.print(cmd, t, value); err != nil {
		return err
	}
	if format, err := cmd.Flags().GetString("format"); err != nil || format != "table" {
		return err
	}
	_, err := fmt.Fprintln(a.stdout, a.text(schema.Text{
		Zh: fmt.Sprintf("批次 %s（%s）已撤销；版本 %d", load.ID, shortFiles(load.Files), u.Revision),
		En: fmt.Sprintf("batch %s (%s) is taken back; version %d", load.ID, shortFiles(load.Files), u.Revision),
	}))
	return err
}
