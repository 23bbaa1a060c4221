package questiontest

import (
	"cmp"
	"math"
	"slices"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/tuning"
)

// Oracle answers the gap question for every link of the world, in the order of
// the links' codes, by the definitions in the documentation of package gaps
// and by nothing else: with maps and loops over the plain elements, and with
// numerical integration in place of gamma functions. It is slow and meant for
// small graphs. Of the question it uses Region, Peers and MinGrade, given as
// codes or names.
func (w *World) Oracle(settings tuning.Settings, q gaps.Question) []Row {
	o := w.asked(settings, q)
	rows := make([]Row, 0, len(w.links))
	for _, link := range w.links {
		rows = append(rows, o.row(link))
	}
	slices.SortFunc(rows, func(a, b Row) int {
		if a.Link < b.Link {
			return -1
		}
		return 1
	})
	return rows
}

// oracleFrames prints the frames that are complete in the region, a line each.
func (w *World) oracleFrames(settings tuning.Settings, q gaps.Question) []string {
	o := w.asked(settings, q)
	lines := make([]string, 0, len(o.surveyed))
	coverage := func(x *seen, areas ...string) gaps.Coverage {
		n, a := o.count(x.members, areas...), o.count(x.busy, areas...)
		return gaps.Coverage{Companies: n, Attributed: a, Unattributed: n - a}
	}
	for _, x := range o.surveyed {
		lines = append(lines, frameLine(x.name(), x.date, coverage(x, o.here), o.large(x, o.here),
			x.comparable, x.dateP, coverage(x, o.peers...)))
	}
	return lines
}

type oracle struct {
	*World
	s     tuning.Settings
	grade graph.Grade
	here  string
	peers []string
	known *presence // everybody, by anybody's statement
	// projects are those of the region, everywhere those of the country.
	projects, everywhere pipeline
	// surveyed are these in their order.
	surveyed []*seen
	states   map[graph.ID]Row
}

// seen is a frame that is complete in the region of the question.
type seen struct {
	*frame
	*presence
	date, dateP string
	comparable  bool            // complete in the reference too, as of a near date
	regions     []string        // of the region's level, in which the frame is complete
	priors      map[int]float64 // by depth
	specials    map[string]bool // whether a region is specialised in a link
}

// asked settles what a question is about and judges all links.
func (w *World) asked(settings tuning.Settings, q gaps.Question) *oracle {
	o := &oracle{World: w, s: settings, grade: settings.MinGrade, here: w.region(q.Region), states: map[graph.ID]Row{}}
	if q.MinGrade != "" {
		o.grade = q.MinGrade
	}
	for _, peer := range q.Peers {
		o.peers = append(o.peers, w.region(peer))
	}
	if len(o.peers) == 0 {
		o.peers = []string{"100000"}
	}
	o.known = &presence{map[graph.ID]map[graph.ID]bool{}, map[graph.ID]map[graph.ID]bool{}, map[graph.ID]bool{}, map[graph.ID]bool{}}
	for _, company := range w.companies {
		o.known.members[company] = true
	}
	for _, link := range w.links {
		o.known.there[link], o.known.leading[link] = w.at(link, o.grade)
		for company := range o.known.there[link] {
			o.known.busy[company] = true
		}
	}
	o.survey()
	o.projects, o.everywhere = w.pipelineIn(o.here, o.s.NewsMonths), w.pipelineIn("100000", o.s.NewsMonths)
	for _, link := range w.links {
		o.states[link] = o.judge(link)
	}
	return o
}

// counting returns the frames that count: those of the population that the question names.
func (o *oracle) counting() []*frame {
	if o.s.Population == "" {
		return o.frames
	}
	return slices.DeleteFunc(slices.Clone(o.frames), func(f *frame) bool { return f.population != string(o.s.Population) })
}

// survey finds the frames that are complete in the region.
func (o *oracle) survey() {
	for _, f := range o.counting() {
		date, ok := o.complete(f, o.here)
		if !ok {
			continue
		}
		x := &seen{frame: f, presence: o.of(f, o.grade), date: date, priors: map[int]float64{}, specials: map[string]bool{}}
		if dateP, ok := o.completeInAll(f, o.peers); ok && math.Abs(yearsBetween(date, dateP)) <= o.s.FrameYears+1e-9 {
			x.comparable, x.dateP = true, dateP
		}
		for _, code := range o.alike() {
			if _, ok := o.complete(f, code); ok {
				x.regions = append(x.regions, code)
			}
		}
		o.surveyed = append(o.surveyed, x)
	}
	slices.SortFunc(o.surveyed, func(a, b *seen) int {
		return cmp.Or(
			cmp.Compare(rank[a.population], rank[b.population]),
			cmp.Compare(len(b.links), len(a.links)),
			cmp.Compare(b.date, a.date),
			cmp.Compare(a.name(), b.name()),
		)
	})
}

// large reports whether a frame is large enough in some areas.
func (o *oracle) large(x *seen, areas ...string) bool {
	return o.count(x.busy, areas...) >= o.s.MinPopulation
}

// first returns the first frame with a link in its scope that fits, nil for none.
func (o *oracle) first(link graph.ID, fits func(*seen) bool) *seen {
	for _, x := range o.surveyed {
		if x.links[link] && fits(x) {
			return x
		}
	}
	return nil
}

func (o *oracle) comparable(link graph.ID) *seen {
	there := func(x *seen) bool { return x.comparable && o.large(x, o.peers...) }
	if x := o.first(link, func(x *seen) bool { return there(x) && o.large(x, o.here) }); x != nil {
		return x
	}
	if x := o.first(link, there); x != nil {
		return x
	}
	return o.first(link, func(x *seen) bool { return x.comparable })
}

func (o *oracle) naming(link graph.ID) *seen {
	return o.first(link, func(x *seen) bool { return o.large(x, o.here) })
}

// alike returns all regions of the level of the region of the question.
func (o *oracle) alike() []string {
	var codes []string
	for code := range o.regions {
		if level(code) == level(o.here) {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// figures are the numbers that are not known without the frame that they are of.
var figures = []string{
	"share", "expected", "prior", "hidden", "severity", "top1", "capacity_lq", "capacity_mean",
	"lq", "mean", "low", "high", "weak", "fair", "strong", "weak_all",
}

// judge finds the state of a link.
func (o *oracle) judge(link graph.ID) Row {
	n := len(o.present(link))
	r := Row{Link: o.codeOf[link], Numbers: map[string]float64{}}
	r.Counts = [11]int{n, o.count(o.known.members, o.here), o.count(o.known.busy, o.here), -1, -1, -1, -1, -1, -1, o.leaders(link), -1}
	for _, name := range figures {
		r.Numbers[name] = math.NaN()
	}
	if !o.judged[link] {
		r.State, r.Confidence, r.Flags = gaps.NotJudged, 1, []gaps.Code{gaps.HoldsNone}
		return r
	}
	naming, comparable := o.naming(link), o.comparable(link)
	if comparable != nil {
		o.measure(&r, link, comparable)
	}
	p := o.shareSeen(link, &r)
	if naming != nil {
		r.Naming = naming.name()
		r.Numbers["hidden"] = o.hidden(link, naming, p)
	}
	r.State, r.Confidence = gaps.Unknown, 1
	switch {
	case len(o.known.there[link])+len(o.everywhere.works[link]) == 0:
		r.State, r.Flags = gaps.Empty, []gaps.Code{gaps.NoCompany}
	case n == 0 && o.first(link, func(*seen) bool { return true }) == nil:
		r.Flags = []gaps.Code{gaps.NotSurveyed}
	case n == 0 && naming == nil:
		r.Flags = []gaps.Code{gaps.TooFew}
	case n == 0:
		o.lack(&r, naming, p)
	default:
		o.strength(&r, comparable)
	}
	return r
}

// shareSeen returns p′ of the comparable frame, or the share of the members of any
// frame in the reference.
func (o *oracle) shareSeen(link graph.ID, r *Row) float64 {
	if r.Comparable != "" {
		return r.Numbers["share"]
	}
	members := func(set map[graph.ID]bool) map[graph.ID]bool {
		found := map[graph.ID]bool{}
		for company := range set {
			for _, f := range o.counting() {
				found[company] = found[company] || o.isMember(f, company)
			}
			if !found[company] {
				delete(found, company)
			}
		}
		return found
	}
	if busy := o.count(members(o.known.busy), o.peers...); busy > 0 {
		return float64(o.count(members(o.known.there[link]), o.peers...)) / float64(busy)
	}
	return 0
}

// lack judges a link at which nobody of the region is known.
func (o *oracle) lack(r *Row, naming *seen, p float64) {
	hidden, e, a := r.Numbers["hidden"], r.Numbers["expected"], r.Numbers["prior"]
	severity := 1 - math.Exp(-e) // NaN without a comparable frame
	if hidden >= o.s.HiddenUnknown-1e-9 {
		r.Flags = []gaps.Code{gaps.Hidden}
		r.Confidence = 1 - math.Exp(-hidden)
		r.Numbers["severity"] = severity * math.Exp(-hidden)
		return
	}
	entering := float64(o.count(naming.busy, o.here)) * p
	if r.Comparable != "" {
		entering = e * a / (a + e)
	}
	age := math.Max(0, yearsBetween(naming.date, o.day))
	r.State = gaps.Absent
	r.Confidence = math.Exp(-hidden) * math.Exp(-o.s.EntryRate*age*entering)
	r.Numbers["severity"] = severity
	if naming.population == "LISTED" {
		r.Flags = []gaps.Code{gaps.ListedOnly}
	}
}

// strength judges a link at which somebody of the region is known.
func (o *oracle) strength(r *Row, comparable *seen) {
	r.State = gaps.Present
	switch {
	case comparable == nil:
		r.Flags = []gaps.Code{gaps.NoFrame}
		return
	case !o.large(comparable, o.here) || !o.large(comparable, o.peers...):
		r.Flags = []gaps.Code{gaps.TooFew}
		return
	case r.Counts[6] == 0:
		r.Flags = []gaps.Code{gaps.NoReference}
		return
	}
	inFrame := r.Counts[3]
	var flags []gaps.Code
	if inFrame > 0 && inFrame >= o.s.SingleFirmMin && r.Numbers["top1"] >= o.s.SingleFirmShare-1e-9 {
		flags = append(flags, gaps.SingleFirm)
	}
	if inFrame > 0 && r.Counts[10] > 0 && r.Counts[9] == 0 {
		flags = append(flags, gaps.NoAnchor)
	}
	all, weak, fair, strong := r.Numbers["weak_all"], r.Numbers["weak"], r.Numbers["fair"], r.Numbers["strong"]
	half := func(x float64) bool {
		r.Close = r.Close || math.Abs(x-0.5) < 1e-4
		return x >= 0.5-1e-9
	}
	isWeak, isFew, isStrong, isFair := half(all), half(weak), half(strong), half(fair)
	switch {
	case isWeak:
		r.State, r.Confidence, r.Numbers["severity"] = gaps.Weak, all, all
	case isFew || inFrame == 0:
		flags = append([]gaps.Code{gaps.OthersPresent}, flags...)
	case isStrong && inFrame >= 2 && len(flags) == 0:
		r.State, r.Confidence, r.Numbers["severity"] = gaps.Strong, strong, weak
	default:
		r.State, r.Confidence, r.Numbers["severity"] = gaps.Adequate, fair, weak
		if isStrong {
			r.Confidence = 1 - weak
		}
		if !isFair && !isStrong {
			flags = append(flags, gaps.Undecided)
		}
	}
	r.Flags = flags
}
