package gaps

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/offers"
	"liantu/graph/projection"
	"liantu/graph/shrinkage"
	"liantu/graph/tuning"
)

// Assessor computes the verdicts for one region, reference and grade under one
// set of settings. What does not depend on the link is computed once, and a
// verdict on the first call. It is cached with the picture and used by
// several goroutines.
type Assessor struct {
	area.View
	settings *tuning.Settings
	codes    []string // of the reference area

	coverage   Coverage // of everybody known in the region
	reference  Coverage // of everybody known in the reference
	bases      []*basis // the frames that are complete in the region
	frames     []*Frame // what answers say of them
	comparable []*basis // by link; nil for none
	naming     []*basis
	above      []*Assessor                               // by link: of the region above that says what too few here cannot
	enlisted   *area.Enlisted                            // known only where a naming frame has no comparable one
	projects   map[projection.Vertex][]InProgress        // of the region, by link
	producers  map[projection.Vertex][]projection.Vertex // who produces in the region, by link
	inAll      map[projection.Vertex][]projection.Vertex // and in the country
	offers     *offers.Offers                            // of the region
	reviews    map[projection.Vertex]review              // by link: companies under review that may be there

	firstLink projection.Vertex
	links     []linkFacts
	presences []atomic.Pointer[Figure]  // by chain: the share of its links that hold companies and are present
	supplied  int                       // known supplies to the region
	leaked    map[projection.Vertex]int // by link of the supplier: those from outside
	verdicts  []atomic.Pointer[Verdict] // by link
	views     *projection.Memo          // by scope
	names     names
	supposed  *supposed // companies that are supposed to come or go; nil for the picture as it is
}

// maxVerdicts is the most verdicts that a picture caches, at about two kilobytes
// each with their reasons.
const maxVerdicts = 40_000

// mostAssessors is how many assessors a picture caches: a view of one scope, of which there
// may be hundreds, one or two, any other picture as many as its verdicts allow.
func mostAssessors(p *projection.Projection) int {
	most := maxVerdicts / max(1, p.Count(projection.Link))
	if p.Held() > 0 {
		return max(1, min(2, most))
	}
	return max(4, min(128, most))
}

// AssessorOf returns the assessor for a question, made once for a picture as long as
// there is room. It gives up when the context ends.
func AssessorOf(ctx context.Context, p *projection.Projection, settings tuning.Settings, grade graph.Grade, region projection.Vertex, peers []projection.Vertex) (*Assessor, error) {
	return assessorOf(ctx, p, settings, grade, region, area.Outermost(p, peers))
}

func assessorOf(ctx context.Context, p *projection.Projection, settings tuning.Settings, grade graph.Grade, region projection.Vertex, codes []string) (*Assessor, error) {
	type key struct {
		settings tuning.Key
		grade    graph.Grade
		region   projection.Vertex
		area     string
	}
	type memoKey struct{}
	memo := p.Memo(memoKey{}, func() any { return projection.NewMemo(mostAssessors(p)) }).(*projection.Memo)
	a, err := memo.Try(ctx, key{settings.Key(), grade, region, strings.Join(codes, " ")}, func() (any, error) {
		return newAssessor(ctx, p, settings, grade, region, codes, nil)
	})
	if err != nil {
		return nil, err
	}
	return a.(*Assessor), nil
}

func newAssessor(
	ctx context.Context, p *projection.Projection, settings tuning.Settings, grade graph.Grade, region projection.Vertex, codes []string, also compared,
) (*Assessor, error) {
	a := &Assessor{View: *area.New(p, grade, region), settings: &settings, codes: codes, links: factsOf(p)}
	a.firstLink, _ = p.Range(projection.Link)
	a.presences = makePresences(p)
	a.views = projection.NewMemo(maxViews)
	a.verdicts = makeVerdicts(len(a.links))
	a.coverage = a.known([]string{a.Code})
	a.reference = a.known(codes)
	if err := a.findBases(ctx, also); err != nil {
		return nil, err
	}
	a.projects, a.producers, a.inAll = progressIn(p, a.Code, a.settings), producersIn(p, a.Code, nil), producersOf(p)
	a.offers = offers.In(p, a.Code)
	if err := a.findReviews(ctx); err != nil {
		return nil, err
	}
	if err := a.findAbove(ctx); err != nil {
		return nil, err
	}
	if err := a.findLeaks(ctx); err != nil {
		return nil, err
	}
	a.names = newNames(a)
	return a, nil
}

// known counts everybody who is known in some areas that do not overlap.
func (a *Assessor) known(codes []string) Coverage {
	companies, attributed := 0, 0
	for _, code := range codes {
		first, end := a.Picture.CompaniesIn(code)
		companies += a.Picture.ActiveIn(code)
		attributed += a.Presence.Attributed(first, end)
	}
	return coverageOf(companies, attributed)
}

// pause reports whether a loop over data is to stop in its i-th iteration
// because its context has ended. It checks every 1,024 iterations.
func pause(ctx context.Context, i int) bool { return i%1024 == 0 && ctx.Err() != nil }

// makeVerdicts makes room for the verdicts on n links.
func makeVerdicts(n int) []atomic.Pointer[Verdict] { return make([]atomic.Pointer[Verdict], n) }

// outside reports whether a company is known to be placed outside the region:
// neither in it nor in an area above it, where it might be in the region.
func (a *Assessor) outside(company projection.Vertex) bool {
	if s := a.supposed; s != nil {
		if _, landed := slices.BinarySearch(s.land, company); landed {
			return false
		}
		if _, gone := slices.BinarySearch(s.gone, company); gone {
			return true
		}
	}
	return area.Outside(a.Picture, company, a.Code)
}

// local returns the part of an ascending list of companies that is in the
// region, as is supposed.
func (a *Assessor) local(list []projection.Vertex) []projection.Vertex {
	if a.supposed != nil {
		return a.supposed.local(list, a.First, a.End)
	}
	return a.Here(list)
}

// levelNumbers is what all links of one depth share in a frame.
type levelNumbers struct {
	prior   float64
	related *related
	density []Figure
	rank    []Figure

	mu      sync.Mutex
	weighed map[shrinkage.Posterior]weighed // links of the same counts are common
}

// weighed is what is known of a posterior.
type weighed struct {
	tails
	low, high Figure
}

func newLevel(ctx context.Context, a *Assessor, b *basis, depth int) (*levelNumbers, error) {
	prior, err := priorOf(ctx, a.Picture, b.members, b.ref, a.Level, depth, a.settings)
	if err != nil {
		return nil, err
	}
	related, err := relatedOf(ctx, a.Picture, b.members, b.ref, a.Level, depth)
	if err != nil {
		return nil, err
	}
	l := &levelNumbers{prior: prior, related: related, weighed: map[shrinkage.Posterior]weighed{}}
	f := related.figures(a.Region)
	l.density, l.rank = f.density, f.rank
	return l, nil
}

// maxWeighed is the most posteriors that a level caches.
const maxWeighed = 20_000

// weigh computes what is needed of a posterior, once.
func (l *levelNumbers) weigh(settings *tuning.Settings, d shrinkage.Posterior) weighed {
	l.mu.Lock()
	defer l.mu.Unlock()
	w, ok := l.weighed[d]
	if !ok {
		if len(l.weighed) >= maxWeighed {
			clear(l.weighed) // what-if questions would fill it without limit
		}
		tail := (1 - settings.Interval) / 2
		w = weighed{tailsOf(settings, d), Known(d.Quantile(tail)), Known(d.Quantile(1 - tail))}
		l.weighed[d] = w
	}
	return w
}

// sizes sums up the stated sizes of companies.
type sizes struct {
	measure int // index in measures, −1 for none
	known   int
	sum     float64
	largest float64
}

// size finds the measure that is stated of enough of the companies, and sums it up.
func (a *Assessor) size(companies []projection.Vertex) sizes {
	for m := range measures {
		s := sizes{measure: m}
		for _, v := range companies {
			if x := a.Picture.Size(v, m == 0); !math.IsNaN(x) {
				s.known++
				s.sum += x
				s.largest = max(s.largest, x)
			}
		}
		if s.known > 0 && float64(s.known) >= a.settings.CapacityKnown*float64(len(companies))-Slack {
			return s
		}
	}
	return sizes{measure: -1}
}

func (s sizes) top1() Figure {
	if s.measure < 0 {
		return Missing(NoCapacity)
	}
	return Known(s.largest / s.sum)
}

// makePresences makes room for the presence of the chains.
func makePresences(p *projection.Projection) []atomic.Pointer[Figure] {
	return make([]atomic.Pointer[Figure], p.Count(projection.Chain))
}

// presenceOf returns the share, of a chain's links that hold companies, with a local one, found
// when it is first asked for.
func (a *Assessor) presenceOf(chain projection.Vertex) Figure {
	if chain == projection.None {
		return Missing(NoChain)
	}
	first, _ := a.Picture.Range(projection.Chain)
	slot := &a.presences[chain-first]
	if f := slot.Load(); f != nil {
		return *f
	}
	links := a.Picture.JudgedIn(chain)
	f := Missing(NoChain)
	if len(links) > 0 {
		present := 0
		for _, link := range links {
			if a.count(link) > 0 {
				present++
			}
		}
		f = Known(float64(present) / float64(len(links)))
	}
	slot.Store(&f)
	return f
}
