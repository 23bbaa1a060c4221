package projection

import (
	"cmp"
	"math"
	"strconv"

	"liantu/graph"
)

// companies are the columns of the company vertices. Unknown numbers are NaN.
type companies struct {
	first     Vertex
	place     []string                 // area code of the place, Country when there is none
	deep      [LevelCounty + 1][]int32 // active companies of a level or a deeper one before each
	employees []float64
	capital   []float64 // 万元
	founded   []float64 // year
	leader    []bool
	synthetic []bool
}

// A company may have several places. One of them counts as its place: the one
// with the best role, registered before site before office before a place
// without a role; then the one with the newest fact, any of a stated day before
// those of an assumed one, then with the best grade, then with the deepest
// region, then with the smallest code. Only edges that hold on the day of the
// projection count.

// seat is one place of a company with the values that decide between several.
type seat struct {
	role  int
	asOf  graph.Provenance
	grade graph.Grade
	level Level
	code  string
}

func (a seat) compare(b seat) int {
	return cmp.Or(cmp.Compare(a.role, b.role), graph.CompareDates(a.asOf, b.asOf), cmp.Compare(a.grade, b.grade),
		cmp.Compare(b.level, a.level), cmp.Compare(a.code, b.code))
}

// placesOf returns the area code of the place of every company.
func placesOf(nodes []*graph.Node, edgeList []*graph.Edge, day string) map[graph.ID]string {
	place := map[graph.ID]string{}
	codes := map[graph.ID]string{}
	for _, n := range nodes {
		switch n.Kind {
		case Company:
			place[n.ID] = Country
		case Region:
			if v, ok := n.Get("code"); ok {
				codes[n.ID], _ = v.(string)
			}
		}
	}
	best := map[graph.ID]seat{}
	for _, e := range edgeList {
		code := codes[e.To]
		if e.Kind != LocatedIn || place[e.From] == "" || code == "" || !holds(e, day) {
			continue
		}
		s := seat{role: roleRank(e), asOf: newest(e), grade: e.Grade(), level: LevelOf(code), code: AreaCode(code)}
		if old, ok := best[e.From]; !ok || s.compare(old) < 0 {
			best[e.From] = s
			place[e.From] = s.code
		}
	}
	return place
}

func roleRank(e *graph.Edge) int {
	role, _ := e.Get("role")
	switch role {
	case "REGISTERED":
		return 0
	case "SITE":
		return 1
	case "OFFICE":
		return 2
	}
	return 3
}

// newest returns the provenance of the newest of the facts that state the
// existence of an edge, those of a stated day before those of an assumed one.
func newest(e *graph.Edge) graph.Provenance {
	f, _ := e.Winner("")
	return f.Provenance
}

func newCompanies(p *Projection, place map[graph.ID]string) companies {
	first, end := p.Range(Company)
	n := int(end - first)
	c := companies{
		first: first, place: make([]string, n), employees: make([]float64, n), capital: make([]float64, n),
		founded: make([]float64, n), leader: make([]bool, n), synthetic: make([]bool, n),
	}
	for level := range c.deep {
		c.deep[level] = make([]int32, n+1)
	}
	for i := range n {
		node := p.nodes[first+Vertex(i)]
		c.place[i] = place[node.ID]
		for level := range c.deep {
			c.deep[level][i+1] = c.deep[level][i]
			if int(LevelOf(c.place[i])) >= level && p.Active(first+Vertex(i)) {
				c.deep[level][i+1]++
			}
		}
		c.employees[i] = positive(node, "employees")
		c.capital[i] = positive(node, "registered_capital")
		c.founded[i] = year(node, "founded")
		c.leader[i] = truth(node.Get("leader"))
		c.synthetic[i] = truth(node.Get("synthetic"))
	}
	return c
}

func truth(value any, _ bool) bool {
	b, _ := value.(bool)
	return b
}

// positive returns a number above zero, else NaN: every company has staff and
// capital, so that 0 means unknown.
func positive(n *graph.Node, property string) float64 {
	value, _ := n.Get(property)
	var x float64
	switch v := value.(type) {
	case int64:
		x = float64(v)
	case float64:
		x = v
	}
	if x > 0 {
		return x
	}
	return math.NaN()
}

func year(n *graph.Node, property string) float64 {
	value, _ := n.Get(property)
	s, _ := value.(string)
	if len(s) >= 4 {
		if y, err := strconv.Atoi(s[:4]); err == nil {
			return float64(y)
		}
	}
	return math.NaN()
}

// PlaceOf returns the area code of the place of a company: of its registered
// seat if that is known, else of a site, else of an office, and [Country] if
// no place is known.
func (p *Projection) PlaceOf(company Vertex) string {
	return p.companies.place[company-p.companies.first]
}

// Employees returns the number of people a company employs, NaN if unknown.
func (p *Projection) Employees(company Vertex) float64 {
	return p.companies.employees[company-p.companies.first]
}

// Capital returns the registered capital of a company in 万元, NaN if unknown.
func (p *Projection) Capital(company Vertex) float64 {
	return p.companies.capital[company-p.companies.first]
}

// Founded returns the year in which a company was founded, NaN if unknown.
func (p *Projection) Founded(company Vertex) float64 {
	return p.companies.founded[company-p.companies.first]
}

// Leads reports whether a company is marked as a leader as a whole (龙头, 链主),
// not only at one link.
func (p *Projection) Leads(company Vertex) bool {
	return p.companies.leader[company-p.companies.first]
}

// Size returns the size of a company in employees if employees is true, else in
// registered capital (万元); NaN if unknown.
func (p *Projection) Size(company Vertex, employees bool) float64 {
	if employees {
		return p.Employees(company)
	}
	return p.Capital(company)
}

// LargestFirst orders companies by employees, then capital, unknown last, then
// by number.
func (p *Projection) LargestFirst(a, b Vertex) int {
	size := func(x float64) float64 {
		if math.IsNaN(x) {
			return -1
		}
		return x
	}
	return cmp.Or(cmp.Compare(size(p.Employees(b)), size(p.Employees(a))),
		cmp.Compare(size(p.Capital(b)), size(p.Capital(a))), cmp.Compare(a, b))
}

// Reference returns an identifier of a company by which [Projection.Lookup] finds it in any
// picture, else its caption.
func (p *Projection) Reference(company Vertex) string {
	for _, property := range []string{"uscc", "stock_code", "lei"} {
		if text := p.Text(company, property); text != "" {
			return text
		}
	}
	return p.Caption(company)
}
