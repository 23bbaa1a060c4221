package quality

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/statements"
	"liantu/message"
	"liantu/schema"
)

// Question asks how good the data are. All texts may be codes, ids or
// names.
type Question struct {
	Region     string // "" means the whole country
	Ecosystem  string // only companies at links of this ecosystem; "" means all
	MinGrade   graph.Grade
	StaleYears int // a company is stale when nothing about it is younger; 0 means [DefaultStaleYears]
	// Alike finds the groups of companies that may be one; nil takes companies
	// with the same normal name, see [schema.NormalName], unless each has a credit
	// code: two codes are two companies.
	Alike func(p *projection.Projection) [][]projection.Vertex
}

// DefaultStaleYears is the age in years from which on data count as stale.
const DefaultStaleYears = 3

// Answer states how good the data are. It belongs to one picture.
type Answer struct {
	Version    graph.Version
	DataDate   string
	AsOf       string // the day that ages are counted to, "" for an empty graph
	MinGrade   graph.Grade
	StaleYears int
	Synthetic  bool // there is invented data among the companies
	Region     projection.Vertex
	Ecosystem  projection.Vertex // projection.None for all
	// Regions are the region asked about, then those directly below it, in the
	// order of their codes.
	Regions []Region
	// Populations are those that are complete in the region or in one in it, whatever the
	// ecosystem: widest first, then those of more links.
	Populations []Population
	Advice      *schema.Text // which list would help most; nil if none is wanted
	// AdviceCommand is the command that loads such a list; nil if the advice is another.
	AdviceCommand *schema.Text
	Ecosystems    []Ecosystem // in the order of their codes
	Sources       []Source    // most facts first, then by name
	Disputes      []Dispute   // most first, then by kind and property
}

// Counts counts the companies of an area.
type Counts struct {
	Companies  int
	Attributed int // at some link, by evidence of the grade asked for
	WithUSCC   int // of which the unified social credit code is known
	NameOnly   int // that only a name identifies: no USCC, stock code or LEI
	Stale      int // of which no stated day, or failing that no assumed one, is younger than the years asked for
	Undated    int // of which no source states a day: their age is not known
	Disputed   int // of which sources state different values
	Suspected  int // that may be one with another company
	Synthetic  int // that are invented
}

// Region is the quality of the data of a region.
type Region struct {
	Region projection.Vertex
	Counts
}

// Ecosystem is the quality of the data of an ecosystem in the region.
type Ecosystem struct {
	Ecosystem projection.Vertex
	Links     int // in it
	Covered   int // with at least one company of the region
	Companies int // of the region at its links
}

// Source counts what a source states of the companies of the region, their
// places, links and other edges that lead from them.
type Source struct {
	Name   string
	Source projection.Vertex // projection.None if nothing describes it
	Facts  int
	Grades [4]int // of grade A, B, C and D
	statements.Span
}

// Dispute counts the elements of which sources state different values.
type Dispute struct {
	Kind, Property string
	Elements       int
}

// Ask states how good the data of a region are, by evidence of the least grade
// unless the question names one. An unknown name gives
// [graph.ErrNotFound], a grade or age that is not valid [graph.ErrInvalid].
func Ask(ctx context.Context, p *projection.Projection, least graph.Grade, q Question) (*Answer, error) {
	if q.StaleYears < 0 || q.MinGrade != "" && !q.MinGrade.Valid() {
		return nil, message.As(graph.ErrInvalid, "grade %q or age %d is not valid", q.MinGrade, q.StaleYears)
	}
	region, err := p.Lookup(cmp.Or(q.Region, projection.Country), projection.Region)
	if err != nil {
		return nil, err
	}
	a := &Answer{
		Version: p.Version(), DataDate: p.DataDate(), AsOf: p.AsOf(), Region: region, Ecosystem: projection.None,
		MinGrade: cmp.Or(q.MinGrade, least), StaleYears: cmp.Or(q.StaleYears, DefaultStaleYears),
	}
	if q.Ecosystem != "" {
		if a.Ecosystem, err = p.Lookup(q.Ecosystem, projection.Ecosystem); err != nil {
			return nil, err
		}
	}
	b := newBoard(p, a, q)
	if err := b.count(ctx); err != nil {
		return nil, err
	}
	if err := b.populations(ctx); err != nil {
		return nil, err
	}
	b.ecosystems()
	b.sort()
	return a, nil
}

// board collects one [Answer].
type board struct {
	p        *projection.Projection
	a        *Answer
	presence *projection.Presence
	wanted   map[projection.Vertex]bool // companies of the ecosystem; nil for all
	alike    map[projection.Vertex]bool
	limit    string // what is older is stale
	sources  map[string]*Source
	disputes map[[2]string]int
}

func newBoard(p *projection.Projection, a *Answer, q Question) *board {
	b := &board{
		p: p, a: a, presence: p.Presence(a.MinGrade), alike: map[projection.Vertex]bool{},
		sources: map[string]*Source{}, disputes: map[[2]string]int{},
	}
	if a.Ecosystem != projection.None {
		b.wanted = map[projection.Vertex]bool{}
		for _, company := range b.at(a.Ecosystem) {
			b.wanted[company] = true
		}
	}
	groups := sameNames
	if q.Alike != nil {
		groups = q.Alike
	}
	for _, group := range groups(p) {
		for _, company := range group {
			b.alike[company] = len(group) > 1 || b.alike[company]
		}
	}
	if len(a.AsOf) >= len("2016") {
		if year, err := strconv.Atoi(a.AsOf[:4]); err == nil {
			b.limit = strconv.Itoa(year-a.StaleYears) + a.AsOf[4:]
		}
	}
	return b
}

// sameNames finds the companies that have the same normal name, of which one has no
// credit code.
func sameNames(p *projection.Projection) [][]projection.Vertex {
	byName := map[string][]projection.Vertex{}
	first, end := p.Range(projection.Company)
	for v := first; v < end; v++ {
		if name := schema.NormalName(p.Text(v, "name")); name != "" {
			byName[name] = append(byName[name], v)
		}
	}
	var groups [][]projection.Vertex
	for _, group := range byName {
		uncoded := func(v projection.Vertex) bool { return p.Text(v, "uscc") == "" }
		if len(group) > 1 && slices.ContainsFunc(group, uncoded) {
			groups = append(groups, group)
		}
	}
	return groups
}

// at returns the companies at any link of an ecosystem, sorted.
func (b *board) at(ecosystem projection.Vertex) []projection.Vertex {
	var all []projection.Vertex
	for _, chain := range b.p.ChainsIn(ecosystem) {
		for _, link := range b.p.LinksIn(chain) {
			all = append(all, b.presence.At(link)...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// count counts the companies of the region and of those below it.
func (b *board) count(ctx context.Context) error {
	regions := append([]projection.Vertex{b.a.Region}, b.p.ChildRegions(b.a.Region)...)
	counted := map[projection.Vertex]Counts{}
	for i, region := range regions {
		r := Region{Region: region}
		first, end := b.p.CompaniesIn(b.p.AreaOf(region))
		for v := first; v < end; v++ {
			if v%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if b.wanted != nil && !b.wanted[v] {
				continue
			}
			one, known := counted[v]
			if !known {
				one = b.company(v)
				counted[v] = one
			}
			r.add(one)
		}
		if i == 0 || r.Companies > 0 {
			b.a.Regions = append(b.a.Regions, r)
		}
	}
	b.a.Synthetic = b.a.Regions[0].Synthetic > 0
	return nil
}

func (q *Counts) add(o Counts) {
	q.Companies += o.Companies
	q.Attributed += o.Attributed
	q.WithUSCC += o.WithUSCC
	q.NameOnly += o.NameOnly
	q.Stale += o.Stale
	q.Undated += o.Undated
	q.Disputed += o.Disputed
	q.Suspected += o.Suspected
	q.Synthetic += o.Synthetic
}

// company counts one company and the edges that lead from it.
func (b *board) company(v projection.Vertex) Counts {
	n := b.p.Node(v)
	dates := b.facts(statements.Span{}, n.Facts)
	disputed := b.dispute(n.Kind, n.Conflicts())
	for _, kind := range b.p.Model().Edges {
		for _, number := range b.p.Out(kind.Name, v).Edges {
			edge, _, _ := b.p.Edge(kind.Name, number)
			dates = b.facts(dates, edge.Facts)
			disputed = b.dispute(edge.Kind, edge.Conflicts()) || disputed
		}
	}
	has := func(property string) bool { _, ok := n.Get(property); return ok }
	one := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	return Counts{
		Companies: 1, Attributed: b.presence.Attributed(v, v+1),
		WithUSCC: one(has("uscc")), NameOnly: one(!has("uscc") && !has("stock_code") && !has("lei")),
		Stale:   one(dates.Newest != "" && schema.LastDay(dates.Newest) < b.limit),
		Undated: one(dates.Assumed), Disputed: one(disputed),
		Suspected: one(b.alike[v]), Synthetic: one(b.p.Synthetic(v)),
	}
}

// facts counts facts for their sources and returns the span of dates with theirs.
func (b *board) facts(dates statements.Span, facts []graph.Fact) statements.Span {
	for _, f := range facts {
		s := b.sources[f.Source]
		if s == nil {
			s = &Source{Name: f.Source, Source: projection.None}
			if v, err := b.p.Lookup(f.Source, projection.Source); err == nil {
				s.Source = v
			}
			b.sources[f.Source] = s
		}
		s.Facts++
		s.Grades[f.Grade[0]-'A']++
		s.Span = s.With(f.Provenance)
		dates = dates.With(f.Provenance)
	}
	return dates
}

// dispute counts the properties of an element that are in conflict.
func (b *board) dispute(kind string, conflicts []graph.Fact) bool {
	last := ""
	for _, f := range conflicts { // sorted by property
		if f.Property != last {
			b.disputes[[2]string{kind, f.Property}]++
			last = f.Property
		}
	}
	return len(conflicts) > 0
}

// ecosystems states how well the links of each ecosystem are covered here.
func (b *board) ecosystems() {
	first, end := b.p.CompaniesIn(b.p.AreaOf(b.a.Region))
	here := func(companies []projection.Vertex) int {
		lo, _ := slices.BinarySearch(companies, first)
		hi, _ := slices.BinarySearch(companies, end)
		return hi - lo
	}
	firstEcosystem, endEcosystem := b.p.Range(projection.Ecosystem)
	for e := firstEcosystem; e < endEcosystem; e++ {
		if b.a.Ecosystem != projection.None && b.a.Ecosystem != e {
			continue
		}
		q := Ecosystem{Ecosystem: e, Companies: here(b.at(e))}
		var links []projection.Vertex
		for _, chain := range b.p.ChainsIn(e) {
			links = append(links, b.p.JudgedIn(chain)...)
		}
		slices.Sort(links)
		for _, link := range slices.Compact(links) {
			q.Links++
			if here(b.presence.At(link)) > 0 {
				q.Covered++
			}
		}
		b.a.Ecosystems = append(b.a.Ecosystems, q)
	}
}

// sort puts sources and disputes in order.
func (b *board) sort() {
	for _, s := range b.sources {
		b.a.Sources = append(b.a.Sources, *s)
	}
	slices.SortFunc(b.a.Sources, func(x, y Source) int {
		return cmp.Or(cmp.Compare(y.Facts, x.Facts), strings.Compare(x.Name, y.Name))
	})
	for at, n := range b.disputes {
		b.a.Disputes = append(b.a.Disputes, Dispute{Kind: at[0], Property: at[1], Elements: n})
	}
	slices.SortFunc(b.a.Disputes, func(x, y Dispute) int {
		return cmp.Or(cmp.Compare(y.Elements, x.Elements), strings.Compare(x.Kind, y.Kind), strings.Compare(x.Property, y.Property))
	})
}
