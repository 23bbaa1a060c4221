package questiontest

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/tuning"
)

// leaves are the links of a question, and the rows among them, by the definitions in the
// documentation of package gaps: with sets of companies in place of their numbers, and
// climbing from link to link.
type leaves struct {
	*oracle
	rows  map[graph.ID]Row
	links []graph.ID // that a list may hold, in the order of codes
}

// Listed returns the codes of the links that the list of a question holds, in their order,
// before states and actions are selected, and how many it leaves out. Of the
// question it uses Scope too, given as codes.
func (w *World) Listed(settings tuning.Settings, q gaps.Question) (codes []string, left int) {
	l := leaves{oracle: w.asked(settings, q), rows: map[graph.ID]Row{}}
	apart := map[gaps.State][]graph.ID{}
	for _, link := range w.links {
		l.rows[link] = l.row(link)
		switch {
		case !w.inScope(link, q.Scope):
		case l.rows[link].State.Apart():
			state := l.rows[link].State
			apart[state] = append(apart[state], link)
		default:
			l.links = append(l.links, link)
		}
	}
	lists := [][]graph.ID{l.links}
	if q.WithEmpty {
		lists = append(lists, apart[gaps.Empty], apart[gaps.NotJudged])
	}
	for _, links := range lists {
		l.links = links
		for _, link := range links {
			if l.hasRow(link) && !l.named(link) || slices.Contains(q.Scope, w.codeOf[link]) {
				codes = append(codes, w.codeOf[link])
			} else {
				left++
			}
		}
	}
	slices.Sort(codes)
	return codes, left
}

// inScope reports whether a link is one of a scope, or leads to one by PART_OF edges.
func (w *World) inScope(link graph.ID, scope []string) bool {
	if len(scope) == 0 {
		return true
	}
	seen, todo := map[graph.ID]bool{link: true}, []graph.ID{link}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		if slices.Contains(scope, w.codeOf[at]) {
			return true
		}
		for _, e := range w.edges {
			if e.Kind == "PART_OF" && e.From == at && !seen[e.To] {
				seen[e.To], todo = true, append(todo, e.To)
			}
		}
	}
	return false
}

// below returns the links of the list that are below one, or count there; in a cycle and of those
// that are the same those of greater codes.
func (l *leaves) below(link graph.ID) []graph.ID {
	var found []graph.ID
	for _, other := range l.links {
		cycle := l.counts[link][other]
		if l.counts[other][link] && other != link && (!cycle || l.codeOf[other] > l.codeOf[link]) {
			found = append(found, other)
		}
	}
	return found
}

func (l *leaves) alike(link graph.ID) bool {
	for _, other := range l.below(link) {
		for company := range l.present(link) {
			if !l.present(other)[company] {
				return false
			}
		}
		if e := l.rows[other].Numbers["expected"]; !math.IsNaN(e) && e >= l.s.FillExpected-1e-9 || l.works(other) || l.strong(other) {
			return false
		}
	}
	return true
}

func (l *leaves) works(link graph.ID) bool {
	return !slices.Contains([]gaps.Action{"", gaps.Watch, gaps.Keep}, l.rows[link].Action)
}

func (l *leaves) strong(link graph.ID) bool { return l.rows[link].State == gaps.Strong }

func (l *leaves) stands(link graph.ID) bool {
	for _, other := range l.below(link) {
		for _, e := range l.edges {
			if e.Kind == "PART_OF" && l.same[other][e.From] && slices.Contains(l.links, e.To) && !l.alike(e.To) {
				return false
			}
		}
	}
	return l.alike(link)
}

// named reports whether the row of a link that is the same stands for that of a link: it has
// the same companies, calls for work if that one does and is strong if that one is. Where
// each could stand for the other, that of the smaller code does.
func (l *leaves) named(link graph.ID) bool {
	standsFor := func(a, b graph.ID) bool {
		return maps.Equal(l.present(a), l.present(b)) && (l.works(a) || !l.works(b)) && (l.strong(a) || !l.strong(b))
	}
	for other := range l.same[link] {
		if other != link && slices.Contains(l.links, other) && l.hasRow(other) && standsFor(other, link) {
			if !standsFor(link, other) || l.codeOf[other] < l.codeOf[link] {
				return true
			}
		}
	}
	return false
}

func (l *leaves) hasRow(link graph.ID) bool {
	below := l.below(link)
	if l.works(link) && !slices.ContainsFunc(below, l.works) || l.strong(link) && !slices.ContainsFunc(below, l.strong) {
		return true
	}
	for _, other := range l.links {
		if slices.Contains(l.below(other), link) && l.stands(other) {
			return false
		}
	}
	return l.stands(link)
}

// ListFaults asks for the list of a question by leaves and says where it differs from that
// of the oracle. Of the question it uses what [World.Listed] does.
func ListFaults(t testing.TB, store graph.Reader, p *projection.Projection, settings tuning.Settings, q gaps.Question) []string {
	t.Helper()
	world, err := Observe(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := gaps.Ask(t.Context(), p, settings, gaps.Question{
		Region: q.Region, Scope: q.Scope, Peers: q.Peers, MinGrade: q.MinGrade, WithEmpty: q.WithEmpty, OrderBy: gaps.ByCode, Levels: lines.Leaves,
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range answer.Verdicts {
		got = append(got, p.Code(v.Link))
	}
	q.Region = p.Code(answer.Region) // the oracle knows no short names
	want, left := world.Listed(settings, q)
	if !slices.Equal(got, want) || answer.Represented != left || answer.Links != left+len(want) {
		return []string{fmt.Sprintf("the list by leaves is %q without %d of %d links instead of %q without %d", got, answer.Represented, answer.Links, want, left)}
	}
	return nil
}
