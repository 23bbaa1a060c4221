package names

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/message"
	"liantu/resolve"
	"liantu/schema"
)

// Outcome is the result of resolving the names of a book.
type Outcome struct {
	groups       [][]*Entry // companies that are the same, of two and more
	Taken        []Alike    // pairs that were joined by their names alone
	Review       []Alike    // pairs to review
	Contradicted []Alike    // judged pairs that others contradict
	branches     []Alike    // branches with their companies
}

// Alike is two companies with similar names. There may be very many, so the
// reasons in words are computed only when needed.
type Alike struct {
	A, B        *Entry
	left, right *resolve.Entity
	points      float64
	related     *schema.Kind // of an edge of the data that speaks against one company
}

// Verdict returns why the two are similar, and what speaks against it.
func (p *Alike) Verdict() resolve.Verdict {
	v := resolve.Compare(p.left, p.right)
	if p.related != nil {
		v.Band, v.Reasons = resolve.Review, append(v.Reasons, relationReason(p.related))
	}
	return v
}

// matcher is a book being resolved.
type matcher struct {
	list     []*Entry
	entities []*resolve.Entity
	shared   map[string]bool    // full names, normalised, that several companies with codes have
	same     map[[2]int]float64 // the points of pairs that are the same by their names
	perhaps  [][2]int
	branches [][2]int
	related  map[[2]int]*schema.Kind // pairs that an edge relates, among companies that are the same by their names or a judgement, or perhaps
}

// Settle resolves the names of the companies that the load touched, or of all,
// against those of all. The result depends on the companies, the judgements and
// which companies were touched, not on the order in which they were added.
func (b *Book) Settle(ctx context.Context, all bool) (*Outcome, error) {
	m := &matcher{list: b.companies(), same: map[[2]int]float64{}}
	m.findShared()
	together, fresh := b.judged()
	var d resolve.Decisions
	touched := make([]bool, len(m.list))
	some := false
	for i, e := range m.list {
		touched[i] = all || e.touched
		some = some || touched[i]
	}
	if len(together) > 0 {
		dir := newDirectory(b.kind, m.list)
		d = dir.decisions(together)
		for name := range fresh {
			for _, i := range dir.lookup(name) {
				touched[i], some = true, true
			}
		}
	}
	if !some {
		return &Outcome{}, nil
	}
	if err := m.compare(ctx, touched); err != nil {
		return nil, err
	}
	if err := m.relate(b, d); err != nil {
		return nil, err
	}
	return m.outcome(d), nil
}

// relate finds the pairs that an edge relates. Where a closure over the pairs of equal
// names may join two companies of the store, the edges of the store count, too.
func (m *matcher) relate(b *Book, d resolve.Decisions) error {
	if len(m.same)+len(m.perhaps) == 0 {
		return nil
	}
	parent := map[int]int{}
	find := func(i int) int {
		for up, ok := parent[i]; ok; up, ok = parent[i] {
			i = up
		}
		return i
	}
	involved := map[int32]int{}
	join := func(pair [2]int) {
		for _, i := range pair {
			involved[b.at(m.list[i])] = i
		}
		if x, y := find(pair[0]), find(pair[1]); x != y {
			parent[max(x, y)] = min(x, y)
		}
	}
	for pair := range m.same {
		join(pair)
	}
	judged := map[[2]int]bool{}
	for _, p := range d.Same {
		pair := [2]int{min(p.A, p.B), max(p.A, p.B)}
		judged[pair] = true
		join(pair)
	}
	for _, pair := range m.perhaps { // to say to whoever reviews them
		involved[b.at(m.list[pair[0]])], involved[b.at(m.list[pair[1]])] = pair[0], pair[1]
	}
	stored, several := map[int]bool{}, false
	for _, i := range involved {
		if m.list[i].stored {
			several = several || stored[find(i)]
			stored[find(i)] = true
		}
	}
	if err := b.relate(len(involved), several); err != nil {
		return err
	}
	m.related = map[[2]int]*schema.Kind{}
	for pair, kind := range b.related() {
		x, ok := involved[pair[0]]
		y, ok2 := involved[pair[1]]
		if pair := [2]int{min(x, y), max(x, y)}; ok && ok2 && !judged[pair] {
			m.related[pair] = kind
		}
	}
	return nil
}

// findShared finds the names by which no company is the same as another one.
func (m *matcher) findShared() {
	m.shared = map[string]bool{}
	owned := map[string]bool{}
	for _, e := range m.list {
		if len(e.Codes) == 0 {
			continue
		}
		for _, name := range e.full {
			if owned[name] {
				m.shared[name] = true
			}
			owned[name] = true
		}
	}
}

// share reports whether two companies have a full name in common that several
// companies with codes have: what such a name means only a person can decide.
func (m *matcher) share(pair [2]int) bool {
	return slices.ContainsFunc(m.list[pair[0]].full, func(name string) bool {
		return m.shared[name] && slices.Contains(m.list[pair[1]].full, name)
	})
}

// compare finds the pairs of companies with similar names of which one is
// touched. The touched ones, usually the fewer, are in the index.
func (m *matcher) compare(ctx context.Context, touched []bool) error {
	companies := make([]resolve.Company, len(m.list))
	for i, e := range m.list {
		companies[i] = e.Company
	}
	var err error
	if m.entities, err = resolve.PrepareAll(ctx, companies); err != nil {
		return err
	}
	var known []*resolve.Entity
	var at []int
	for i, e := range m.entities {
		if touched[i] {
			known, at = append(known, e), append(at, i)
		}
	}
	x := resolve.NewIndex(known)
	for i, e := range m.entities {
		if i%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		x.Candidates(e, func(n int) {
			j := at[n]
			if i == j || touched[i] && i > j {
				return // it is found from the other side
			}
			pair := [2]int{min(i, j), max(i, j)}
			switch band, relation, points := resolve.Decide(m.entities[i], m.entities[j]); {
			case band == resolve.Same && m.share(pair):
				m.perhaps = append(m.perhaps, pair)
			case band == resolve.Same:
				m.same[pair] = points
			case band == resolve.Review:
				m.perhaps = append(m.perhaps, pair)
			case relation == resolve.Branch:
				m.branches = append(m.branches, pair)
			}
		})
	}
	m.recoded(touched)
	return nil
}

// recoded adds the pairs of companies of which one has the stock code that replaced that
// of the other, whatever their names.
func (m *matcher) recoded(touched []bool) {
	by := map[string]int{} // by the code that holds: the company with the former one
	for i, e := range m.list {
		for _, code := range e.Codes {
			if former, ok := strings.CutPrefix(code, "stock_code="); ok && schema.Recoded(former) != "" {
				by["stock_code="+schema.Recoded(former)] = i
			}
		}
	}
	if len(by) == 0 {
		return
	}
	for i, e := range m.list {
		for _, code := range e.Codes {
			j, ok := by[code]
			pair := [2]int{min(i, j), max(i, j)}
			if ok && i != j && (touched[i] || touched[j]) && !slices.Contains(m.perhaps, pair) {
				m.perhaps = append(m.perhaps, pair)
			}
		}
	}
}

// outcome settles the pairs.
func (m *matcher) outcome(d resolve.Decisions) *Outcome {
	judged := map[[2]int]bool{}
	for _, p := range slices.Concat(d.Same, d.Different, d.Unsure) {
		judged[[2]int{min(p.A, p.B), max(p.A, p.B)}] = true
	}
	for pair, points := range m.same {
		d.Found = append(d.Found, resolve.Pair{A: pair[0], B: pair[1], Points: points})
	}
	apart := d
	apart.Different = slices.Clone(d.Different)
	for pair := range m.related {
		apart.Different = append(apart.Different, resolve.Pair{A: pair[0], B: pair[1]})
	}
	s, local := m.settle(apart)
	out := &Outcome{groups: m.groups(s, local)}
	same := func(pair [2]int) bool {
		a, known := local[pair[0]]
		b, known2 := local[pair[1]]
		return known && known2 && s.Group[a] == s.Group[b]
	}
	for _, pair := range slices.Concat(slices.Collect(maps.Keys(m.same)), m.perhaps) {
		_, found := m.same[pair]
		switch {
		case judged[pair], same(pair) && !found:
		case same(pair):
			out.Taken = append(out.Taken, m.alike(pair))
		default:
			out.Review = append(out.Review, m.alike(pair))
		}
	}
	back := make([]int, len(local))
	for global, i := range local {
		back[i] = global
	}
	for _, p := range s.Contradicted {
		out.Contradicted = append(out.Contradicted, m.alike([2]int{back[p.A], back[p.B]}))
	}
	for _, pair := range m.branches {
		if !judged[pair] {
			out.branches = append(out.branches, m.alike(pair))
		}
	}
	for _, list := range [][]Alike{out.Taken, out.Review, out.Contradicted, out.branches} {
		slices.SortFunc(list, compareAlike)
	}
	return out
}

// settle joins the companies that occur in any pair, which are few.
func (m *matcher) settle(d resolve.Decisions) (resolve.Settlement, map[int]int) {
	var involved []int
	for _, p := range slices.Concat(d.Same, d.Different, d.Unsure, d.Found) {
		involved = append(involved, p.A, p.B)
	}
	slices.Sort(involved)
	involved = slices.Compact(involved)
	local := make(map[int]int, len(involved))
	list := make([]*resolve.Entity, len(involved))
	for i, global := range involved {
		local[global], list[i] = i, m.entities[global]
	}
	turn := func(pairs []resolve.Pair) []resolve.Pair {
		out := make([]resolve.Pair, len(pairs))
		for i, p := range pairs {
			out[i] = resolve.Pair{A: local[p.A], B: local[p.B], Points: p.Points}
		}
		return out
	}
	return resolve.Settle(list, resolve.Decisions{
		Same: turn(d.Same), Different: turn(d.Different), Unsure: turn(d.Unsure), Found: turn(d.Found),
	}), local
}

// groups lists the companies that are the same.
func (m *matcher) groups(s resolve.Settlement, local map[int]int) [][]*Entry {
	members := map[int][]*Entry{}
	for i, e := range m.list {
		if at, ok := local[i]; ok {
			members[s.Group[at]] = append(members[s.Group[at]], e)
		}
	}
	var out [][]*Entry
	for _, group := range members {
		if len(group) > 1 {
			out = append(out, group)
		}
	}
	slices.SortFunc(out, func(x, y []*Entry) int { return strings.Compare(x[0].Key, y[0].Key) })
	return out
}

// alike puts the company with less information first: the one without
// identifiers, then the one that the load touched.
func (m *matcher) alike(pair [2]int) Alike {
	a, b := pair[0], pair[1]
	left, right := m.list[a], m.list[b]
	if len(left.Codes) > len(right.Codes) || len(left.Codes) == len(right.Codes) && right.touched && !left.touched {
		a, b = b, a
	}
	_, _, points := resolve.Decide(m.entities[a], m.entities[b])
	return Alike{m.list[a], m.list[b], m.entities[a], m.entities[b], points, m.related[pair]}
}

// Place is the row of the load that states the first of the two, else the
// second.
func (p *Alike) Place() Place {
	if p.A.at.File == nil {
		return p.B.at
	}
	return p.A.at
}

// compareAlike orders the most similar first.
func compareAlike(x, y Alike) int {
	return cmp.Or(
		cmp.Compare(y.points, x.points), strings.Compare(x.A.Key, y.A.Key), strings.Compare(x.B.Key, y.B.Key),
	)
}

func compareTitles(x, y resolve.Title) int {
	return cmp.Or(cmp.Compare(x.Use, y.Use), cmp.Compare(len(y.Text), len(x.Text)), strings.Compare(x.Text, y.Text))
}

// Drafts joins the companies of every group by a key of each. They hold no
// facts: the facts of each list stay as they are.
func (o *Outcome) Drafts() []graph.NodeDraft {
	list := make([]graph.NodeDraft, len(o.groups))
	for i, group := range o.groups {
		list[i].Kind = CompanyKind
		for _, e := range group {
			list[i].Keys = append(list[i].Keys, e.handle)
		}
	}
	return list
}

// Because returns the reasons of a verdict in one line.
func Because(v resolve.Verdict) message.Localised { return because(v.Reasons) }

type because []resolve.Reason

// In returns the reasons in a language, each with its points.
func (b because) In(language message.Language) string {
	mark := ", "
	if language == message.Chinese {
		mark = "，"
	}
	list := make([]string, len(b))
	for i, r := range b {
		if list[i] = r.Text.In(language); r.Part != PartRelation {
			list[i] += fmt.Sprintf(" (%+.1f)", r.Points)
		}
	}
	return strings.Join(list, mark)
}
