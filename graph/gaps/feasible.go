package gaps

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"liantu/graph/area"
	"liantu/graph/feasibility"
	"liantu/graph/projection"
	"liantu/graph/relatedness"
	"liantu/schema"
)

// Feasibility states how likely the region is to gain a link that it lacks, by
// the learned score of package feasibility: what is known on the day of the
// picture of the companies at all links of the level, in all regions of the
// level, and of when they were founded. It takes no part in the priority, whose
// own term is simpler; it is the second opinion that the back-tests evaluate.
type Feasibility struct {
	// Score is the sum of the points of Terms. It has no unit and is 0 for the
	// average of the links of the level that the region lacks: it compares these.
	Score Figure
	// Rank is the share of the other links of the level that the region lacks
	// and that score less, equal ones counting half.
	Rank  Figure
	Terms []FeasibilityTerm // in the order of [feasibility.TermNames]; none if there is no score
}

// FeasibilityTerm is one part of a feasibility: weight·(value − mean)/deviation.
// The mean is that of the links of the level that the region lacks, the
// deviation that of the cells that the weight was learned from.
type FeasibilityTerm struct {
	Code      Code
	Label     schema.Text
	Value     float64
	Weight    float64
	Mean      float64
	Deviation float64
	Points    float64 // to 1/10,000
	Text      schema.Text
}

// Feasibility returns the learned score of a link that the region lacks, for
// regions of the level of provinces or cities. The score is missing with
// NOT_JUDGED where the link holds no companies, with ALREADY_HERE where a local company is at the link, with NO_FRAME where no population is
// comparable, with NO_COVERAGE where no member of it in the region is at a link, with FEW_FOUNDED where no founding
// years are known, and with NOT_SCORED for counties, for the country and for
// pictures too large for it.
func (v *Verdict) Feasibility() *Feasibility {
	a := v.assessor
	missing := func(why Code) *Feasibility { return &Feasibility{Score: Missing(why), Rank: Missing(why)} }
	switch {
	case v.State == NotJudged:
		return missing(HoldsNone)
	case v.Numbers.Companies > 0:
		return missing(AlreadyHere)
	case a.Level != projection.LevelProvince && a.Level != projection.LevelCity:
		return missing(NotScored)
	}
	b := a.comparable[v.Link-a.firstLink]
	if b == nil {
		return missing(NoFrame)
	}
	s := prospectsOf(a.Picture, b.members, a.Level, v.Depth)
	place, covered := s.places[a.Region]
	switch {
	case s.why != "":
		return missing(s.why)
	case !covered:
		return missing(NoCoverage)
	}
	item, lacks := s.items[v.Link], s.lacksOf(place)
	f := &Feasibility{Rank: lacks.rank(s.scores.At(place, item))}
	total := 0.0
	for i, w := range feasibility.DefaultWeights() {
		value := s.values[i].At(place, item)
		words := feasibility.WordsOf(i)
		term := FeasibilityTerm{
			Code: Code(strings.ToUpper(w.Term)), Label: words.Label, Value: value,
			Weight: w.Weight, Mean: lacks.means[i], Deviation: w.Deviation, Text: words.Low,
		}
		term.Points = Round(term.Weight*(value-term.Mean)/term.Deviation) + 0 // + 0 makes 0 of −0
		if term.Points >= 0 {
			term.Text = words.High
		}
		total += term.Points
		f.Terms = append(f.Terms, term)
	}
	f.Score = Known(Round(total))
	return f
}

// prospects are the scores of all cells of one level of regions and links.
type prospects struct {
	why     Code                      // why there are none
	places  map[projection.Vertex]int // by region with attributed companies
	items   map[projection.Vertex]int // by link
	network *relatedness.Network
	values  []relatedness.Matrix
	scores  relatedness.Matrix
	lacks   *projection.Memo // by place
}

// lacks are the links of a level that a place lacks.
type lacks struct {
	means  []float64 // of the values, by term
	scores []float64 // ascending
}

// maxLacks is the most places whose gaps are cached.
const maxLacks = 64

// lacksOf sums up what a place lacks.
func (s *prospects) lacksOf(place int) *lacks {
	return s.lacks.Get(place, func() any {
		l := &lacks{means: make([]float64, len(s.values))}
		for item := range s.scores.Columns {
			if s.network.Has(place, item) {
				continue
			}
			l.scores = append(l.scores, s.scores.At(place, item))
			for term := range s.values {
				l.means[term] += s.values[term].At(place, item)
			}
		}
		for term := range l.means {
			l.means[term] /= float64(max(1, len(l.scores)))
		}
		slices.Sort(l.scores)
		return l
	}).(*lacks)
}

// rank places one of the scores among the others.
func (l *lacks) rank(score float64) Figure {
	if len(l.scores) < 2 {
		return Missing(NoPeers)
	}
	less, _ := slices.BinarySearch(l.scores, score-Slack)
	notMore, _ := slices.BinarySearch(l.scores, score+Slack)
	return Known((float64(less) + float64(notMore-less-1)/2) / float64(len(l.scores)-1))
}

// The work that is done for scores: entries by places, and cells.
const (
	scoredEntries = 120_000_000
	scoredCells   = 1 << 19
)

// prospectsOf scores the cells of a level, once for a frame.
func prospectsOf(p *projection.Projection, m *area.Members, level projection.Level, depth int) *prospects {
	type key struct {
		members *area.Members
		level   projection.Level
		depth   int
	}
	return m.Frame.Memo(key{m, level, depth}, func() any { return newProspects(p, m, level, depth) }).(*prospects)
}

// longAgo is the age of companies without a stated founding year: they are there,
// but nothing says that they are new.
const longAgo = 100

func newProspects(p *projection.Projection, m *area.Members, level projection.Level, depth int) *prospects {
	s := &prospects{places: map[projection.Vertex]int{}, items: map[projection.Vertex]int{}, lacks: projection.NewMemo(maxLacks)}
	presence, links := m.Presence, linksAt(p, m.Frame, depth)
	first, _ := p.Range(projection.Link)
	h := &feasibility.History{Items: classed(p, first, links)}
	today, dated := float64(yearOf(p.AsOf())), false
	for _, region := range cellsOf(p, m, level).regions {
		from, end := p.CompaniesIn(p.AreaOf(region))
		if presence.Attributed(from, end) == 0 {
			continue
		}
		place := int32(h.Places)
		h.Places++
		s.places[region] = int(place)
		for item, link := range links {
			for _, company := range projection.Among(presence.At(first+projection.Vertex(link)), from, end) {
				age := float64(longAgo)
				if founded := p.Founded(company); !math.IsNaN(founded) && today > 0 {
					age, dated = max(0, today-founded), true
				}
				h.Entries = append(h.Entries, feasibility.Entry{Place: place, Item: int32(item), Age: age})
			}
		}
	}
	for item, link := range links {
		s.items[first+projection.Vertex(link)] = item
	}
	switch {
	case !dated:
		s.why = FewFounded
	case h.Places*len(h.Entries) > scoredEntries || h.Places*len(h.Items) > scoredCells:
		s.why = NotScored
	default:
		s.network, s.values = h.Network(), h.Values()
		s.scores = feasibility.DefaultWeights().Scores(s.values)
	}
	return s
}

// classed returns the links of a level with their group, what they are part of,
// and their sector, what is above that at the top.
func classed(p *projection.Projection, first projection.Vertex, links []int32) []feasibility.Item {
	above := func(v projection.Vertex) projection.Vertex {
		if parents := p.ParentsOf(v); len(parents) > 0 {
			return parents[0]
		}
		return v
	}
	groups, sectors := map[projection.Vertex]int32{}, map[projection.Vertex]int32{}
	number := func(m map[projection.Vertex]int32, v projection.Vertex) int32 {
		if _, ok := m[v]; !ok {
			m[v] = int32(len(m))
		}
		return m[v]
	}
	items := make([]feasibility.Item, len(links))
	for i, link := range links {
		v := first + projection.Vertex(link)
		group := above(v)
		top := group
		for range p.Count(projection.Link) { // ends even if the parents form a circle
			next := above(top)
			if next == top {
				break
			}
			top = next
		}
		items[i] = feasibility.Item{Name: p.Caption(v), Group: number(groups, group), Sector: number(sectors, top)}
	}
	return items
}

// yearOf returns the year of an ISO date, 0 if there is none.
func yearOf(date string) int {
	year, _ := strconv.Atoi(date[:min(4, len(date))])
	return year
}

// Main returns the terms that count most, for or against, at most n.
func (f *Feasibility) Main(n int) []FeasibilityTerm {
	terms := slices.Clone(f.Terms)
	slices.SortStableFunc(terms, func(x, y FeasibilityTerm) int { return cmp.Compare(math.Abs(y.Points), math.Abs(x.Points)) })
	return terms[:min(n, len(terms))]
}
