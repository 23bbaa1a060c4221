package gaps_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/schema"
)

var companies = flag.Int("companies", 0, "number of companies of the generated graph in BenchmarkGapsLarge; 0 leaves it out")

// generator streams a large graph that is in no store: five ecosystems with
// twelve links a chain on two levels, companies in the cities of the country,
// three links each, more of them in the first cities and at the first links.
type generator struct {
	yield func(graph.Change) error
	told  graph.Provenance
	rand  *rand.Rand
	sizes int
	fault error // of [generator.contacts]
}

func (g *generator) node(kind string, props map[string]any) (graph.ID, error) {
	keys := graph.KeysOf(schema.Default().Node(kind), props)
	id := graph.NodeID(keys[0])
	return id, g.yield(graph.Change{Node: &graph.Node{ID: id, Kind: kind, Keys: append(keys, graph.IDKey(id)), Facts: g.facts(props), Revision: 1}})
}

func (g *generator) edge(kind string, from, to graph.ID, props map[string]any) error {
	discriminator := graph.Discriminator(schema.Default().EdgeKind(kind), props)
	return g.yield(graph.Change{Edge: &graph.Edge{
		ID: graph.EdgeID(kind, from, to, discriminator), Kind: kind, From: from, To: to,
		Discriminator: discriminator, Facts: g.facts(props), Revision: 1,
	}})
}

func (g *generator) facts(props map[string]any) []graph.Fact {
	facts := []graph.Fact{{Provenance: g.told}}
	for property, value := range props {
		facts = append(facts, graph.Fact{Property: property, Value: value, Provenance: g.told})
	}
	slices.SortFunc(facts, graph.CompareFacts)
	return facts
}

// large is a store of one revision that only streams. Of its companies about
// one in ten supplies another, one in twenty holds shares of another or has a
// second site; people, intermediaries, projects and task forces are few.
type large struct {
	companies int
	seed      uint64
	sizes     int // how many different numbers of employees there are
}

func (large) Apply(context.Context, graph.Batch) (graph.Result, error) {
	return graph.Result{}, graph.ErrDenied
}
func (large) Revision(context.Context) (graph.Revision, error) { return 1, nil }
func (large) Close() error                                     { return nil }

func (s large) Changes(_ context.Context, _ graph.Revision, yield func(graph.Change) error) (graph.Revision, error) {
	g := &generator{
		yield: yield, rand: rand.New(rand.NewPCG(s.seed, 2)), sizes: max(1, s.sizes),
		told: graph.Provenance{Source: "generator", AsOf: "2024-06-30", Grade: graph.GradeB},
	}
	cities, err := g.regions()
	if err != nil {
		return 0, err
	}
	links, err := g.tree()
	if err != nil {
		return 0, err
	}
	settled, err := g.settle(s.companies, cities, links)
	if err != nil {
		return 0, err
	}
	return 1, g.tie(settled, cities)
}

func (g *generator) regions() ([]graph.ID, error) {
	var cities []graph.ID
	for _, r := range schema.Regions() {
		id, err := g.node("Region", map[string]any{"code": r.Code, "name": r.Name})
		if err != nil {
			return nil, err
		}
		if projection.LevelOf(r.Code) == projection.LevelCity {
			cities = append(cities, id)
		}
	}
	return cities, nil
}

func (g *generator) tree() ([]graph.ID, error) {
	var links []graph.ID
	for e := range 5 {
		ecosystem, err := g.node("Ecosystem", map[string]any{"code": fmt.Sprint("e", e), "name": fmt.Sprint("生态圈", e)})
		if err != nil {
			return nil, err
		}
		for c := range 5 {
			code := fmt.Sprintf("e%d.c%d", e, c)
			chain, err := g.node("Chain", map[string]any{"code": code, "name": "产业链" + code})
			if err != nil {
				return nil, err
			}
			if err := g.edge("PART_OF", chain, ecosystem, nil); err != nil {
				return nil, err
			}
			if links, err = g.chain(chain, code, links); err != nil {
				return nil, err
			}
		}
	}
	return links, nil
}

func (g *generator) chain(chain graph.ID, code string, links []graph.ID) ([]graph.ID, error) {
	for l := range 6 {
		link, err := g.node("Link", map[string]any{"code": fmt.Sprintf("%s.l%d", code, l), "name": fmt.Sprintf("环节%d", l)})
		if err != nil {
			return nil, err
		}
		if err := g.edge("PART_OF", link, chain, nil); err != nil {
			return nil, err
		}
		for s := range 5 {
			part, err := g.node("Link", map[string]any{"code": fmt.Sprintf("%s.l%d.s%d", code, l, s), "name": fmt.Sprintf("环节%d.%d", l, s)})
			if err != nil {
				return nil, err
			}
			if err := g.edge("PART_OF", part, link, nil); err != nil {
				return nil, err
			}
			if n := len(links); n > 0 {
				if err := g.edge("FEEDS", links[n-1], part, map[string]any{"layer": "INDUSTRY"}); err != nil {
					return nil, err
				}
			}
			links = append(links, part)
		}
	}
	return links, nil
}

// crowded picks one of a list. The squares of random numbers crowd at the
// beginning.
func (g *generator) crowded(list []graph.ID) graph.ID {
	x := g.rand.Float64()
	return list[int(x*x*float64(len(list)))]
}

func (g *generator) settle(n int, cities, links []graph.ID) ([]graph.ID, error) {
	settled := make([]graph.ID, 0, n)
	for i := range n {
		company, err := g.node("Company", map[string]any{
			"name": fmt.Sprintf("示例企业%07d", i), "employees": int64(1 + g.rand.IntN(g.sizes)), "founded": fmt.Sprint(1990 + g.rand.IntN(34)),
		})
		if err != nil {
			return nil, err
		}
		if err := g.edge("LOCATED_IN", company, g.crowded(cities), map[string]any{"role": "REGISTERED"}); err != nil {
			return nil, err
		}
		settled = append(settled, company)
		seen := map[graph.ID]bool{}
		for range 3 {
			link := g.crowded(links)
			if seen[link] {
				continue
			}
			seen[link] = true
			if err := g.edge("OPERATES_IN", company, link, nil); err != nil {
				return nil, err
			}
		}
	}
	return settled, nil
}

// largePicture is the picture of a generated graph, built once for all
// benchmarks that read it.
var largePicture = sync.OnceValues(func() (*projection.Projection, error) {
	return projection.Build(context.Background(), schema.Default(), large{companies: *companies, seed: 1, sizes: 900})
})

// BenchmarkBuildLarge builds the picture of a generated graph.
func BenchmarkBuildLarge(b *testing.B) {
	if *companies == 0 {
		b.Skip("say how large with -companies=1000000")
	}
	for b.Loop() {
		if _, err := projection.Build(b.Context(), schema.Default(), large{companies: *companies, seed: 1, sizes: 900}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGapsLarge asks a generated graph of as many companies as the flag
// says. What all questions share is worked out before the clock starts and its
// time logged.
func BenchmarkGapsLarge(b *testing.B) {
	if *companies == 0 {
		b.Skip("say how large with -companies=1000000")
	}
	start := time.Now()
	p, err := largePicture()
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("picture of %d companies: %v", *companies, time.Since(start))
	q := gaps.Question{Region: "330100", Scope: []string{"e1"}}
	b.Run("again", func(b *testing.B) { benchmarkAsk(b, p, q, false) })
	b.Run("other cities", func(b *testing.B) {
		first, end := p.Range(projection.Region)
		region := first
		for b.Loop() {
			if region++; region == end {
				region = first
			}
			if _, err := gaps.Ask(b.Context(), p, gaps.DefaultSettings(), gaps.Question{Region: p.Code(region), Scope: q.Scope}); err != nil {
				b.Fatal(err)
			}
		}
	})
	first, _ := p.Range(projection.Link)
	chain := p.Code(p.ChainOf(first))
	b.Run("compare provinces", func(b *testing.B) { benchmarkCompare(b, p, chain, false) })
	b.Run("compare provinces at first", func(b *testing.B) { benchmarkCompare(b, p, chain, true) })
	b.Run("what if", func(b *testing.B) { benchmarkWhatIf(b, p) })
	b.Run("candidates", func(b *testing.B) { benchmarkCandidates(b, p, p.Code(first), "330100") })
	b.Run("candidates in many regions", func(b *testing.B) { benchmarkCandidates(b, p, p.Code(first), codesAt(p, projection.LevelCity)...) })
	b.Run("candidates in Beijing", func(b *testing.B) { benchmarkCandidates(b, p, p.Code(first), "110000") })
}
