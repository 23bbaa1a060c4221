package gaps

import (
	"context"
	"math"
	"slices"

	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/tuning"
)

// Tally holds the counts that decide the state of one link in one region.
type Tally struct {
	Companies int // n
	InCountry int // companies at the link in the country, with those that produce there
	Anchors   int // local leaders, whoever states it

	Surveyed bool    // a frame with the link in its scope is complete in the region
	Large    bool    // one of these is large enough: the naming frame
	Listed   bool    // the naming frame is one of listed companies
	Age      float64 // of the naming frame in years
	Hidden   float64 // expected unseen local companies, by the naming frame
	Lacked   float64 // A′·p of the naming frame, which counts where no frame is comparable

	Comparable          bool // there is a comparable frame, of which the rest is
	Members             int  // n′
	Attributed          int  // A′
	ReferenceMembers    int  // n′P
	ReferenceAttributed int  // A′P
	ReferenceAnchors    int
	Prior               float64 // a
	Top1                Figure  // share of the largest member in the known size
}

// tally collects the counts that decide the state of a link.
func (a *Assessor) tally(link projection.Vertex) Tally {
	t := Tally{Companies: a.count(link), InCountry: a.inCountry(link), Top1: Missing(NoFrame), Surveyed: a.surveyed(link)}
	if t.Companies > 0 {
		t.Anchors = len(a.leading(link))
	}
	i := link - a.firstLink
	if b := a.comparable[i]; b != nil {
		a.compare(&t, b, link)
	}
	if b := a.naming[i]; b != nil {
		p := a.share(link)
		t.Large, t.Listed = true, b.frame.Population == area.Listed
		t.Age = max(0, area.YearsBetween(b.shown.Date, a.Picture.AsOf()))
		t.Hidden = float64(b.unread)*p + a.reviews[link].expected + b.unplaced(a, link)
		t.Lacked = float64(b.shown.Coverage.Attributed) * p
	}
	return t
}

// compare adds what a comparable frame counts.
func (a *Assessor) compare(t *Tally, b *basis, link projection.Vertex) {
	ref := &b.ref.links[link-a.firstLink]
	members := a.local(b.presence.At(link))
	t.Comparable, t.Members, t.Attributed = true, len(members), b.shown.Coverage.Attributed
	t.ReferenceMembers, t.ReferenceAttributed, t.ReferenceAnchors = ref.companies, b.ref.coverage.Attributed, ref.anchors
	t.Prior = b.level(a, link).prior
	t.Top1 = Missing(NoCapacity)
	if len(members) > 0 {
		t.Top1 = a.size(members).top1()
	}
}

// share returns the p of hidden: that of the comparable frame, else that of the members
// of all frames.
func (a *Assessor) share(link projection.Vertex) float64 {
	if b := a.comparable[link-a.firstLink]; b != nil {
		return b.share(a, link)
	}
	n, attributed := 0, 0
	for _, code := range a.codes {
		first, end := a.Picture.CompaniesIn(code)
		n += a.enlisted.Among(projection.Among(a.Presence.At(link), first, end))
		attributed += a.enlisted.Attributed(first, end)
	}
	if attributed == 0 {
		return 0
	}
	return float64(n) / float64(attributed)
}

// unplaced returns how many of the members at a link that are placed above the region
// are to be expected in it.
func (b *basis) unplaced(a *Assessor, link projection.Vertex) float64 {
	sum := 0.0
	for _, q := range b.above {
		n := 0
		for _, v := range projection.Among(a.Presence.At(link), q.Unplaced.First, q.Unplaced.End) {
			if _, landed := slices.BinarySearch(q.landed, v); b.members.Has(v) && !landed {
				n++
			}
		}
		sum += float64(n) * q.Share
	}
	return sum
}

// common counts the companies of the second list that are in the first, which
// is ascending.
func common(list, few []projection.Vertex) int {
	n := 0
	for _, v := range few {
		if _, ok := slices.BinarySearch(list, v); ok {
			n++
		}
	}
	return n
}

// review is what is known of the companies under review that may be at a link.
type review struct {
	expected  float64 // Σ q
	companies []projection.Vertex
}

// findReviews finds the companies of the region that are at no link and under review.
func (a *Assessor) findReviews(ctx context.Context) error {
	a.reviews = map[projection.Vertex]review{}
	for i, v := range a.local(underReview(a.Picture)) {
		if pause(ctx, i) {
			return ctx.Err()
		}
		if a.Presence.Attributed(v, v+1) == 0 {
			a.review(v)
		}
	}
	return nil
}

// review adds a company under review at all links at which it may be.
func (a *Assessor) review(v projection.Vertex) {
	best := map[projection.Vertex]float64{}
	arcs := a.Picture.Out(projection.MayOperate, v)
	for i, number := range arcs.Edges {
		edge, _, _ := a.Picture.Edge(projection.MayOperate, number)
		value, _ := edge.Get("probability")
		probability, _ := value.(float64)
		if !a.Picture.Current(projection.MayOperate, number) || probability < a.settings.Review-Slack {
			continue
		}
		for _, link := range a.Picture.CountsAt(arcs.Others[i]) {
			best[link] = max(best[link], probability)
		}
	}
	for link, probability := range best {
		r := a.reviews[link]
		a.reviews[link] = review{r.expected + probability, append(r.companies, v)}
	}
}

// underReview returns the active companies that are under review, found once for a
// picture.
func underReview(p *projection.Projection) []projection.Vertex {
	p = p.Shared(projection.Person, projection.Intermediary)
	type key struct{}
	return p.Memo(key{}, func() any {
		var found []projection.Vertex
		first, end := p.Range(projection.Company)
		for v := first; v < end; v++ {
			if p.Active(v) && p.Text(v, "placement") == "UNDER_REVIEW" {
				found = append(found, v)
			}
		}
		return found
	}).([]projection.Vertex)
}

// decline is the part of an absence's confidence that is left when so many companies
// may have come in the years since.
func decline(settings *tuning.Settings, years, expected float64) float64 {
	return math.Exp(-settings.EntryRate * years * expected)
}
