package show

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"liantu/graph"
	"liantu/schema"
)

// Loads lists loads with what became of their statements.
func Loads(l Language, loads []graph.Load) Answer {
	return Answer{Table: loadTable(l, loads), Record: func() any { return loadRecords(loads) }}
}

// loadRecords are loads as JSON.
func loadRecords(loads []graph.Load) Object {
	records := make([]Object, len(loads))
	for i, l := range loads {
		records[i] = Object{}.
			With("id", l.ID).
			With("source", l.Source).
			With("files", append([]string{}, l.Files...)).
			With("at", l.At).
			With("done", l.Done).
			With("firstVersion", l.First).
			With("version", l.Last).
			With("batches", l.Batches).
			With("nodes", l.Nodes).
			With("edges", l.Edges).
			With("created", l.Created).
			With("updated", l.Updated).
			With("unchanged", l.Unchanged).
			With("merged", l.Merged)
	}
	return Connection(records, len(records))
}

func loadTable(lang Language, loads []graph.Load) *Table {
	t := &Table{Columns: []Column{
		{Name: "batch", Head: schema.Text{Zh: "批次", En: "LOAD"}},
		{Name: "at", Head: schema.Text{Zh: "时间", En: "WHEN"}},
		{Name: "state", Head: schema.Text{Zh: "状态", En: "STATE"}},
		{Name: "source", Head: schema.Text{Zh: "数据来源", En: "SOURCE"}, Flex: true},
		{Name: "files", Head: schema.Text{Zh: "文件", En: "FILES"}, Flex: true},
		{Name: "created", Head: schema.Text{Zh: "新增", En: "CREATED"}, Right: true},
		{Name: "updated", Head: schema.Text{Zh: "更新", En: "UPDATED"}, Right: true},
		{Name: "unchanged", Head: schema.Text{Zh: "不变", En: "UNCHANGED"}, Right: true},
		{Name: "version", Head: schema.Text{Zh: "版本", En: "VERSION"}, Right: true},
	}}
	for _, l := range loads {
		state := lang.Label("unfinished", schema.Text{Zh: "未完成", En: "unfinished"})
		if l.Done {
			state = lang.Label("done", schema.Text{Zh: "完成", En: "done"})
		}
		t.Add(Word(l.ID), Pair(l.At.Format(time.RFC3339), l.At.Local().Format("2006-01-02 15:04")), state, Word(l.Source),
			Pair(strings.Join(l.Files, ", "), ShortFiles(l.Files)), Count(l.Created), Count(l.Updated), Count(l.Unchanged), Count(int(l.Last)))
	}
	return t
}

// ShortFiles names a few files without their folders.
func ShortFiles(files []string) string {
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

// WithFiles is the id of a load with its files in brackets, if it has any.
func WithFiles(l graph.Load, opens, closes string) string {
	if len(l.Files) == 0 {
		return l.ID
	}
	return l.ID + opens + ShortFiles(l.Files) + closes
}
