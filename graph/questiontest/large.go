package questiontest

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
	"liantu/graph/projection"
	"liantu/schema"
)

// Generator streams a large graph that is in no store: five ecosystems with
// twelve links a chain on two levels, companies in the cities of the country,
// three links each, more of them in the first cities and at the first links.
type Generator struct {
	Yield      func(graph.Change) error
	Provenance graph.Provenance
	Rand       *rand.Rand
	sizes      int
	fault      error // of Generator.contacts
}

// Node streams a node.
func (g *Generator) Node(kind string, props map[string]any) (graph.ID, error) {
	keys := graph.KeysOf(schema.Default().Node(kind), props)
	id := Names().NodeID(keys[0])
	return id, g.Yield(graph.Change{Node: &graph.Node{ID: id, Kind: kind, Keys: append(keys, graph.IDKey(id)), Facts: g.facts(props), Version: 1}})
}

// Edge streams an edge.
func (g *Generator) Edge(kind string, from, to graph.ID, props map[string]any) error {
	rule := schema.Default().EdgeKind(kind)
	discriminator := graph.Discriminator(rule, props)
	// Nodes are not kept here, so that the kinds of the ends are taken to be the first possible.
	start, end := graph.End{Kind: rule.Edge.From[0], ID: from}, graph.End{Kind: rule.Edge.To[0], ID: to}
	return g.Yield(graph.Change{Edge: &graph.Edge{
		ID: Names().EdgeID(kind, start, end, discriminator), Kind: kind, From: from, To: to,
		Discriminator: discriminator, Facts: g.facts(props), Version: 1,
	}})
}

func (g *Generator) facts(props map[string]any) []graph.Fact {
	facts := []graph.Fact{{Provenance: g.Provenance}}
	for property, value := range props {
		facts = append(facts, graph.Fact{Property: property, Value: value, Provenance: g.Provenance})
	}
	slices.SortFunc(facts, graph.CompareFacts)
	return facts
}

// Large is a store of one version that only streams. Of its companies about
// one in ten supplies another, one in twenty holds shares of another or has a
// second site; people, intermediaries, projects and task forces are few.
type Large struct {
	Companies int
	Seed      uint64
	Sizes     int // how many different numbers of employees there are
}

// Apply refuses, since the store only streams.
func (Large) Apply(context.Context, graph.Batch) (graph.Result, error) {
	return graph.Result{}, graph.ErrDenied
}

// Version is that of the one batch.
func (Large) Version(context.Context) (graph.Version, error) { return 1, nil }

// Close does nothing.
func (Large) Close() error { return nil }

// Namer makes the ids of all streams.
func (Large) Namer(context.Context) (*graph.Namer, error) { return Names(), nil }

// Changes streams the graph.
func (s Large) Changes(_ context.Context, _ graph.Version, yield func(graph.Change) error) (graph.Version, error) {
	g := &Generator{
		Yield: yield, Rand: rand.New(rand.NewPCG(s.Seed, 2)), sizes: max(1, s.Sizes),
		Provenance: graph.Provenance{Source: "generator", AsOf: "2024-06-30", Grade: graph.GradeB},
	}
	cities, err := g.Regions()
	if err != nil {
		return 0, err
	}
	links, err := g.tree()
	if err != nil {
		return 0, err
	}
	if _, err := g.Node("Source", map[string]any{
		"name": g.Provenance.Source, "title": "companies above designated size", "population": "ABOVE_SCALE", "complete_in": []string{"100000"},
	}); err != nil {
		return 0, err
	}
	settled, err := g.settle(s.Companies, cities, links)
	if err != nil {
		return 0, err
	}
	return 1, g.tie(settled, cities)
}

// Regions streams the regions of the country and returns its cities.
func (g *Generator) Regions() ([]graph.ID, error) {
	var cities []graph.ID
	for _, r := range schema.Regions() {
		id, err := g.Node("Region", map[string]any{"code": r.Code, "name": r.Name})
		if err != nil {
			return nil, err
		}
		if projection.LevelOf(r.Code) == projection.LevelCity {
			cities = append(cities, id)
		}
	}
	return cities, nil
}

func (g *Generator) tree() ([]graph.ID, error) {
	var links []graph.ID
	for e := range 5 {
		ecosystem, err := g.Node("Ecosystem", map[string]any{"code": fmt.Sprint("e", e), "name": fmt.Sprint("生态圈", e)})
		if err != nil {
			return nil, err
		}
		for c := range 5 {
			code := fmt.Sprintf("e%d.c%d", e, c)
			chain, err := g.Node("Chain", map[string]any{"code": code, "name": "产业链" + code})
			if err != nil {
				return nil, err
			}
			if err := g.Edge("PART_OF", chain, ecosystem, nil); err != nil {
				return nil, err
			}
			if links, err = g.chain(chain, code, links); err != nil {
				return nil, err
			}
		}
	}
	return links, nil
}

func (g *Generator) chain(chain graph.ID, code string, links []graph.ID) ([]graph.ID, error) {
	for l := range 6 {
		link, err := g.Node("Link", map[string]any{"code": fmt.Sprintf("%s.l%d", code, l), "name": fmt.Sprintf("环节%d", l)})
		if err != nil {
			return nil, err
		}
		if err := g.Edge("PART_OF", link, chain, nil); err != nil {
			return nil, err
		}
		for s := range 5 {
			part, err := g.Node("Link", map[string]any{"code": fmt.Sprintf("%s.l%d.s%d", code, l, s), "name": fmt.Sprintf("环节%d.%d", l, s)})
			if err != nil {
				return nil, err
			}
			if err := g.Edge("PART_OF", part, link, nil); err != nil {
				return nil, err
			}
			if n := len(links); n > 0 {
				if err := g.Edge("FEEDS", links[n-1], part, map[string]any{"layer": "INDUSTRY"}); err != nil {
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
func (g *Generator) crowded(list []graph.ID) graph.ID {
	x := g.Rand.Float64()
	return list[int(x*x*float64(len(list)))]
}

func (g *Generator) settle(n int, cities, links []graph.ID) ([]graph.ID, error) {
	settled := make([]graph.ID, 0, n)
	for i := range n {
		company, err := g.Node("Company", map[string]any{
			"name": fmt.Sprintf("示例企业%07d", i), "employees": int64(1 + g.Rand.IntN(g.sizes)), "founded": fmt.Sprint(1990 + g.Rand.IntN(34)),
		})
		if err != nil {
			return nil, err
		}
		if err := g.Edge("LOCATED_IN", company, g.crowded(cities), map[string]any{"role": "REGISTERED"}); err != nil {
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
			if err := g.Edge("OPERATES_IN", company, link, nil); err != nil {
				return nil, err
			}
		}
	}
	return settled, nil
}

var companies = flag.Int("companies", 0, "number of companies of the generated graph in the benchmarks named Large; 0 leaves them out")

// LargeOfFlag is a graph of as many companies as the flag says; without the
// flag the benchmark is left out.
func LargeOfFlag(b *testing.B) Large {
	b.Helper()
	if *companies == 0 {
		b.Skip("say how large with -companies=1000000")
	}
	return Large{Companies: *companies, Seed: 1, Sizes: 900}
}

// largePicture is built once for all benchmarks of a package.
var largePicture = sync.OnceValues(func() (*projection.Projection, error) {
	return projection.Build(context.Background(), schema.Default(), Large{Companies: *companies, Seed: 1, Sizes: 900})
})

// LargePicture is the picture of [LargeOfFlag].
func LargePicture(b *testing.B) *projection.Projection {
	b.Helper()
	large := LargeOfFlag(b)
	start := time.Now()
	p, err := largePicture()
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("picture of %d companies: %v", large.Companies, time.Since(start))
	return p
}
