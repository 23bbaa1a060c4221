package neo4jstore_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
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
	"liantu/graph/neo4jstore"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/loaders"
	"liantu/schema"
	"liantu/testcontainers"
)

// graphsToTry is on how many random graphs the four implementations are compared.
const graphsToTry = 200

// TestOpinionsAgree answers the gap question for random graphs in four ways: by
// the projection from the file store, by that from Neo4j, by Cypher and by the
// oracle. All states, counts and limits must agree.
func TestOpinionsAgree(t *testing.T) {
	testcontainers.Neo4j(t)
	tryAtLeast(t, graphsToTry)
	rapid.Check(t, func(rt *rapid.T) {
		batch := questiontest.Random(rt)
		region, peers, grade := questiontest.RandomQuestion(rt)
		q := gaps.Question{Region: region, Peers: peers, MinGrade: grade, OrderBy: gaps.ByCode}
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
		agree(t, rt, p, q, world.Oracle(gaps.DefaultSettings(), q))
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
			q.OrderBy = gaps.ByCode
			agree(t, t, p, q, nil)
		})
	}
}

// reporter is a test or a check of one.
type reporter interface {
	Fatalf(format string, args ...any)
}

// agree compares the answers with the oracle's, if there is one, and with that
// of the projection from the file store.
func agree(t *testing.T, r reporter, p *both, q gaps.Question, oracle []questiontest.Row) {
	fromFile, day := opinion(t, r, p.file, q)
	fromNeo4j, _ := opinion(t, r, p.neo4j, q)
	fromCypher := p.cypher(t, r, q, day, fromFile)
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
func opinion(t *testing.T, r reporter, s graph.Store, q gaps.Question) (rows []questiontest.Row, day string) {
	p, err := projection.Build(t.Context(), schema.Default(), s)
	if err != nil {
		r.Fatalf("building: %v", err)
	}
	answer, err := gaps.Ask(t.Context(), p, gaps.DefaultSettings(), q)
	if err != nil {
		r.Fatalf("asking: %v", err)
	}
	for _, v := range answer.Verdicts {
		rows = append(rows, questiontest.RowOf(p, v))
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

// cypher answers a question by what the database counts. Action and priority,
// which the statements do not give, are copied from like.
func (p *both) cypher(t *testing.T, r reporter, q gaps.Question, day string, like []questiontest.Row) []questiontest.Row {
	settings := gaps.DefaultSettings()
	params := map[string]any{"region": q.Region, "scope": []string{}, "peers": append([]string{}, q.Peers...), "grade": string(settings.MinGrade), "day": day}
	if q.MinGrade != "" {
		params["grade"] = string(q.MinGrade)
	}
	priors := fitPriors(p.ask(t, r, "cells.cypher", params), settings)
	if len(priors) == 0 {
		priors = []float64{settings.PriorMin} // without a cell there is nothing to fit
	}
	params["priors"] = priors
	found := p.ask(t, r, "gaps.cypher", params)
	if len(found) != len(like) {
		r.Fatalf("Cypher gives %d links instead of %d", len(found), len(like))
	}
	rows := make([]questiontest.Row, len(found))
	for i, row := range found {
		rows[i] = judge(row, priors, settings)
		rows[i].Action, rows[i].Computed, rows[i].Priority = like[i].Action, like[i].Computed, like[i].Priority
		if state := row["state"]; state != string(rows[i].State) && !like[i].Close {
			r.Fatalf("%s: Cypher says %v of what is %v", rows[i].Link, state, rows[i].State)
		}
	}
	return rows
}

// fitPriors fits the prior of each depth, from 1 on, to the cells that the
// database has counted.
func fitPriors(cells []map[string]any, settings gaps.Settings) []float64 {
	var byDepth [][]gaps.Cell
	for _, row := range cells {
		count := func(name string) int { return int(row[name].(int64)) }
		depth := count("depth")
		for len(byDepth) < depth {
			byDepth = append(byDepth, nil)
		}
		expected := float64(count("A")) * float64(count("nP")) / float64(max(1, count("AP")))
		byDepth[depth-1] = append(byDepth[depth-1], gaps.Cell{Companies: count("n"), Expected: expected, Times: count("times")})
	}
	priors := make([]float64, len(byDepth))
	for i, group := range byDepth {
		priors[i] = gaps.FitPrior(group, settings.PriorMin, settings.PriorMax)
	}
	return priors
}

// judge turns what the database has counted at a link into a verdict.
func judge(row map[string]any, priors []float64, settings gaps.Settings) questiontest.Row {
	count := func(name string) int { return int(row[name].(int64)) }
	number := func(name string) float64 {
		switch x := row[name].(type) {
		case float64:
			return x
		case int64:
			return float64(x)
		}
		return math.NaN()
	}
	prior := settings.PriorMin
	if depth := count("depth"); depth <= len(priors) {
		prior = priors[depth-1]
	}
	tally := gaps.Tally{
		Companies: count("n"), Attributed: count("A"), ReferenceCompanies: count("nP"), ReferenceCovered: count("AP"),
		Prior: prior, Top1: gaps.Missing(gaps.NoCapacity), Anchors: count("anchors"), ReferenceAnchors: count("anchorsP"),
	}
	if hidden := number("hidden"); !math.IsNaN(hidden) {
		tally.Hidden = hidden
	}
	if top1 := number("top1"); !math.IsNaN(top1) {
		tally.Top1 = gaps.Known(top1)
	}
	j := gaps.Judge(&settings, tally)
	low, high := j.Interval(settings.Interval)
	return questiontest.Row{
		Link: row["link"].(string), State: j.State, Confidence: j.Confidence, Flags: j.Flags,
		Counts: [8]int{count("n"), count("N"), count("A"), count("nP"), count("NP"), count("AP"), count("anchors"), count("anchorsP")},
		Numbers: map[string]float64{
			"prior": tally.Prior, "severity": j.Severity.Or(math.NaN()), "low": low.Or(math.NaN()), "high": high.Or(math.NaN()),
			"share":    j.Share.Or(math.NaN()),
			"expected": number("expected"), "hidden": number("hidden"), "lq": number("lq"), "top1": number("top1"),
			"pull_down": number("pullDown"), "pull_up": number("pullUp"), "chain_presence": number("presence"),
			"mean": unless(j.Mean, number("mean")), "weak": number("weak"), "fair": number("fair"), "strong": number("strong"),
		},
	}
}

// unless returns x unless the figure is unknown.
func unless(f gaps.Figure, x float64) float64 {
	if _, ok := f.Get(); !ok {
		return math.NaN()
	}
	return x
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
