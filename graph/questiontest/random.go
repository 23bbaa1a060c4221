package questiontest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"pgregory.net/rapid"

	"liantu/graph"
)

// Regions are the codes of the regions of a random graph: the country, two
// provinces with cities and counties, and a municipality.
var Regions = []string{
	"100000", "330000", "330100", "330106", "330109", "330200", "330212", "320000", "320500", "320582", "110000", "110108",
}

// places are the codes that companies are drawn from; some are common.
var places = []string{
	"330100", "330100", "330100", "330106", "330200", "320500", "320500", "320582", "110108", "330000", "100000",
}

// Random draws a small graph: an ecosystem, two chains, up to twelve links in
// trees that may share branches, feeds, and up to ninety companies, crowded in
// some places and links, with several places and links of various grades, dates
// and roles, projects of all stages and task forces with targets, and sources that
// declare populations complete, links that are the same, links that hold no companies. Anything may be missing, at odds or past.
func Random(t *rapid.T) graph.Batch { return Generate(numbers(t, "graph")) }

// numbers draws a source of random numbers. What rapid draws itself is mostly
// small and would make poor graphs.
func numbers(t *rapid.T, label string) *rand.Rand {
	return rand.New(rand.NewPCG(rapid.Uint64().Draw(t, label+" seed"), rapid.Uint64().Draw(t, label+" second seed")))
}

// Generate draws the graph of [Random] from a source of random numbers.
func Generate(r *rand.Rand) graph.Batch {
	return generate(&drawing{rand: r, Builder: NewBuilder()})
}

func generate(r *drawing) graph.Batch {
	b := r.Builder
	for _, code := range Regions {
		r.regions = append(r.regions, b.Node("Region", Props{"code": code, "name": "地区" + code}))
	}
	whole := b.Node("Ecosystem", Props{"code": "eco", "name": "生态圈"})
	chains := []graph.Key{
		b.Node("Chain", Props{"code": "c1", "name": "链一"}), b.Node("Chain", Props{"code": "c2", "name": "链二"}),
	}
	b.Edge("PART_OF", chains[0], whole, nil)
	r.scopes = append([]graph.Key{whole}, chains...)
	r.drawLinks(chains)
	r.drawSources()
	r.drawCompanies()
	r.drawProjects()
	r.drawOffers()
	r.drawSame()
	return b.Batch()
}

// RandomQuestion draws the texts of a question that a random graph can answer.
func RandomQuestion(t *rapid.T) (region string, peers []string, grade graph.Grade) {
	return GenerateQuestion(numbers(t, "question"))
}

// GenerateQuestion draws the texts of [RandomQuestion] from a source of random
// numbers.
func GenerateQuestion(r *rand.Rand) (region string, peers []string, grade graph.Grade) {
	region = pick(r, slices.Concat(Regions, places, places))
	if pick(r, []bool{false, false, false, true}) {
		for range pick(r, []int{1, 2, 3}) {
			peers = append(peers, pick(r, Regions))
		}
	}
	grade = pick(r, []graph.Grade{"A", "B", "C", "D", "D", "D"})
	return region, peers, grade
}

// pick draws one of a list.
func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

type drawing struct {
	*Builder
	rand                      *rand.Rand
	regions, links, companies []graph.Key
	projects, scopes          []graph.Key // scopes are the ecosystem and the chains
	home                      int         // number of the place of the present company
	speakers                  []string    // the sources that state facts, more often or less
}

// one is true once in so many times.
func (r *drawing) one(in int) bool { return r.rand.IntN(in) == 0 }

// restate changes the provenance of what is added next.
func (r *drawing) restate() {
	r.Provenance = graph.Provenance{
		Source: pick(r.rand, r.speakers),
		AsOf:   pick(r.rand, []string{"2021", "2023-05", "2024-06-30"}),
		Grade:  pick(r.rand, []graph.Grade{"A", "B", "B", "C", "C", "D"}),
	}
	r.Provenance.Assumed = r.one(4)
}

func (r *drawing) drawLinks(chains []graph.Key) {
	for i := range pick(r.rand, []int{2, 5, 8, 10, 12}) {
		props := Props{"code": fmt.Sprintf("l%d", i), "name": fmt.Sprintf("环节%d", i)}
		if r.one(2) {
			props["declared_role"] = pick(r.rand, []string{"CORE", "CORE", "KEY", "PROMINENT", "PROMINENT", "RESTRICTED"})
		}
		link := r.Node("Link", props)
		for range pick(r.rand, []int{0, 1, 1, 1, 2}) {
			whole := pick(r.rand, append(chains[:2:2], r.links...))
			r.Edge("PART_OF", link, whole, nil)
		}
		r.links = append(r.links, link)
	}
	for range pick(r.rand, []int{0, 4, 8, 12}) {
		from, to := pick(r.rand, r.links), pick(r.rand, r.links)
		if from != to {
			layer := pick(r.rand, []string{"INDUSTRY", "SUPPLY"})
			r.Edge("FEEDS", from, to, Props{"layer": layer})
		}
	}
}

func (r *drawing) drawCompanies() {
	for i := range pick(r.rand, []int{0, 12, 40, 70, 90, 90, 90}) {
		props := Props{"name": fmt.Sprintf("企业%d", i)}
		if r.one(2) {
			props["employees"] = r.rand.Int64N(500)
		}
		if r.one(2) {
			props["registered_capital"] = float64(r.rand.IntN(9000))
		}
		if r.one(2) {
			props["founded"] = fmt.Sprint(1990 + r.rand.IntN(35))
		}
		if r.one(8) {
			props["leader"] = true
		}
		if r.one(6) {
			props["status"] = pick(r.rand, []string{"ACTIVE", "MOVED", "SUSPENDED", "LIQUIDATING", "REVOKED", "DEREGISTERED"})
		}
		if r.one(6) {
			props["placement"] = pick(r.rand, []string{"READ", "UNDER_REVIEW", "UNDER_REVIEW", "UNDER_REVIEW", "REJECTED"})
		}
		r.restate()
		r.companies = append(r.companies, r.Node("Company", props))
		r.drawPlaces()
		r.drawHoldings(props["placement"] != nil)
		r.again(func() { r.Node("Company", Props{"name": props["name"]}) })
	}
	if len(r.companies) > 1 {
		for range r.rand.IntN(4) {
			from, to := pick(r.rand, r.companies), pick(r.rand, r.companies)
			if from != to {
				r.Edge("SUPPLIES", from, to, nil)
			}
		}
	}
	r.Provenance = NewBuilder().Provenance
}

// period adds dates of validity, some past, some to come.
func (r *drawing) period(props Props) Props {
	if r.one(12) {
		props["valid_to"] = pick(r.rand, []string{"2022", "2024-06", "2024-06-29", "2030-01-01"})
	}
	if r.one(16) {
		props["valid_from"] = pick(r.rand, []string{"2010", "2024-07", "2024-06-30"})
	}
	return props
}

// region draws the key of the place of a company.
func (r *drawing) region() graph.Key {
	code := pick(r.rand, places)
	r.home = slices.Index(places, code)
	return r.regions[slices.Index(Regions, code)]
}

func (r *drawing) drawPlaces() {
	for range pick(r.rand, []int{0, 1, 1, 1, 1, 2}) {
		r.restate()
		props := r.period(Props{})
		if role := pick(r.rand, []string{"REGISTERED", "SITE", "OFFICE", ""}); role != "" {
			props["role"] = role
		}
		r.Edge("LOCATED_IN", r.companies[len(r.companies)-1], r.region(), props)
	}
}

// again states something once more, by other sources.
func (r *drawing) again(state func()) {
	for range pick(r.rand, []int{0, 0, 1, 2}) {
		r.restate()
		state()
	}
}

// drawHoldings puts a company at links; one that has a value of placement is
// more often at none, or possibly at some.
func (r *drawing) drawHoldings(isPlaced bool) {
	company := r.companies[len(r.companies)-1]
	for range pick(r.rand, []int{0, 1, 1, 1, 2, 3}) {
		if isPlaced && !r.one(4) {
			continue
		}
		r.restate()
		props := r.period(Props{})
		if r.one(6) {
			props["leader"] = true
		}
		link := r.link()
		r.Edge("OPERATES_IN", company, link, props)
		r.again(func() { r.Edge("OPERATES_IN", company, link, nil) })
	}
	for range pick(r.rand, []int{0, 1, 2}) {
		if isPlaced || r.one(12) {
			props := r.period(Props{"probability": pick(r.rand, []float64{0.1, 0.34, 0.35, 0.36, 0.6, 0.9})})
			r.Edge("MAY_OPERATE_IN", company, r.link(), props)
		}
	}
}

// link draws a link; most places have one that their companies crowd at.
func (r *drawing) link() graph.Key {
	if r.one(4) {
		return pick(r.rand, r.links)
	}
	return r.links[r.home%len(r.links)]
}
