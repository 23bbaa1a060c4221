package introductions

import (
	"cmp"
	"context"
	"math"
	"slices"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/statements"
	"liantu/graph/tuning"
	"liantu/message"
)

// Ask finds who can introduce the region to a company. A path begins with the tie
// of its first vertex to the region or one below it: a person who comes from
// there, an intermediary that covers it, or a company that is there. It goes on
// over posts, memberships, acquaintances, supplies, investments and services, in any
// direction, to a company, and has [MaxHops] hops at most.
//
// For a company the answer holds the strongest paths to it. For a link it holds
// the strongest path to each company at the link that is outside the region.
// From a person it holds for each link that is to be built, filled, strengthened
// or extended, and each such company, the strongest path from the person.
//
// No path leads through a person who has not consented or whose consent has
// lapsed; such a person has none either. Errors are those of [gaps.Ask]; a question
// without exactly one of company, link and person gives [graph.ErrInvalid].
func Ask(ctx context.Context, p *projection.Projection, settings tuning.Settings, q Question) (*Answer, error) {
	if err := settings.Checked(p); err != nil {
		return nil, err
	}
	if err := q.check(); err != nil {
		return nil, err
	}
	answer := &Answer{
		Version: p.Version(), DataDate: p.DataDate(), MinGrade: cmp.Or(q.MinGrade, settings.Introductions.MinGrade),
		Company: projection.None, Link: projection.None, Person: projection.None,
	}
	for _, wanted := range []struct {
		text, kind string
		to         *projection.Vertex
	}{
		{q.Region, projection.Region, &answer.Region},
		{q.Company, projection.Company, &answer.Company},
		{q.Link, projection.Link, &answer.Link},
		{q.Person, projection.Person, &answer.Person},
	} {
		if wanted.text == "" {
			continue
		}
		v, err := p.Lookup(wanted.text, wanted.kind)
		if err == nil && q.Visible != nil && !q.Visible(v) {
			err = &projection.NotFoundError{Text: wanted.text, Kinds: []string{wanted.kind}}
		}
		if err != nil {
			return nil, err
		}
		*wanted.to = v
	}
	a, err := gaps.AssessorOf(ctx, p, settings, settings.MinGrade, answer.Region, nil)
	if err != nil {
		return nil, err
	}
	n := &introducer{
		pathFinder: pathFinder{tieGraph: tiesOf(p, settings.Introductions, answer.MinGrade), visible: q.Visible},
		assessor:   a,
		answer:     answer, most: cmp.Or(q.Most, settings.Introductions.Most),
	}
	n.on = max(statements.DayOf(p.ConsentOn()), statements.DayOf(q.Today))
	if err := n.introduce(ctx); err != nil {
		return nil, err
	}
	for _, i := range answer.Introductions {
		answer.Synthetic = answer.Synthetic || i.Synthetic
	}
	return answer, nil
}

func (q Question) check() error {
	given := 0
	for _, text := range []string{q.Company, q.Link, q.Person} {
		if text != "" {
			given++
		}
	}
	if err := tuning.CheckGrade(q.MinGrade); err != nil {
		return err
	}
	switch {
	case given != 1:
		return message.As(graph.ErrInvalid, "introductions: give just one of company, link and person")
	case q.Most < 0:
		return message.As(graph.ErrInvalid, "introductions: %d at most is below 0", q.Most)
	case q.Today != "" && statements.DayOf(q.Today) == 0:
		return message.As(graph.ErrInvalid, "today %q: not an ISO date", q.Today)
	}
	return nil
}

// introducer answers one question.
type introducer struct {
	pathFinder
	assessor *gaps.Assessor
	answer   *Answer
	most     int
}

func (n *introducer) introduce(ctx context.Context) error {
	a := n.answer
	switch {
	case a.Company != projection.None:
		n.starts = n.startsOf(a.Region)
		paths, err := n.best(ctx, a.Company, n.most)
		for i := range paths {
			a.Introductions = append(a.Introductions, n.introduction(&paths[i], projection.None, 1))
		}
		return err
	case a.Link != projection.None:
		n.starts = n.startsOf(a.Region)
		return n.each(ctx, n.targetsAt(a.Link, 1))
	}
	if !n.open(a.Person) {
		return nil
	}
	n.starts = []start{{vertex: a.Person, place: projection.None}}
	var targets []target
	for link, end := n.p.Range(projection.Link); link < end; link++ {
		v := n.assessor.Verdict(link)
		switch v.Action {
		case gaps.Build, gaps.Fill, gaps.Strengthen, gaps.Extend:
			targets = append(targets, n.targetsAt(v.Link, v.Priority)...)
		case gaps.Check, gaps.Keep, gaps.Watch:
		}
	}
	return n.each(ctx, targets)
}

// target is a company that would fill a link.
type target struct {
	link, company projection.Vertex
	weight, score float64 // of the link; and the highest that a path to the company may reach
}

// targetsAt returns the companies at a link outside the region.
func (n *introducer) targetsAt(link projection.Vertex, weight float64) []target {
	var targets []target
	for _, company := range n.assessor.Presence.At(link) {
		if company < n.assessor.First || company >= n.assessor.End {
			targets = append(targets, target{link: link, company: company, weight: weight})
		}
	}
	return targets
}

// each finds the strongest path to each of some companies, as long as one of
// the rest may be among the best.
func (n *introducer) each(ctx context.Context, targets []target) error {
	least := n.reach()
	reachable := targets[:0]
	for _, d := range targets {
		way := infinite
		for _, a := range n.from(d.company) {
			way = min(way, least[a.to]+a.cost)
		}
		if d.score = d.weight * way.strength(); way < infinite && d.score > 0 {
			reachable = append(reachable, d)
		}
	}
	slices.SortFunc(reachable, func(x, y target) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.link, y.link), cmp.Compare(x.company, y.company))
	})
	strongest := map[projection.Vertex][]path{}
	list := &n.answer.Introductions
	for _, d := range reachable {
		if len(*list) == n.most && (*list)[n.most-1].Score > d.score+1e-9 {
			break
		}
		paths, known := strongest[d.company]
		if !known {
			var err error
			if paths, err = n.best(ctx, d.company, 1); err != nil {
				return err
			}
			strongest[d.company] = paths
		}
		if len(paths) == 0 {
			continue
		}
		*list = append(*list, n.introduction(&paths[0], d.link, d.weight))
		slices.SortStableFunc(*list, func(x, y *Introduction) int {
			return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Link, y.Link), cmp.Compare(x.Company, y.Company))
		})
		*list = (*list)[:min(len(*list), n.most)]
	}
	return nil
}

// introduction puts a path into an answer.
func (n *introducer) introduction(x *path, link projection.Vertex, weight float64) *Introduction {
	i := &Introduction{Company: x.last(), Link: link, Strength: 1}
	if x.place != projection.None {
		at, _ := slices.BinarySearchFunc(n.starts, x.at[0], func(s start, v projection.Vertex) int { return cmp.Compare(s.vertex, v) })
		i.Hops = append(i.Hops, n.hop(n.starts[at].kind, n.starts[at].number, x.place, x.at[0]))
	}
	for k := 1; k < int(x.length); k++ {
		t := n.all[x.ties[k-1]]
		i.Hops = append(i.Hops, n.hop(tieKinds[t.kind], t.number, x.at[k-1], x.at[k]))
	}
	for _, h := range i.Hops {
		i.Strength *= h.Strength
		i.Synthetic = i.Synthetic || h.Synthetic
	}
	i.Strength = math.Round(i.Strength*1e9) / 1e9
	i.Score = i.Strength * weight
	i.Ask = n.recommend(i)
	return i
}
