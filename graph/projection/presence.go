package projection

import (
	"slices"

	"liantu/graph"
)

// Presence holds which companies are at which links, by facts of one grade of
// evidence or a better one, of everybody or of some.
type Presence struct {
	p          *Projection
	grade      graph.Grade
	counted    []bool // by holding; nil for all of the grade
	at         rows
	leading    rows
	pull       [2]rows
	attributed []int32 // number of attributed companies before each company
}

// Presence returns the presence of companies at links by current OPERATES_IN
// edges whose grade is the given one or a better one. It is computed once for
// each projection and grade.
func (p *Projection) Presence(grade graph.Grade) *Presence {
	type key struct{ grade graph.Grade }
	if p.more != nil {
		return p.more.under.Presence(grade) // With changes no company and no link
	}
	return p.Memo(key{grade}, func() any {
		s := newPresence(p, grade, nil)
		s.collectPull()
		return s
	}).(*Presence)
}

// PresenceWhere returns the presence of companies at links by those current OPERATES_IN
// edges that count, as a function says of each one: its company, its number and its
// link. It has no [Presence.Downstream] and [Presence.Upstream], and is not cached; if the
// same edges count as in [Projection.Presence], it takes no memory of its own.
func (p *Projection) PresenceWhere(grade graph.Grade, counts func(company Vertex, edge int32, link Vertex) bool) *Presence {
	in, all := &p.industry, p.Presence(grade)
	counted, same := make([]bool, len(in.holdings)), true
	for company := range len(in.starts) - 1 {
		for i := in.starts[company]; i < in.starts[company+1]; i++ {
			h := in.holdings[i]
			counted[i] = counts(p.companies.first+Vertex(company), h.edge, in.firstLink+Vertex(h.link))
			same = same && counted[i] == all.counts(i)
		}
	}
	if same {
		return all
	}
	return newPresence(p, grade, counted)
}

// counts reports whether a holding counts.
func (s *Presence) counts(holding int32) bool {
	if s.counted != nil {
		return s.counted[holding]
	}
	return s.p.industry.holdings[holding].grade <= s.grade
}

// each visits the holdings of a company that count.
func (s *Presence) each(company int, visit func(holding)) {
	in := &s.p.industry
	for i := in.starts[company]; i < in.starts[company+1]; i++ {
		if s.counts(i) {
			visit(in.holdings[i])
		}
	}
}

// At returns the companies at a link or at one below it, each once, in
// ascending order, so that those of a region are a range. Who is at a link is at all
// that are the same; see [Projection.CountsAt].
func (s *Presence) At(link Vertex) []Vertex { return s.at.at(int(link - s.p.industry.firstLink)) }

// LinksOf returns the links that a company is at, those that are the same and all
// links above them, each once, in ascending order.
func (s *Presence) LinksOf(company Vertex) []Vertex {
	in := &s.p.industry
	var links []Vertex
	s.each(int(company-s.p.companies.first), func(h holding) { links = append(links, in.counts.at(int(h.link))...) })
	slices.Sort(links)
	return slices.Compact(links)
}

// Leading returns those of [Presence.At] that lead (龙头, 链主): their edge to the
// link or to one below it is marked so, or the company itself is.
func (s *Presence) Leading(link Vertex) []Vertex {
	return s.leading.at(int(link - s.p.industry.firstLink))
}

// Downstream returns the companies at one of the links that a link feeds, or
// below one, each once, in ascending order.
func (s *Presence) Downstream(link Vertex) []Vertex {
	return s.pull[0].at(int(link - s.p.industry.firstLink))
}

// Upstream returns the companies at one of the links that feed a link, or
// below one, each once, in ascending order.
func (s *Presence) Upstream(link Vertex) []Vertex {
	return s.pull[1].at(int(link - s.p.industry.firstLink))
}

// Attributed returns how many of the companies first <= v < end are at any
// link at all.
func (s *Presence) Attributed(first, end Vertex) int {
	base := s.p.companies.first
	return int(s.attributed[end-base] - s.attributed[first-base])
}

// Grade returns the weakest grade that counts.
func (s *Presence) Grade() graph.Grade { return s.grade }

// Among returns the part of an ascending list that lies in first <= v < end.
func Among(list []Vertex, first, end Vertex) []Vertex {
	lo, _ := slices.BinarySearch(list, first)
	n, _ := slices.BinarySearch(list[lo:], end)
	return list[lo : lo+n]
}

func newPresence(p *Projection, grade graph.Grade, counted []bool) *Presence {
	in := &p.industry
	s := &Presence{p: p, grade: grade, counted: counted, attributed: make([]int32, len(in.starts))}
	for i := range len(in.starts) - 1 {
		at := int32(0)
		s.each(i, func(holding) { at = 1 })
		s.attributed[i+1] = s.attributed[i] + at
	}
	s.at = s.collect(func(company int, mark func(Vertex)) {
		s.each(company, func(h holding) { markAll(mark, in.counts.at(int(h.link))) })
	})
	s.leading = s.collect(func(company int, mark func(Vertex)) {
		s.each(company, func(h holding) {
			if at := in.counts.at(int(h.link)); h.leader || p.companies.leader[company] {
				markAll(mark, at)
			}
		})
	})
	return s
}

// collectPull finds who is one step downstream and upstream of each link.
func (s *Presence) collectPull() {
	in := &s.p.industry
	for side := range s.pull {
		// A company at j or below it is one step downstream of every link that
		// has j downstream; reverse has these links by j.
		reverse := make([][]Vertex, len(in.depth))
		for i := range in.depth {
			for _, j := range in.feeds[side].at(i) {
				reverse[j-in.firstLink] = append(reverse[j-in.firstLink], in.firstLink+Vertex(i))
			}
		}
		s.pull[side] = s.collect(func(company int, mark func(Vertex)) {
			s.each(company, func(h holding) {
				for _, j := range in.counts.at(int(h.link)) {
					markAll(mark, reverse[j-in.firstLink])
				}
			})
		})
	}
}

func markAll(mark func(Vertex), links []Vertex) {
	for _, link := range links {
		mark(link)
	}
}

// collect lists the companies of each link that visit marks for them. It visits
// the companies in ascending order, twice: to count and to fill.
func (s *Presence) collect(visit func(company int, mark func(link Vertex))) rows {
	in := &s.p.industry
	n := len(in.depth)
	r := rows{offsets: make([]int32, n+1)}
	seen := make([]int32, n)
	pass := func(each func(link int, company int)) {
		for i := range seen {
			seen[i] = -1
		}
		for company := range len(in.starts) - 1 {
			visit(company, func(link Vertex) {
				if i := link - in.firstLink; seen[i] != int32(company) {
					seen[i] = int32(company)
					each(int(i), company)
				}
			})
		}
	}
	pass(func(link, _ int) { r.offsets[link+1]++ })
	for i := range n {
		r.offsets[i+1] += r.offsets[i]
	}
	r.items = make([]Vertex, r.offsets[n])
	next := slices.Clone(r.offsets)
	pass(func(link, company int) {
		r.items[next[link]] = s.p.companies.first + Vertex(company)
		next[link]++
	})
	return r
}
