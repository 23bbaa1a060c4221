package loaders_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"liantu/graph"
	"liantu/loaders"
	"liantu/loaders/mapping"
	"liantu/schema"
)

// TestExportOfOurGraphLoads writes a graph as apoc.export.json writes the same
// graph from Neo4j, with the labels and the names of the store, and loads it
// into an empty one: nodes, edges, properties and provenance are the same.
func TestExportOfOurGraphLoads(t *testing.T) {
	first, second := openStore(t), openStore(t)
	load(t, loaders.Options{Store: first, AsOf: "2024-05", FS: files(map[string]string{
		"Company.csv":     "name,uscc,registered_capital,aliases,source,grade,as_of\n星澜实业有限公司,,12345.5,星澜;澜\\;实,登记,A,2023-01-02\n望舒科技有限公司,,,,名录,,\n",
		"Person.csv":      "code,name,gender,source\nr-1,罗一川,女,名册\nr-2,罗 二川,男,名册\n",
		"Chain.csv":       "code,name,source\nc,半导体,名录\n",
		"Link.csv":        "code,name,position,source\nc.a,材料,上游,名录\n",
		"Source.csv":      "name,title,source\n登记,登记簿,登记\n名录,企业名录,名录\n名册,乡贤名册,名册\n",
		"PART_OF.csv":     "from,to,source\nc.a,c,名录\n",
		"INVESTS_IN.csv":  "from,to,ratio,source\n星澜实业有限公司,望舒科技有限公司,35%,名录\n",
		"WORKS_AT.csv":    "from,to,post,source\nr-1,星澜实业有限公司,董事长,名册\nr-2,星澜实业有限公司,监事,名册\n",
		"LOCATED_IN.csv":  "from_kind,from,to,role,source\nCompany,星澜实业有限公司,330106,注册地,名录\n",
		"OPERATES_IN.csv": "from,to,leader,source\n望舒科技有限公司,c.a,是,名录\n",
	})})
	r := load(t, loaders.Options{Store: second, FS: files(map[string]string{"all.json": exported(t, first)}), Source: "导出", AsOf: "2024"})
	if !r.Complete() {
		t.Errorf("the export is not loaded completely:\n%s", text(t, r))
	}
	if slices.ContainsFunc(r.Faults, func(f loaders.Fault) bool { return f.Code == loaders.CodeCapitalUnit }) {
		t.Error("an amount is said to have no unit; the name of the property stands for 万元")
	}
	want, got := dump(t, first), dump(t, second)
	if want != got {
		t.Errorf("the graph is\n%s\nwant\n%s", got, want)
	}
}

// exported writes a graph as apoc.export.json.all does: relationships after the
// nodes, ids of the database, and of each element the properties of the store.
func exported(t *testing.T, s graph.Store) string {
	t.Helper()
	var b strings.Builder
	numbers := map[graph.ID]string{}
	write := func(v any) {
		line, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	end := func(id graph.ID) any { return map[string]any{"id": numbers[id], "labels": []string{"_Node"}} }
	_, err := s.Changes(t.Context(), 0, func(c graph.Change) error {
		if n := c.Node; n != nil {
			numbers[n.ID] = fmt.Sprint(len(numbers))
			labels := []string{n.Kind, "_Node"}
			write(map[string]any{"type": "node", "id": numbers[n.ID], "labels": labels, "properties": values(n.Facts)})
		}
		if e := c.Edge; e != nil {
			write(map[string]any{"id": "9", "type": "relationship", "label": e.Kind, "properties": values(e.Facts), "start": end(e.From), "end": end(e.To)})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// values are the properties of an element in Neo4j.
func values(facts []graph.Fact) map[string]any {
	all := map[string]any{"_rev": 3}
	for _, f := range facts {
		all["_source"], all["_as_of"], all["_grade"] = f.Source, f.AsOf, f.Grade
		if f.Property != "" {
			all[f.Property] = f.Value
		}
	}
	return all
}

// TestFaultOfSeveralRows: a fault that stands for several rows says how many, and
// each of them is among the rejects.
func TestFaultOfSeveralRows(t *testing.T) {
	var rejected []int
	r := load(t, loaders.Options{
		Store: openStore(t), Source: "名单", AsOf: "2024",
		FS: files(map[string]string{"nodes.csv": ":ID,name,:LABEL\n1,甲,Concept\n2,乙水有限公司,Company\n3,丙,Concept\n4,丁,Concept\n"}),
		Rejects: func(row loaders.Reject) error {
			rejected = append(rejected, row.Row)
			return nil
		},
	})
	if want := []int{2, 4, 5}; !slices.Equal(rejected, want) {
		t.Errorf("rejected are rows %v, want %v", rejected, want)
	}
	i := slices.IndexFunc(r.Faults, func(f loaders.Fault) bool { return f.Code == loaders.CodeUnknownLabel })
	if f := r.Faults[i]; f.Rows != 3 || f.Row != 2 || f.Severity != loaders.Rejected {
		t.Errorf("the fault is %+v", f)
	}
}

// TestStrictExport: a strict load refuses a file of which a column means nothing.
func TestStrictExport(t *testing.T) {
	fsys := files(map[string]string{"a.csv": ":ID,name,age:int,:LABEL\n1,甲,3,Product\n", "b.csv": ":ID,name,x:IGNORE,:LABEL\n2,乙,3,Product\n"})
	r := load(t, loaders.Options{Store: openStore(t), FS: fsys, Strict: true, Source: "名单", AsOf: "2024"})
	if got := r.Nodes().Created; got != 1 || len(r.Faults) == 0 || r.Faults[0].File != "a.csv" || r.Faults[0].Code != loaders.CodeUnusedStrict {
		t.Errorf("%d nodes were created:\n%s", got, text(t, r))
	}
}

// TestIDsOfSourcesAreApart: the ids of a file mean nothing in the file of another
// source, and the same file again finds its own.
func TestIDsOfSourcesAreApart(t *testing.T) {
	store := openStore(t)
	people := files(map[string]string{"people.csv": "person_id:ID,name,:LABEL\n1,罗一川,Person\n2,罗一川,Person\n"})
	for _, source := range []string{"名单一", "名单二", "名单一"} {
		load(t, loaders.Options{Store: store, FS: people, Source: source, AsOf: "2024"})
	}
	want := `Person/code=名单一:1 code=名单一:1 name=罗一川 (名单一 2024 D)
Person/code=名单一:2 code=名单一:2 name=罗一川 (名单一 2024 D)
Person/code=名单二:1 code=名单二:1 name=罗一川 (名单二 2024 D)
Person/code=名单二:2 code=名单二:2 name=罗一川 (名单二 2024 D)
`
	if got := dump(t, store); got != want {
		t.Errorf("the graph is\n%s\nwant\n%s", got, want)
	}
}

// TestFilesWithoutLabels: where no column states labels or types, the name of
// the file or the kind that the caller states does.
func TestFilesWithoutLabels(t *testing.T) {
	people, posts, both := "p:ID,name\n1,罗一川\n", ":START_ID,:END_ID\n1,2\n", "p:ID,name,:LABEL\n1,罗一川,Boss\n"
	for _, c := range []struct{ file, text, kind, want string }{
		{"Person.csv", people, "", ""},
		{"people.csv", people, "Person", ""},
		{"people.csv", both, "Person", ""},
		{"Person.csv", both, "", `"Boss" is no kind of the vocabulary; row 2 is left out`},
		{"people.csv", people, "", `nothing says of which kind its nodes are; needed is a column ":LABEL", the name of a kind as that of the file, or --kind`},
		{"posts.csv", posts, "", `nothing says of which kind its relationships are; needed is a column ":TYPE", the name of a kind as that of the file, or --kind`},
		{"posts.csv", ":START_ID,:TYPE\n1,KNOWS\n", "", `header has no column ":END_ID", which a file of relationships needs`},
		{"KNOWS.csv", posts, "Person", `the file holds relationships, and "Person" is no kind of them`},
		{"people.csv", "p:ID,name,:LABEL\n", "", "its heads are those of neo4j-admin database import and no rows are below them; load it together with the file of the rows, which has the same name but for the word header"},
		{"people.csv", "p:ID,name,name,:LABEL\n1,罗一川,罗,Person\n", "", `header has the column "name" twice, as column 2 and as column 3`},
	} {
		r := load(t, loaders.Options{Store: openStore(t), FS: files(map[string]string{c.file: c.text}), Kind: c.kind, Source: "名单", AsOf: "2024"})
		got := ""
		if i := slices.IndexFunc(r.Faults, func(f loaders.Fault) bool { return f.Severity == loaders.Rejected }); i >= 0 {
			got = r.Faults[i].Reason
		}
		if got != c.want || (got == "") != (r.Nodes().Created == 1) {
			t.Errorf("%s %q: the fault is %q, want %q; %+v", c.file, c.text, got, c.want, r.Nodes())
		}
	}
}

// TestCutExport: what is left of a file that was cut short is read as what it
// is, and the cut is reported.
func TestCutExport(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := fmt.Fprintln(z, ":ID,name,:LABEL")
	const n = 100 // more than are read to find the header
	for i := range n {
		_, err2 := fmt.Fprintf(z, "%d,星澜实业%d有限公司,Company\n", i, i)
		err = errors.Join(err, err2)
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	cut := string(packed.Bytes()[:packed.Len()-8])
	r := load(t, loaders.Options{Store: openStore(t), FS: files(map[string]string{"nodes.csv.gz": cut}), Source: "名单", AsOf: "2024"})
	if got := r.Nodes().Created; got != n || !slices.ContainsFunc(r.Faults, func(f loaders.Fault) bool { return f.Code == loaders.CodeUnread }) {
		t.Errorf("%d nodes were created:\n%s", got, text(t, r))
	}
}

// TestProposedMappingReadsTheSame: the mapping that is proposed for files in these
// formats, written and read again, loads the same graph.
func TestProposedMappingReadsTheSame(t *testing.T) {
	for _, name := range []string{"neo4j_admin", "neo4j_ids", "apoc_json"} {
		archive, err := txtar.ParseFile("testdata/loads/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		o := optionsOf(t, archive)
		o.Store = openStore(t)
		load(t, o)
		proposal, err := loaders.Propose(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		var yaml bytes.Buffer
		if err := proposal.WriteYAML(&yaml); err != nil {
			t.Fatal(err)
		}
		again := o
		again.Store = openStore(t)
		if again.Mapping, err = mapping.Read(bytes.NewReader(yaml.Bytes()), schema.Default()); err != nil {
			t.Fatalf("%s: %v in\n%s", name, err, yaml.String())
		}
		load(t, again)
		if want, got := dump(t, o.Store), dump(t, again.Store); got != want {
			t.Errorf("%s: the graph by the mapping\n%s\nis\n%s\nwant\n%s", name, yaml.String(), got, want)
		}
	}
}
