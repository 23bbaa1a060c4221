package neo4jstore_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"pgregory.net/rapid"

	"liantu/examples/zhejiang"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/neo4jstore"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/shrinkage"
	"liantu/graph/tuning"
	"liantu/loaders"
	"liantu/schema"
	"liantu/testcontainers"
)

// graphsToTry is on how many random graphs the four implementations are compared.
const graphsToTry = 80

// TestOpinionsAgree answers the gap question for random graphs in four ways: by
// the projection from the file store, by that from Neo4j, by Cypher and by the
// oracle. All states, counts and limits must agree.
func TestOpinionsAgree(t *testing.T) {
	testcontainers.Neo4j(t)
	tryAtLeast(t, graphsToTry)
	rapid.Check(t, func(rt *rapid.T) {
		batch := questiontest.Random(rt)
		region, peers, grade := questiontest.RandomQuestion(rt)
		settings := questiontest.RandomSettings(rt)
		settings.Population = questiontest.RandomPopulation(rt)
		q := gaps.Question{Region: region, Peers: peers, MinGrade: grade, OrderBy: gaps.ByCode, WithEmpty: true, Levels: lines.All}
		p := openBoth(t)
		defer p.close(t)
		p.each(func(s graph.Store) {
			if _, err := s.Apply(t.Context(), batch); err != nil {
				rt.Fatalf("applying: %v", err)
			}
		})
		world, err := questiontest.Observe(t.Context(), p.file)
		if err != nil {
			rt.Fatal(err)
		}
		agree(t, rt, p, settings, q, world.Oracle(settings, q))
	})
}

// TestOpinionsAgreeOnSample does the same with the sample pack, without the
// oracle, which would take hours.
func TestOpinionsAgreeOnSample(t *testing.T) {
	p := openBoth(t)
	defer p.close(t)
	p.each(func(s graph.Store) {
		report, err := loaders.Load(t.Context(), loaders.Options{Store: s, FS: zhejiang.FS()})
		if err != nil || len(report.Faults) > 0 {
			t.Fatalf("loading the sample pack: %v, faults %v", err, report.Faults)
		}
	})
	digests := make([]string, 0, 2)
	p.each(func(s graph.Store) {
		digest, err := graph.Digest(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		digests = append(digests, digest)
	})
	if digests[0] != digests[1] {
		t.Errorf("digests %v of the two stores", digests)
	}
	for _, q := range []gaps.Question{
		{Region: "330100"},
		{Region: "330000"},
		{Region: "330106", MinGrade: graph.GradeD},
		{Region: "310115", Peers: []string{"310000", "330100", "320500"}},
		{Region: "100000", MinGrade: graph.GradeB},
	} {
		t.Run(fmt.Sprint(q.Region, q.Peers, q.MinGrade), func(t *testing.T) {
			q.OrderBy, q.WithEmpty, q.Levels = gaps.ByCode, true, lines.All
			agree(t, t, p, tuning.Default(), q, nil)
		})
	}
}

// reporter is a test or a check of one.
type reporter interface {
	Fatalf(format string, args ...any)
}

// agree compares the answers with the oracle's, if there is one, and with that
// of the projection from the file store.
func agree(t *testing.T, r reporter, p *both, settings tuning.Settings, q gaps.Question, oracle []questiontest.Row) {
	fromFile, day := opinion(t, r, p.file, settings, q)
	fromNeo4j, _ := opinion(t, r, p.neo4j, settings, q)
	fromCypher := p.cypher(t, r, settings, q, day, fromFile)
	compare := func(name string, got, want []questiontest.Row) {
		if faults := questiontest.Compare(got, want); len(faults) > 0 {
			r.Fatalf("%s, for %+v on %s:\n%s", name, q, day, strings.Join(faults[:min(len(faults), 20)], "\n"))
		}
	}
	if oracle != nil {
		compare("file store instead of oracle", fromFile, oracle)
		compare("Cypher instead of oracle", fromCypher, oracle)
	}
	compare("Neo4j instead of file store", fromNeo4j, fromFile)
	compare("Cypher instead of file store", fromCypher, fromFile)
}

// opinion returns the answer of the projection from a store, and its day.
func opinion(t *testing.T, r reporter, s graph.Store, settings tuning.Settings, q gaps.Question) (rows []questiontest.Row, day string) {
	p, err := projection.Build(t.Context(), schema.Default(), s)
	if err != nil {
		r.Fatalf("building: %v", err)
	}
	answer, err := gaps.Ask(t.Context(), p, settings, q)
	if err != nil {
		r.Fatalf("asking: %v", err)
	}
	for _, v := range answer.Verdicts {
		rows = append(rows, questiontest.RowOf(p, answer, v))
	}
	slices.SortFunc(rows, func(a, b questiontest.Row) int { return strings.Compare(a.Link, b.Link) })
	return rows, p.AsOf()
}

// both is one graph in both stores.
type both struct {
	file   *filestore.Store
	neo4j  *neo4jstore.Store
	driver neo4j.DriverWithContext
}

func openBoth(t *testing.T) *both {
	t.Helper()
	uri := testcontainers.Neo4j(t)
	p := new(both)
	var err error
	if p.file, err = filestore.Open(filepath.Join(t.TempDir(), "graph.db"), schema.Default()); err != nil {
		t.Fatal(err)
	}
	if p.neo4j, err = neo4jstore.Open(t.Context(), neo4jstore.Config{URI: uri}, schema.Default()); err != nil {
		t.Fatal(err)
	}
	if p.driver, err = neo4j.NewDriverWithContext(uri, neo4j.NoAuth()); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *both) each(do func(graph.Store)) {
	do(p.file)
	do(p.neo4j)
}

func (p *both) close(t *testing.T) {
	t.Helper()
	p.each(func(s graph.Store) {
		if err := s.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	if err := p.driver.Close(context.Background()); err != nil {
		t.Errorf("closing: %v", err)
	}
}

// ask runs a shipped question.
func (p *both) ask(t *testing.T, r reporter, name string, params map[string]any) []map[string]any {
	statement, err := fs.ReadFile(neo4jstore.Queries(), name)
	if err != nil {
		r.Fatalf("%v", err)
	}
	result, err := neo4j.ExecuteQuery(t.Context(), p.driver, string(statement), params, neo4j.EagerResultTransformer,
		neo4j.ExecuteQueryWithDatabase(neo4jstore.DefaultDatabase))
	if err != nil {
		r.Fatalf("%s: %v", name, err)
	}
	rows := make([]map[string]any, len(result.Records))
	for i, record := range result.Records {
		rows[i] = record.AsMap()
	}
	return rows
}

// cypher answers a question by what the database counts. Action, class and priority,
// which the statements do not give, are copied from like.
func (p *both) cypher(t *testing.T, r reporter, settings tuning.Settings, q gaps.Question, day string, like []questiontest.Row) []questiontest.Row {
	params := map[string]any{"region": q.Region, "scope": []string{}, "peers": append([]string{}, q.Peers...), "grade": string(settings.MinGrade), "day": day}
	if q.MinGrade != "" {
		params["grade"] = string(q.MinGrade)
	}
	priors := map[string]any{}
	for _, row := range like {
		if frame := row.Comparable; frame != "" && priors[frame] == nil {
			priors[frame] = p.fitPriors(t, r, settings, frame, params)
		}
	}
	all := maps.Clone(params)
	all["priors"], all["settings"] = priors, thresholds(settings)
	found := p.ask(t, r, "gaps.cypher", all)
	if len(found) != len(like) {
		r.Fatalf("Cypher gives %d links instead of %d", len(found), len(like))
	}
	rows := make([]questiontest.Row, len(found))
	for i, row := range found {
		rows[i] = verdict(row)
		rows[i].Action, rows[i].Computed, rows[i].Priority = like[i].Action, like[i].Computed, like[i].Priority
	}
	return rows
}

// thresholds are the settings that the statements use.
func thresholds(s tuning.Settings) map[string]any {
	var population any // none
	if s.Population != "" {
		population = string(s.Population)
	}
	return map[string]any{
		"population":     population,
		"min_population": s.MinPopulation, "frame_years": s.FrameYears, "hidden_unknown": s.HiddenUnknown,
		"review": s.Review, "entry_rate": s.EntryRate, "weak_below": s.WeakBelow, "strong_above": s.StrongAbove,
		"single_firm_share": s.SingleFirmShare, "single_firm_min": s.SingleFirmMin, "capacity_known": s.CapacityKnown,
	}
}

// fitPriors fits the priors of a frame, from depth 1 on, to the cells that the
// database has counted.
func (p *both) fitPriors(t *testing.T, r reporter, settings tuning.Settings, frame string, params map[string]any) []float64 {
	names := strings.Split(frame, " ")
	all := maps.Clone(params)
	all["population"], all["scope"] = names[0], names[1:]
	var byDepth [deepest][]shrinkage.Cell
	for _, row := range p.ask(t, r, "cells.cypher", all) {
		count := func(name string) int { return int(row[name].(int64)) }
		depth := count("depth") - 1
		expected := float64(count("A")) * float64(count("nP")) / float64(max(1, count("AP")))
		byDepth[depth] = append(byDepth[depth], shrinkage.Cell{Companies: count("n"), Expected: expected, Times: count("times")})
	}
	priors := make([]float64, deepest)
	for i, cells := range byDepth {
		prior, err := shrinkage.FitPrior(t.Context(), cells, settings.PriorMin, settings.PriorMax)
		if err != nil {
			t.Fatal(err)
		}
		priors[i] = prior
	}
	return priors
}

// deepest is more than any depth of links here.
const deepest = 20

// verdict turns a row of the database into one of the oracle.
func verdict(row map[string]any) questiontest.Row {
	count := func(name string) int {
		if n, ok := row[name].(int64); ok {
			return int(n)
		}
		return -1
	}
	number := func(name string) float64 {
		switch x := row[name].(type) {
		case float64:
			return x
		case int64:
			return float64(x)
		}
		return math.NaN()
	}
	text := func(name string) string {
		s, _ := row[name].(string)
		return s
	}
	v := questiontest.Row{
		Link: text("link"), State: gaps.State(text("state")), Confidence: number("confidence"),
		Naming: text("naming"), Comparable: text("frame"),
		Counts: [11]int{
			count("n"), count("N"), count("A"), count("nF"), count("NF"), count("AF"), count("nP"), count("NP"), count("AP"),
			count("anchors"), count("anchorsP"),
		},
		Numbers: map[string]float64{},
	}
	for _, flag := range row["flags"].([]any) {
		v.Flags = append(v.Flags, gaps.Code(flag.(string)))
	}
	for name, column := range map[string]string{
		"expected": "expected", "hidden": "hidden", "lq": "lq", "prior": "prior", "top1": "top1", "severity": "severity",
		"pull_down": "pullDown", "pull_up": "pullUp", "chain_presence": "presence",
		"mean": "mean", "weak": "weak", "fair": "fair", "strong": "strong", "weak_all": "weakAll",
	} {
		v.Numbers[name] = number(column)
	}
	return v
}

// tryAtLeast sets the number of random checks unless the command line does.
func tryAtLeast(t *testing.T, n int) {
	const name = "rapid.checks"
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == name })
	if said {
		return
	}
	before := flag.Lookup(name).Value.String()
	if err := flag.Set(name, fmt.Sprint(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set(name, before); err != nil {
			t.Error(err)
		}
	})
}
