package evaluate

import (
	"cmp"
	"context"
	"embed"
	"io/fs"
	"net/url"
	"slices"
	"sync"
	"time"

	"liantu/graph"
	"liantu/graph/feasibility"
	"liantu/graph/projection"
	"liantu/schema"
)

//go:embed kinds/*.yaml
var kindFiles embed.FS

// Model returns the kinds of an evaluation; stores for [NewPast] are opened
// with it.
var Model = sync.OnceValue(func() *schema.Model {
	sub, err := fs.Sub(kindFiles, "kinds")
	if err != nil {
		panic(err) // the folder is embedded
	}
	m, err := schema.Read(sub)
	if err != nil {
		panic(err) // ruled out by a test
	}
	return m
})

// Past is the companies of a folder as dated facts of a store, so that any day
// can be seen as it was.
type Past struct {
	store graph.Store
	names map[string]string // of items, as in the folder
}

// portion is how many rows go into one batch.
const portion = 20_000

// NewPast writes the companies and items of a folder into an empty store. Each
// row is a fact of the day on which the company came, so that a projection of an
// earlier day lacks it.
func NewPast(ctx context.Context, store graph.Store, f *Folder) (*Past, error) {
	p := &Past{store: store, names: map[string]string{}}
	var items graph.Batch
	for _, i := range f.Items {
		items.Nodes = append(items.Nodes, node(projection.Link, frameDay, "code", i.Code))
		p.names[i.Code] = i.Name
		if i.Parent != "" {
			items.Nodes = append(items.Nodes, node(projection.Link, frameDay, "code", i.Parent))
			items.Edges = append(items.Edges, edge(projection.PartOf, frameDay, key(projection.Link, i.Code), key(projection.Link, i.Parent)))
		}
	}
	if _, err := store.Apply(ctx, items); err != nil {
		return nil, err
	}
	for rows := range slices.Chunk(f.Companies, portion) {
		if _, err := store.Apply(ctx, arrivals(rows)); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func arrivals(rows []Company) graph.Batch {
	var b graph.Batch
	for _, c := range rows {
		b.Nodes = append(
			b.Nodes, node(projection.Link, c.Date, "code", c.Item), node(area, c.Date, "code", c.Region),
			node(projection.Company, c.Date, "code", c.ID, "area", c.Region),
		)
		company := key(projection.Company, c.ID, c.Region)
		b.Edges = append(
			b.Edges, edge(projection.LocatedIn, c.Date, company, key(area, c.Region)),
			edge(projection.OperatesIn, c.Date, company, key(projection.Link, c.Item)),
		)
	}
	return b
}

// area is the kind of the regions of a folder, frameDay a day before any fact,
// for elements without a date.
const (
	area     = "Area"
	frameDay = "1600-01-01"
)

// code turns a name of a folder into a code, which has no blanks; uncoded turns
// it back.
func code(text string) string { return url.QueryEscape(text) }

func uncoded(code string) string {
	text, err := url.QueryUnescape(code)
	if err != nil {
		return code // not reached: code made it
	}
	return text
}

func key(kind string, texts ...string) graph.Key {
	codes := make([]string, len(texts))
	for i, text := range texts {
		codes[i] = code(text)
	}
	return graph.NewKey(kind, Model().Node(kind).Identify[0], codes)
}

func provenance(day string) graph.Provenance {
	return graph.Provenance{Source: "evaluated folder", AsOf: day, Grade: graph.GradeD}
}

// node drafts a node from pairs of a property and its uncoded value.
func node(kind, day string, properties ...string) graph.NodeDraft {
	d := graph.NodeDraft{Kind: kind, Facts: []graph.Fact{{Provenance: provenance(day)}}}
	props := map[string]any{}
	for i := 0; i < len(properties); i += 2 {
		props[properties[i]] = code(properties[i+1])
		d.Facts = append(d.Facts, graph.Fact{Property: properties[i], Value: code(properties[i+1]), Provenance: provenance(day)})
	}
	d.Keys = graph.KeysOf(Model().Node(kind), props)
	return d
}

func edge(kind, day string, from, to graph.Key) graph.EdgeDraft {
	return graph.EdgeDraft{Kind: kind, From: from, To: to, Facts: []graph.Fact{{Provenance: provenance(day)}}}
}

// Sight is what was known on a day.
type Sight struct {
	Day     string
	Regions []string // by place of the history, sorted
	Items   []string // by item of the history, sorted
	History *feasibility.History
}

// At returns what was known on a day, an ISO date: the regions and items that
// had a company by then, and when each company came.
func (p *Past) At(ctx context.Context, day string) (*Sight, error) {
	picture, err := projection.Build(ctx, Model(), p.store, projection.AsOf(day))
	if err != nil {
		return nil, err
	}
	type arrival struct{ region, item, date string }
	var arrivals []arrival
	regions, items := map[string]bool{}, map[string]bool{}
	first, end := picture.Range(projection.Company)
	for v := first; v < end; v++ {
		region := uncoded(picture.Text(v, "area"))
		arcs := picture.Out(projection.OperatesIn, v)
		for i, link := range arcs.Others {
			e, _, _ := picture.Edge(projection.OperatesIn, arcs.Edges[i])
			a := arrival{region, uncoded(picture.Text(link, "code")), earliest(e.Facts)}
			arrivals = append(arrivals, a)
			regions[a.region], items[a.item] = true, true
		}
	}
	s := &Sight{Day: schema.LastDay(day), Regions: sortedKeys(regions), Items: sortedKeys(items), History: &feasibility.History{}}
	s.History.Places = len(s.Regions)
	s.History.Items = p.classes(picture, s.Items)
	place, number := positions(s.Regions), positions(s.Items)
	for _, a := range arrivals {
		s.History.Entries = append(s.History.Entries, feasibility.Entry{
			Place: place[a.region], Item: number[a.item], Age: yearsBetween(a.date, s.Day),
		})
	}
	slices.SortFunc(s.History.Entries, func(a, b feasibility.Entry) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Age, b.Age))
	})
	return s, nil
}

func earliest(facts []graph.Fact) string {
	day := ""
	for _, f := range facts {
		if last := schema.LastDay(f.AsOf); day == "" || last < day {
			day = last
		}
	}
	return day
}

// classes finds group and sector of every item: the item it is part of, and the
// topmost one above that. An item that is part of nothing is alone in both.
func (p *Past) classes(picture *projection.Projection, codes []string) []feasibility.Item {
	vertex := map[string]projection.Vertex{}
	first, end := picture.Range(projection.Link)
	for v := first; v < end; v++ {
		vertex[uncoded(picture.Text(v, "code"))] = v
	}
	above := func(v projection.Vertex) projection.Vertex {
		if arcs := picture.Out(projection.PartOf, v); arcs.Len() > 0 {
			return arcs.Others[0]
		}
		return v
	}
	groups, sectors := map[projection.Vertex]int32{}, map[projection.Vertex]int32{}
	number := func(m map[projection.Vertex]int32, v projection.Vertex) int32 {
		n, ok := m[v]
		if !ok {
			n = int32(len(m))
			m[v] = n
		}
		return n
	}
	items := make([]feasibility.Item, len(codes))
	for i, name := range codes {
		group := above(vertex[name])
		top := group
		for range picture.Count(projection.Link) { // ends even if the parents form a cycle
			next := above(top)
			if next == top {
				break
			}
			top = next
		}
		items[i] = feasibility.Item{Name: p.names[name], Group: number(groups, group), Sector: number(sectors, top)}
	}
	return items
}

func sortedKeys(m map[string]bool) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func positions(names []string) map[string]int32 {
	m := make(map[string]int32, len(names))
	for i, name := range names {
		m[name] = int32(i)
	}
	return m
}

// yearsBetween returns the years from a day to a later one.
func yearsBetween(from, to string) float64 {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return 0 // not reached: both are the last days of valid dates
	}
	return b.Sub(a).Hours() / 24 / 365.25
}

// yearsBefore returns the day so many years before another.
func yearsBefore(day string, years int) (string, error) {
	t, err := time.Parse(time.DateOnly, schema.LastDay(day))
	if err != nil {
		return "", err
	}
	return t.AddDate(-years, 0, 0).Format(time.DateOnly), nil
}
