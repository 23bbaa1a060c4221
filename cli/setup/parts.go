package setup

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"liantu/examples/zhejiang"
	"liantu/schema"
)

// A part of the sample pack is a load of its own, so that it can be taken back alone.
const (
	chains    = "chains"           // ecosystems, chains, links and products, with the ties between them
	companies = "sample-companies" // the companies that there are, who serves them, and the lists that hold them
	invented  = "sample-invented"  // contacts, parks, projects and the like that are made up to show what can be done
)

// chainFiles are the files of which every row belongs to the chains.
var chainFiles = []string{"Ecosystem", "Chain", "Link", "PART_OF", "SAME_AS", "FEEDS", "Product", "BELONGS_TO"}

// table is a file of the pack.
type table struct {
	kind string
	head []string
	rows [][]string
}

// value is the cell of a row below a head, "" if there is none.
func (t *table) value(row []string, head string) string {
	if i := slices.Index(t.head, head); i >= 0 {
		return row[i]
	}
	return ""
}

// end is what an edge begins or ends at: "from" or "to".
func (t *table) end(row []string, side string) vertex {
	kind := t.value(row, side+"_kind")
	edge := schema.Default().EdgeKind(t.kind).Edge
	kinds := edge.From
	if side == "to" {
		kinds = edge.To
	}
	if kind == "" && len(kinds) == 1 {
		kind = kinds[0]
	}
	return vertex{kind, t.value(row, side)}
}

// isEdge reports whether the rows are edges.
func (t *table) isEdge() bool { return schema.Default().EdgeKind(t.kind) != nil }

// vertex is a node as the files of the pack name it.
type vertex struct{ kind, code string }

// ecosystems are the codes of the ecosystems of the pack.
func ecosystems() ([]string, error) {
	all, err := tables("Ecosystem")
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, row := range all[0].rows {
		codes = append(codes, all[0].value(row, "code"))
	}
	return codes, nil
}

// tables reads the files of kinds of the pack, * for all.
func tables(kinds string) ([]*table, error) {
	pack := zhejiang.FS()
	names, err := fs.Glob(pack, kinds+".csv")
	if err != nil {
		return nil, err
	}
	var all []*table
	for _, name := range names {
		text, err := fs.ReadFile(pack, name)
		if err != nil {
			return nil, err
		}
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			return nil, err
		}
		all = append(all, &table{strings.TrimSuffix(name, ".csv"), rows[0], rows[1:]})
	}
	return all, nil
}

// parts are the parts of the pack, as folders of files, with the chains of some ecosystems
// alone. What only spoke of links that are left out is left out, too; companies are not,
// since their lists are complete only with all of them.
func parts(ecosystems []string) (map[string]fs.FS, error) {
	all, err := tables("*")
	if err != nil {
		return nil, err
	}
	out := leftOut(all, ecosystems)
	files := map[string]map[string][][]string{chains: {}, companies: {}, invented: {}}
	for _, t := range all {
		for _, row := range t.rows {
			if out.has(t, row) {
				continue
			}
			part := t.partOf(row)
			files[part][t.kind] = append(files[part][t.kind], row)
			if part == companies && t.value(row, "notice") != "" {
				files[chains][t.kind] = append(files[chains][t.kind], t.without(row, "notice", "english_notice"))
			}
		}
	}
	folders := map[string]fs.FS{}
	for name, part := range files {
		if folders[name], err = folder(all, part); err != nil {
			return nil, err
		}
	}
	return folders, nil
}

// partOf is the part to which a row belongs. What a source states of a list of companies
// comes with them: without them nobody would be on a list that is said to be complete. So
// does the notice that there is a sample.
func (t *table) partOf(row []string) string {
	ofSource := t.kind == "Source"
	switch {
	case slices.Contains(chainFiles, t.kind):
		return chains
	case t.value(row, "synthetic") == "true", ofSource && t.value(row, "name") == "synthetic":
		return invented
	case ofSource && t.value(row, "population") == "" && t.value(row, "notice") == "":
		return chains
	}
	return companies
}

// without is a row with some cells empty.
func (t *table) without(row []string, heads ...string) []string {
	less := slices.Clone(row)
	for _, head := range heads {
		less[slices.Index(t.head, head)] = ""
	}
	return less
}

// absent are the nodes that are left out.
type absent map[vertex]bool

// has reports whether a row is of a node that is left out, or of an edge at one.
func (a absent) has(t *table, row []string) bool {
	if t.isEdge() {
		return a[t.end(row, "from")] || a[t.end(row, "to")]
	}
	if code := t.value(row, "code"); code != "" {
		return a[vertex{t.kind, code}]
	}
	return a[vertex{t.kind, t.value(row, "name")}]
}

// treeKinds are those of the tree, and followers of what is said of the tree alone.
var (
	treeKinds = []string{"Ecosystem", "Chain", "Link"}
	followers = []string{"Product", "Opportunity", "Project", "TaskForce"}
)

// leftOut finds what is left out where only some ecosystems are wanted: the nodes of the
// tree beyond them, and the followers of which every edge to the tree ends there.
func leftOut(all []*table, ecosystems []string) absent {
	within := map[vertex]bool{}
	for _, code := range ecosystems {
		within[vertex{"Ecosystem", code}] = true
	}
	for grown := true; grown; {
		grown = false
		for from, to := range edges(all, "PART_OF") {
			if within[to] && !within[from] {
				within[from], grown = true, true
			}
		}
	}
	out, stays := absent{}, map[vertex]bool{}
	for _, t := range all {
		for _, row := range t.rows {
			if v := (vertex{t.kind, t.value(row, "code")}); slices.Contains(treeKinds, t.kind) && !within[v] {
				out[v] = true
			}
		}
	}
	for _, t := range all {
		for from, to := range edges(all, t.kind) {
			for follower, at := range map[vertex]vertex{from: to, to: from} {
				if !slices.Contains(followers, follower.kind) || !slices.Contains(treeKinds, at.kind) || stays[follower] {
					continue
				}
				stays[follower] = within[at]
				out[follower] = !within[at]
			}
		}
	}
	maps.DeleteFunc(out, func(_ vertex, is bool) bool { return !is })
	return out
}

// edges yields the ends of the edges of a kind.
func edges(all []*table, kind string) func(yield func(from, to vertex) bool) {
	return func(yield func(from, to vertex) bool) {
		for _, t := range all {
			if t.kind != kind || !t.isEdge() {
				continue
			}
			for _, row := range t.rows {
				if !yield(t.end(row, "from"), t.end(row, "to")) {
					return
				}
			}
		}
	}
}

// folder is a folder with files of some rows, without the files that have none.
func folder(all []*table, rows map[string][][]string) (fs.FS, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, t := range all {
		if len(rows[t.kind]) == 0 {
			continue
		}
		file, err := w.CreateHeader(&zip.FileHeader{Name: path.Clean(t.kind + ".csv"), Method: zip.Store})
		if err != nil {
			return nil, err
		}
		lines := csv.NewWriter(file)
		if err := errors.Join(lines.Write(t.head), lines.WriteAll(rows[t.kind])); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
}
