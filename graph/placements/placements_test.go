package placements_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/placements"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/schema"
)

// files are a small graph: two links, a list that is complete in Hangzhou, and companies.
var files = map[string]string{
	"Chain.csv": "code,name,source,as_of,grade\ngeneral-machinery,通用机械,plan,2026,B\n",
	"Link.csv": "code,name,keywords,source,as_of,grade\n" +
		"general-machinery.fluid-machinery,流体机械,,plan,2026,B\n" +
		"general-machinery.fluid-machinery.pumps,泵,水泵;离心泵;真空泵,plan,2026,B\n",
	"PART_OF.csv": "from_kind,from,to_kind,to,source,as_of,grade\n" +
		"Link,general-machinery.fluid-machinery,Chain,general-machinery,plan,2026,B\n" +
		"Link,general-machinery.fluid-machinery.pumps,Link,general-machinery.fluid-machinery,plan,2026,B\n",
	"Source.csv": "name,title,population,complete_in,source,as_of,grade\nplan,规划,,,plan,2026,B\nvisit,走访,,,visit,2026,A\nlist,规上名录,ABOVE_SCALE,330100,list,2026-03,B\nchosen,选录,SELECTION,330100,chosen,2026-03,B\n",
	"Company.csv": "name,uscc,status,industry,main_products,business_scope,source,as_of,grade\n" +
		"清河泵业有限公司,91330100MA2AAAAA0B,ACTIVE,泵及真空设备制造,离心泵、真空泵,,list,2026-03,B\n" +
		"白水商贸有限公司,91330100MA2AAAAB98,ACTIVE,,,日用百货销售；食品销售,list,2026-03,B\n" +
		"黄石机电有限公司,91330100MA2AAAACX7,ACTIVE,泵及真空设备制造,,企业管理,list,2026-03,B\n" +
		"赤水泵业有限公司,91330100MA2AAAAD87,DEREGISTERED,泵及真空设备制造,离心泵、真空泵,,list,2026-03,B\n" +
		"静默有限公司,91330100MA2AAAAE62,ACTIVE,,,,list,2026-03,B\n",
}

const pumps = "general-machinery.fluid-machinery.pumps"

func open(t *testing.T) graph.Store {
	t.Helper()
	store, err := filestore.Open(filepath.Join(t.TempDir(), "g.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	load(t, store, files)
	return store
}

func load(t *testing.T, store graph.Store, files map[string]string) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	report, err := loaders.Load(t.Context(), loaders.Options{Store: store, FS: fsys})
	if err != nil || !report.Complete() {
		t.Fatal(err, report.Faults)
	}
}

// run places everybody, writes that, and returns the picture after it and the load.
func run(t *testing.T, store graph.Store) (*projection.Projection, *placements.Answer, string, bool) {
	t.Helper()
	p := see(t, store)
	method, err := placements.NewMethod(p, .9)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := placements.Run(t.Context(), p, method, projection.Country)
	if err != nil {
		t.Fatal(err)
	}
	id, again, err := placements.Write(t.Context(), store, p, answer, placements.Frames(p), time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return see(t, store), answer, id, again
}

func see(t *testing.T, store graph.Store) *projection.Projection {
	t.Helper()
	p, err := projection.Build(t.Context(), schema.Default(), store)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// edgesOf are the edges of a kind of a company, as "link source grade probability".
func edgesOf(t *testing.T, p *projection.Projection, kind, company string) (out []string) {
	t.Helper()
	v, err := p.Lookup(company, projection.Company)
	if err != nil {
		t.Fatal(err)
	}
	arcs := p.Out(kind, v)
	for i, link := range arcs.Others {
		edge, _, _ := p.Edge(kind, arcs.Edges[i])
		fact, _ := edge.Winner("evidence")
		out = append(out, strings.Join([]string{p.Code(link), fact.Source, string(fact.Grade), fact.Date()}, " "))
	}
	return out
}

func TestWhatIsWritten(t *testing.T) {
	store := open(t)
	p, answer, _, _ := run(t, store)
	if confirmed, review, read := answer.Count(); confirmed != 1 || review != 1 || read != 1 || answer.Silent != 1 {
		t.Errorf("%d confirmed, %d for review, %d read, %d silent", confirmed, review, read, answer.Silent)
	}
	if got := edgesOf(t, p, projection.OperatesIn, "清河泵业有限公司"); !slices.Equal(got, []string{pumps + " placement C 2026-03"}) {
		t.Errorf("confirmed: %v", got)
	}
	if v, err := p.Lookup("清河泵业有限公司", projection.Company); err != nil {
		t.Error(err)
	} else if edge, _, _ := p.Edge(projection.OperatesIn, p.Out(projection.OperatesIn, v).Edges[0]); edge.Props()["probability"] != .99 {
		t.Errorf("what words say is certain, or of many places: %v", edge.Props()["probability"])
	}
	if got := edgesOf(t, p, projection.MayOperate, "黄石机电有限公司"); len(got) != 1 || !strings.HasPrefix(got[0], pumps) {
		t.Errorf("for review: %v", got)
	}
	for company, state := range map[string]string{"清河泵业有限公司": "", "黄石机电有限公司": "UNDER_REVIEW", "白水商贸有限公司": "READ", "赤水泵业有限公司": "", "静默有限公司": ""} {
		v, err := p.Lookup(company, projection.Company)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Text(v, "placement"); got != state {
			t.Errorf("%s: placement %q, want %q", company, got, state)
		}
		if state != "UNDER_REVIEW" && len(edgesOf(t, p, projection.MayOperate, company)) > 0 {
			t.Errorf("%s is for review", company)
		}
	}
	if got := edgesOf(t, p, projection.OperatesIn, "赤水泵业有限公司"); got != nil {
		t.Errorf("a company that is no more was placed: %v", got)
	}
}

func TestThePlacementIsOneOfTheFrame(t *testing.T) {
	p, _, _, _ := run(t, open(t))
	v, err := p.Lookup("placement", projection.Source)
	if err != nil {
		t.Fatal(err)
	}
	if placed, _ := p.Value(v, "is_placement"); placed != true || p.Text(v, "population") != "ABOVE_SCALE" {
		t.Errorf("%q, %v", p.Text(v, "population"), placed)
	}
	if frames := placements.Frames(p); len(frames) != 1 {
		t.Errorf("a selection, or a placement, is a frame: %v", frames)
	}
}

func TestARunReplacesTheOneBefore(t *testing.T) {
	store := open(t)
	before := digest(t, store)
	_, _, first, again := run(t, store)
	if again {
		t.Error("the first run found its placements in the graph")
	}
	if _, _, id, again := run(t, store); id != first || !again {
		t.Errorf("the same again is %s after %s, %v", id, first, again)
	}
	load(t, store, map[string]string{"Company.csv": "name,uscc,main_products,business_scope,source,as_of,grade\n清河泵业有限公司,91330100MA2AAAAA0B,日用百货,日用百货销售,list,2026-09,B\n"})
	p, _, second, _ := run(t, store)
	if got := edgesOf(t, p, projection.OperatesIn, "清河泵业有限公司"); got != nil {
		t.Errorf("what was placed by words that are no more stays: %v", got)
	}
	loads, err := store.Loads(t.Context(), first)
	if err != nil || len(loads) != 0 {
		t.Errorf("the load before stays: %v %v", loads, err)
	}
	third := open(t)
	_, _, id, _ := run(t, third)
	if _, err := third.Undo(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if after := digest(t, third); after != before {
		t.Errorf("undo of %s leaves something: %s, %s", second, after, before)
	}
}

func digest(t *testing.T, store graph.Store) string {
	t.Helper()
	d, err := graph.Digest(context.Background(), store)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// runIn places the companies of an area.
func runIn(t *testing.T, store graph.Store, area string) (string, error) {
	t.Helper()
	p := see(t, store)
	method, err := placements.NewMethod(p, .9)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := placements.Run(t.Context(), p, method, area)
	if err != nil {
		t.Fatal(err)
	}
	id, _, err := placements.Write(t.Context(), store, p, answer, placements.Frames(p), time.Unix(0, 0))
	return id, err
}

func TestRunsOfAreas(t *testing.T) {
	store := open(t)
	load(t, store, map[string]string{"LOCATED_IN.csv": "from_kind,from,to_kind,to,source,as_of,grade\n" +
		"Company,91330100MA2AAAAA0B,Region,330100,list,2026-03,B\nCompany,91330100MA2AAAACX7,Region,340100,list,2026-03,B\n"})
	hangzhou, err := runIn(t, store, "330100")
	if err != nil {
		t.Fatal(err)
	}
	hefei, err := runIn(t, store, "340100")
	if err != nil {
		t.Fatal(err)
	}
	p := see(t, store)
	if a, b := edgesOf(t, p, projection.OperatesIn, "清河泵业有限公司"), edgesOf(t, p, projection.MayOperate, "黄石机电有限公司"); len(a) != 1 || len(b) != 1 ||
		!strings.Contains(a[0], " placement-330100 ") || !strings.Contains(b[0], " placement-340100 ") {
		t.Errorf("areas apart from each other do not stand side by side: %v, %v", a, b)
	}
	if areas, err := placements.Areas(t.Context(), store); err != nil || !slices.Equal(areas, []string{"330100", "340100"}) {
		t.Errorf("placed are %v: %v", areas, err)
	}
	zhejiang, err := runIn(t, store, "330000")
	if err != nil {
		t.Fatal(err)
	}
	if loads, err := store.Loads(t.Context(), hangzhou, hefei, zhejiang); err != nil || len(loads) != 2 {
		t.Errorf("a run of the province leaves %d of three loads: %v", len(loads), err)
	}
	if _, err := runIn(t, store, "330100"); !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), zhejiang) {
		t.Errorf("a part was placed beside the whole: %v", err)
	}
	if _, err := runIn(t, store, projection.Country); err != nil {
		t.Fatal(err)
	}
	if loads, err := store.Loads(t.Context(), hefei, zhejiang); err != nil || len(loads) != 0 {
		t.Errorf("a run of the country leaves %v: %v", loads, err)
	}
}

func TestNobodySaysAnything(t *testing.T) {
	store, err := filestore.Open(filepath.Join(t.TempDir(), "g.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	load(t, store, map[string]string{"Company.csv": "name,source,as_of,grade\n静默有限公司,list,2026-03,B\n", "Source.csv": "name,title,source,as_of,grade\nlist,名录,list,2026-03,B\n"})
	before := digest(t, store)
	if id, err := runIn(t, store, projection.Country); err != nil || id != "" {
		t.Errorf("%q, %v", id, err)
	}
	if digest(t, store) != before {
		t.Error("something was written of nobody")
	}
}

func TestABetterGradeWins(t *testing.T) {
	store := open(t)
	load(t, store, map[string]string{"OPERATES_IN.csv": "from,to,evidence,source,as_of,grade\n91330100MA2AAAAA0B," + pumps + ",走访确认,visit,2026-03,A\n"})
	p, _, _, _ := run(t, store)
	if got := edgesOf(t, p, projection.OperatesIn, "清河泵业有限公司"); !slices.Equal(got, []string{pumps + " visit A 2026-03"}) {
		t.Errorf("%v", got)
	}
}
