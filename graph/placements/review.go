package placements

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/place"
)

// Purpose says why a question is put to a person.
type Purpose string

// The purposes.
const (
	Settle Purpose = "SETTLE" // what is for review is to be decided
	Check  Purpose = "CHECK"  // a sample of what was confirmed, to measure how much of it is right
)

// Question is what a person is asked to judge: whether whoever states an item is at a link,
// or one company.
type Question struct {
	Purpose     Purpose
	Item        string              // in the words of the example; "" where the company itself is judged
	Company     projection.Vertex   // the company, or of an item the example, its most probable one
	Link        projection.Vertex   // the finest link
	Companies   []projection.Vertex // whose review the answer settles, in order of the picture
	Flips       int                 // cities of these companies in which nobody is at the link yet
	Probability float64             // the mean over the companies
	Evidence    place.Evidence      // of the company or the example
	best        float64             // the probability of the example
}

// sampled is how many confirmed placements are to be checked.
const sampled = 30

// Questions returns what is for review, ordered by the verdicts that an answer can flip times
// the companies that it settles; of equal products the more companies, then the greater mean
// probability, then the order of the picture. Companies for review at a link by the same
// item are one question. Behind these stand confirmed placements by words, 30 at
// most, drawn by a hash of name and link, to check. The error is that of the context.
func (a *Answer) Questions(ctx context.Context, p *projection.Projection) ([]Question, error) {
	type key struct {
		item    string
		company projection.Vertex
		link    string
	}
	groups := map[key]*Question{}
	var list []*Question
	for i := range a.Rows {
		if i%portion == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		row := &a.Rows[i]
		for l := range row.Links() {
			if l.Outcome != place.Review {
				continue
			}
			k := key{item: l.Evidence.Item, link: l.Link, company: projection.None}
			if l.Evidence.Kind == place.Name {
				k.item = "" // a name is of one company
			}
			if k.item == "" {
				k.company = row.Company
			}
			q := groups[k]
			if q == nil {
				q = &Question{Purpose: Settle, Item: k.item, Link: a.Method.links[l.Link]}
				groups[k], list = q, append(list, q)
			}
			q.add(row.Company, &l)
		}
	}
	empty := a.vacancies(p)
	out := make([]Question, 0, len(list)+sampled)
	for _, q := range list {
		q.close(p, empty)
		out = append(out, *q)
	}
	slices.SortStableFunc(out, func(a, b Question) int {
		return cmp.Or(-cmp.Compare(a.Flips*len(a.Companies), b.Flips*len(b.Companies)), -cmp.Compare(len(a.Companies), len(b.Companies)),
			-cmp.Compare(a.Probability, b.Probability), cmp.Compare(a.Link, b.Link), cmp.Compare(a.Company, b.Company))
	})
	return append(out, a.sample(p)...), ctx.Err()
}

// add adds a company; Probability is the sum until the question is closed.
func (q *Question) add(company projection.Vertex, l *place.Placement) {
	if n := len(q.Companies); n > 0 && q.Companies[n-1] == company {
		return
	}
	q.Companies = append(q.Companies, company)
	q.Probability += l.Probability
	if l.Probability > q.best {
		q.Company, q.Evidence, q.best = company, l.Evidence, l.Probability
	}
}

// close finishes a question: one company alone is judged itself, and the mean and the flips
// are computed.
func (q *Question) close(p *projection.Projection, empty func(link projection.Vertex, city string) bool) {
	q.Probability /= float64(len(q.Companies))
	if q.Item != "" {
		q.Item = q.Evidence.Text
	}
	if len(q.Companies) == 1 {
		q.Item = ""
	}
	var cities []string
	for _, c := range q.Companies {
		if city := cityOf(p, c); city != "" && !slices.Contains(cities, city) && empty(q.Link, city) {
			cities = append(cities, city)
		}
	}
	q.Flips = len(cities)
}

// cityOf is the area code of the city of a company, or of its province where no city is
// known; "" for no place.
func cityOf(p *projection.Projection, company projection.Vertex) string {
	code := p.PlaceOf(company)
	switch projection.LevelOf(code) {
	case projection.LevelCountry:
		return ""
	case projection.LevelCounty:
		return projection.AreaCode(code[:4] + "00")
	}
	return code
}

// vacancies returns whether nobody is at a link in a city, by the picture and by what the
// answer confirms.
func (a *Answer) vacancies(p *projection.Projection) func(link projection.Vertex, city string) bool {
	type cell struct {
		link projection.Vertex
		city string
	}
	taken := map[cell]bool{}
	for i := range a.Rows {
		for l := range a.Rows[i].Links() {
			if l.Outcome != place.Confirmed {
				continue
			}
			for _, at := range p.CountsAt(a.Method.links[l.Link]) {
				taken[cell{at, cityOf(p, a.Rows[i].Company)}] = true
			}
		}
	}
	present := p.Presence(graph.GradeC)
	return func(link projection.Vertex, city string) bool {
		if taken[cell{link, city}] {
			return false
		}
		first, end := p.CompaniesIn(city)
		at := present.At(link)
		i, _ := slices.BinarySearch(at, first)
		return i == len(at) || at[i] >= end
	}
}

// sample draws confirmed placements that no person decided.
func (a *Answer) sample(p *projection.Projection) []Question {
	type drawn struct {
		Question
		lot uint64
	}
	var list []drawn
	for i := range a.Rows {
		for l := range a.Rows[i].Links() {
			if l.Outcome != place.Confirmed || l.Evidence.Judged != "" {
				continue
			}
			h := fnv.New64a()
			_, _ = h.Write([]byte(p.Text(a.Rows[i].Company, "name") + "\x00" + l.Link)) // it cannot fail
			list = append(list, drawn{Question{
				Purpose: Check, Company: a.Rows[i].Company, Link: a.Method.links[l.Link], Companies: []projection.Vertex{a.Rows[i].Company}, Probability: l.Probability, Evidence: l.Evidence,
			}, h.Sum64()})
		}
	}
	slices.SortFunc(list, func(a, b drawn) int {
		return cmp.Or(cmp.Compare(a.lot, b.lot), cmp.Compare(a.Company, b.Company), cmp.Compare(a.Link, b.Link))
	})
	var out []Question
	for _, d := range list[:min(sampled, len(list))] {
		out = append(out, d.Question)
	}
	return out
}

// Subject is how a judgement names what was judged: the item, or the company by its
// strongest identifier.
func (q *Question) Subject(p *projection.Projection) string {
	if q.Item != "" {
		return q.Item
	}
	return p.Reference(q.Company)
}
