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
	"liantu/graph/projection"
)

// Assessor computes the verdicts for one region, reference and grade under one
// set of settings. What does not depend on the link is computed once, and a
// verdict on the first call. It is cached with the picture and used by
// several goroutines.
type Assessor struct {
	area.View
	settings *Settings
	ref      *reference

	coverage Coverage
	known    [2]int // attributed companies whose employees, whose capital is stated
	parents  []parent

	firstLink projection.Vertex
	links     []linkFacts
	momentum  []Figure
	levels    map[int]*levelNumbers     // by depth of links
	presences []atomic.Pointer[Figure]  // by chain: the share of its links that are present
	supplied  int                       // known supplies to the region
	leaked    map[projection.Vertex]int // by link of the supplier: those from outside
	verdicts  []atomic.Pointer[Verdict] // by link
	views     *projection.Memo          // by scope
	names     names
	supposed  *supposed // companies that are supposed to come or go; nil for the picture as it is
}

// parent is an area above the region.
type parent struct {
	area.Parent
	landed []projection.Vertex // of the unplaced, those that are taken to be in the region
}

// maxVerdicts is the most verdicts that a picture caches, at about two kilobytes
// each with their reasons.
const maxVerdicts = 40_000

// AssessorOf returns the assessor for a question, made once for a picture as long as
// there is room. It gives up when the context ends.
func AssessorOf(ctx context.Context, p *projection.Projection, settings Settings, grade graph.Grade, region projection.Vertex, peers []projection.Vertex) (*Assessor, error) {
	type key struct {
		settings Settings
		grade    graph.Grade
		region   projection.Vertex
		area     string
	}
	type memoKey struct{}
	memo := p.Memo(memoKey{}, func() any {
		return projection.NewMemo(max(4, min(128, maxVerdicts/max(1, p.Count(projection.Link)))))
	}).(*projection.Memo)
	codes := area.Outermost(p, peers)
	a, err := memo.Try(ctx, key{settings, grade, region, strings.Join(codes, " ")}, func() (any, error) {
		return newAssessor(ctx, p, settings, grade, region, codes)
	})
	if err != nil {
		return nil, err
	}
	return a.(*Assessor), nil
}

func newAssessor(ctx context.Context, p *projection.Projection, settings Settings, grade graph.Grade, region projection.Vertex, codes []string) (*Assessor, error) {
	ref, err := referenceOf(ctx, p, grade, codes)
	if err != nil {
		return nil, err
	}
	a := &Assessor{View: *area.New(p, grade, region), settings: &settings, ref: ref, links: factsOf(p)}
	a.firstLink, _ = p.Range(projection.Link)
	a.levels, a.presences = map[int]*levelNumbers{}, makePresences(p)
	a.views = projection.NewMemo(maxViews)
	a.verdicts = makeVerdicts(len(a.links))
	a.coverage.Companies = a.Picture.ActiveIn(a.Code)
	a.coverage.Attributed = a.Presence.Attributed(a.First, a.End)
	a.coverage.Unattributed = a.coverage.Companies - a.coverage.Attributed
	a.momentum = momentum(p, grade, a.settings)
	a.known = statedSizesOf(p, grade).among(a.First, a.End)
	for _, above := range a.Above() {
		a.parents = append(a.parents, parent{Parent: above})
	}
	if err := a.findLeaks(ctx); err != nil {
		return nil, err
	}
	a.names = newNames(a)
	for depth := range depths(p) {
		if a.levels[depth], err = newLevel(ctx, a, depth); err != nil {
			return nil, err
		}
	}
	return a, nil
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

// levelNumbers is what all links of one depth share.
type levelNumbers struct {
	prior   float64
	related *related
	density []Figure
	rank    []Figure

	mu      sync.Mutex
	weighed map[Posterior]weighed // links of the same counts are common
}

// weighed is what is known of a posterior.
type weighed struct {
	tails
	low, high Figure
}

func newLevel(ctx context.Context, a *Assessor, depth int) (*levelNumbers, error) {
	prior, err := priorOf(ctx, a.Picture, a.Grade, a.ref, a.Level, depth, a.settings)
	if err != nil {
		return nil, err
	}
	related, err := relatedOf(ctx, a.Picture, a.Grade, a.ref, a.Level, depth)
	if err != nil {
		return nil, err
	}
	l := &levelNumbers{prior: prior, related: related, weighed: map[Posterior]weighed{}}
	f := related.figures(a.Region)
	l.density, l.rank = f.density, f.rank
	return l, nil
}

// levelOf returns what the links of the depth of a link share.
func (a *Assessor) levelOf(link projection.Vertex) *levelNumbers {
	return a.levels[a.links[link-a.firstLink].depth]
}

// maxWeighed is the most posteriors that a level caches.
const maxWeighed = 20_000

// weigh computes what is needed of a posterior, once.
func (l *levelNumbers) weigh(settings *Settings, d Posterior) weighed {
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

// hidden returns the expected number of unseen companies of the region at a link.
func (a *Assessor) hidden(link projection.Vertex, share float64) float64 {
	hidden := float64(a.coverage.Unattributed) * share
	at := a.Presence.At(link)
	for _, q := range a.parents {
		hidden += float64(len(projection.Among(at, q.Unplaced.First, q.Unplaced.End))-common(at, q.landed)) * q.Share
	}
	return hidden
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

// tally collects the counts that decide the state of a link.
func (a *Assessor) tally(link projection.Vertex, prior float64) Tally {
	ref := &a.ref.links[link-a.firstLink]
	t := Tally{
		Attributed:         a.coverage.Attributed,
		ReferenceCompanies: ref.companies,
		ReferenceCovered:   a.ref.coverage.Attributed,
		Prior:              prior,
		Top1:               Missing(NoCapacity),
		ReferenceAnchors:   ref.anchors,
	}
	local := a.local(a.Presence.At(link))
	t.Companies = len(local)
	if ref.companies > 0 {
		t.Hidden = a.hidden(link, float64(ref.companies)/float64(a.ref.coverage.Attributed))
	}
	if len(local) > 0 {
		t.Anchors = len(a.local(a.Presence.Leading(link)))
		t.Top1 = a.size(local).top1()
	}
	return t
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

// presenceOf returns the share of a chain's links with a local company, found
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
	links := a.Picture.LinksIn(chain)
	f := Missing(NoChain)
	if len(links) > 0 {
		present := 0
		for _, link := range links {
			if len(a.local(a.Presence.At(link))) > 0 {
				present++
			}
		}
		f = Known(float64(present) / float64(len(links)))
	}
	slot.Store(&f)
	return f
}
