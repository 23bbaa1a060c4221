package matching

import (
	"cmp"
	"math"

	"gonum.org/v1/gonum/mathext"

	"liantu/graph"
	"liantu/graph/edits"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/shrinkage"
	"liantu/graph/statements"
	"liantu/graph/tuning"
	"liantu/schema"
)

// Standing is an intermediary with its grade, track record and capacity.
type Standing struct {
	Intermediary projection.Vertex
	// Grade is A, B or C by the rule of the settings, from what it introduced and
	// what landed.
	Grade string
	// Introduced and Landed count projects: those recorded one by one, or what
	// the intermediary is said to have done in all if that is more.
	Introduced, Landed int
	// Track is the lower bound of the share that landed, the recent ones counting
	// more; unknown for one that introduced nothing (NO_TRACK).
	Track gaps.Figure
	// Capacity is how many needs it serves at a time; CapacityStated is false where the
	// settings state it instead. Load is how many introductions are under way.
	Capacity       int
	CapacityStated bool
	Load           int
	Synthetic      bool

	edges []graph.ID // of its introductions
}

// Free returns how many more needs the intermediary can serve.
func (p *Standing) Free() int { return max(0, p.Capacity-p.Load) }

// intermediariesOf returns all intermediaries in the order of the picture.
func intermediariesOf(p *projection.Projection, set tuning.MatchSettings) []*Standing {
	type key struct{ set tuning.MatchSettings }
	return p.Memo(key{set}, func() any {
		first, end := p.Range(projection.Intermediary)
		all := make([]*Standing, 0, end-first)
		for v := first; v < end; v++ {
			all = append(all, intermediaryOf(p, set, v))
		}
		return all
	}).([]*Standing)
}

func intermediaryOf(p *projection.Projection, set tuning.MatchSettings, v projection.Vertex) *Standing {
	one := &Standing{Intermediary: v, Capacity: set.Capacity, Synthetic: p.Synthetic(v)}
	if value, ok := p.Value(v, "capacity"); ok {
		if n, ok := value.(int64); ok {
			one.Capacity, one.CapacityStated = int(max(0, n)), true
		}
	}
	today := statements.DayOf(p.AsOf())
	introduced, landed := 0.0, 0.0
	count := func(n, ok int, date string) {
		w := 1.0
		if date != "" {
			w = math.Exp2(-max(0, today.Years()-statements.DayOf(schema.LastDay(date)).Years()) / set.HalfLife)
		}
		introduced, landed = introduced+w*float64(n), landed+w*float64(ok)
		one.Introduced, one.Landed = one.Introduced+n, one.Landed+ok
	}
	arcs := p.Out(projection.Introduced, v)
	for _, number := range arcs.Edges {
		edge, _, _ := p.Edge(projection.Introduced, number)
		if !p.Current(projection.Introduced, number) {
			continue
		}
		outcome := edits.OutcomeOf(edge)
		success := 0
		if outcome == edits.Landed {
			success = 1
		}
		if outcome.Open() {
			one.Load++
		}
		one.edges = append(one.edges, edge.ID)
		count(1, success, cmp.Or(statements.Text(edge, "date"), statements.Date(edge)))
	}
	if n, date := countOf(p, v, "introduced_count"); n > one.Introduced {
		ok, _ := countOf(p, v, "landed_count")
		rest := n - one.Introduced
		count(rest, min(rest, max(0, ok-one.Landed)), date)
	}
	one.Track = gaps.Missing(gaps.NoTrack)
	if one.Introduced > 0 {
		low, _ := shrinkage.Share(landed, introduced, mathext.NormalQuantile(set.Confidence))
		one.Track = gaps.Known(low)
	}
	one.Grade = gradeOf(set.Grade, one)
	return one
}

// countOf returns a number that is stated of an intermediary, and its as-of date.
func countOf(p *projection.Projection, v projection.Vertex, property string) (n int, date string) {
	fact, ok := p.Node(v).Winner(property)
	if x, is := fact.Value.(int64); ok && is && x > 0 {
		return int(x), fact.AsOf
	}
	return 0, ""
}

// gradeOf returns the grade that an intermediary has earned by the rules.
func gradeOf(g tuning.GradeRules, p *Standing) string {
	share := p.Track.Or(0)
	switch {
	case p.Landed >= g.ALanded && share >= g.AShare-gaps.Slack:
		return "A"
	case p.Landed >= g.BLanded && share >= g.BShare-gaps.Slack:
		return "B"
	}
	return "C"
}
