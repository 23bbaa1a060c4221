package gaps

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// placed says where a specialty lies, seen from a link, and what that is worth.
type placed struct {
	value  float64
	zh, en string
}

// placesOf returns what specialties are worth for a link, by the number of the
// link, chain or ecosystem that they name.
func (m *matcher) placesOf(link projection.Vertex) []placed {
	if known, ok := m.places[link]; ok {
		return known
	}
	places := make([]placed, len(m.spots))
	note := func(at projection.Vertex, value float64, zh, en string) {
		if spot, ok := m.spots[at]; ok && value > places[spot].value {
			places[spot] = placed{value, zh, en}
		}
	}
	note(link, m.set.Place.Link, "该环节", "the link")
	for _, above := range m.p.LinksAbove(link) {
		note(above, m.set.Place.Ancestor, "上级环节", "the link above,")
	}
	for _, chain := range m.p.ChainsOf(link) {
		note(chain, m.set.Place.Chain, "产业链", "the chain")
		for _, other := range m.p.LinksIn(chain) {
			note(other, m.set.Place.Chain, "同链环节", "a link of the same chain,")
		}
		for _, ecosystem := range m.p.EcosystemsOf(chain) {
			note(ecosystem, m.set.Place.Ecosystem, "生态圈", "the ecosystem")
			for _, sister := range m.p.ChainsIn(ecosystem) {
				note(sister, m.set.Place.Ecosystem, "同一生态圈的产业链", "a chain of the same ecosystem,")
			}
		}
	}
	m.places[link] = places
	return places
}

// specialty is the best of what the partner specialises in: by where it lies,
// times how deep it is.
func (m *matcher) specialty(x *Match) finding {
	places := m.placesOf(x.Need.Link)
	var best *specialty
	value := 0.0
	special := m.special[x.Partner.Intermediary]
	for i := range special {
		if v := places[special[i].spot].value * special[i].depth; v > value {
			best, value = &special[i], v
		}
	}
	if best == nil {
		return finding{value: Known(0)}
	}
	x.Synthetic = x.Synthetic || best.synthetic
	return finding{value: Known(min(value, 1)), edges: best.edges, text: m.specialised(best, places[best.spot])}
}

// specialised puts a specialty into words, once for each place that it lies at.
func (m *matcher) specialised(best *specialty, where placed) schema.Text {
	key := specialised{best.edges[0], where.en}
	if known, ok := m.wordings[key]; ok {
		return known
	}
	level := schema.Text{Zh: "程度不详", En: "level unknown"}
	if v := m.p.Model().EdgeKind(projection.SpecialisesIn).Property("level").Value(best.level); v != nil {
		level = v.Label
	}
	zh, en := nameOf(m.p, best.at)
	text := schema.Text{
		Zh: fmt.Sprintf("专长于%s“%s”（%s）。", where.zh, zh, level.Zh), En: fmt.Sprintf("It specialises in %s %s (%s).", where.en, en, level.En),
	}
	m.wordings[key] = text
	return text
}

func (l LevelFactors) of(level string) float64 {
	switch level {
	case "EXPERT":
		return l.Expert
	case "PROFICIENT":
		return l.Proficient
	case "FAMILIAR":
		return l.Familiar
	}
	return l.Unknown
}

// How much of a region a partner covers.
const (
	coverWhole = 1.0 // the region, or one that contains it
	coverPart  = 0.5 // a region within it
)

// ownOf returns what is found for a partner whatever the need.
func (m *matcher) ownOf(partner *Partner) [3]finding {
	own, ok := m.own[partner]
	if !ok {
		x := &Match{Partner: partner}
		own = [3]finding{m.grade(x), m.track(x), m.capacity(x)}
		m.own[partner] = own
	}
	return own
}

// coverOf returns [matcher.cover], found once for a partner and a region.
func (m *matcher) coverOf(x *Match) finding {
	key := covered{x.Partner, x.Need.Region}
	f, ok := m.covers[key]
	if !ok {
		f = m.cover(x)
		m.covers[key] = f
	}
	return f
}

// cover looks for a region that the partner covers: the one of the need or one
// that contains it, else one within it.
func (m *matcher) cover(x *Match) finding {
	arcs := m.p.Out(projection.Covers, x.Partner.Intermediary)
	here := m.p.AreaOf(x.Need.Region)
	f := missing(NoCover)
	for i, place := range arcs.Others {
		if !m.p.Current(projection.Covers, arcs.Edges[i]) {
			continue
		}
		area, value := m.p.AreaOf(place), 0.0
		switch {
		case projection.Within(here, area):
			value = coverWhole
		case projection.Within(area, here):
			value = coverPart
		default:
			if f.value.Why() != "" {
				f = finding{value: Known(0), text: schema.Text{Zh: "已知的服务区域不含本地。", En: "The regions it is known to cover do not include this one."}}
			}
			continue
		}
		if value > f.value.Or(0) {
			edge, _, _ := m.p.Edge(projection.Covers, arcs.Edges[i])
			zh, en := nameOf(m.p, place)
			f = finding{value: Known(value), edges: []graph.ID{edge.ID}, text: schema.Text{
				Zh: fmt.Sprintf("服务区域包括%s。", zh), En: fmt.Sprintf("It covers %s.", en),
			}}
		}
	}
	return f
}

func (m *matcher) grade(x *Match) finding {
	grade := x.Partner.Grade
	return finding{value: Known(m.set.Grade.value(grade)), text: schema.Text{
		Zh: fmt.Sprintf("按业绩评为 %s 级。", grade), En: fmt.Sprintf("Its record earns grade %s.", grade),
	}}
}

func (m *matcher) track(x *Match) finding {
	share, ok := x.Partner.Track.Get()
	if !ok {
		return missing(NoTrack)
	}
	return finding{value: x.Partner.Track, edges: x.Partner.edges, text: schema.Text{
		Zh: fmt.Sprintf("引荐 %d 个项目，落地 %d 个，近年加权后落地率下限 %s。", x.Partner.Introduced, x.Partner.Landed, percent(share)),
		En: fmt.Sprintf("It introduced %s, %d landed; the share is at least %s, recent ones counting more.",
			plural(x.Partner.Introduced, "project", "projects"), x.Partner.Landed, percent(share)),
	}}
}

// capacity is the free part of the capacity; where it is not told, that of the
// settings is supposed, and said to be unknown.
func (m *matcher) capacity(x *Match) finding {
	if !x.Partner.Told {
		return missing(NoCapacityTold)
	}
	free, all := x.Partner.Free(), x.Partner.Capacity
	value := 0.0
	if all > 0 {
		value = float64(free) / float64(all)
	}
	return finding{value: Known(value), text: schema.Text{
		Zh: fmt.Sprintf("可同时承接 %d 项，尚有余力 %d 项。", all, free), En: fmt.Sprintf("It serves %d at a time and has room for %d.", all, free),
	}}
}

// needsOf returns the needs that a question looks at, the most urgent first.
func needsOf(ctx context.Context, p *projection.Projection, settings Settings, q MatchQuestion) ([]Need, error) {
	var needs []Need
	add := func(force, region projection.Vertex, scope []projection.Vertex) error {
		answer, err := Ask(ctx, p, settings, Question{
			Region: string(p.ID(region)), Scope: idsOf(p, scope), Actions: []Action{Build, Fill, Strengthen, Extend},
		})
		if err != nil {
			return err
		}
		for _, v := range answer.Verdicts {
			needs = append(needs, Need{TaskForce: force, Region: region, Link: v.Link, Priority: v.Priority})
		}
		return nil
	}
	forces := []projection.Vertex{}
	switch {
	case q.TaskForce != "":
		force, err := p.Lookup(q.TaskForce, projection.TaskForce)
		if err != nil {
			return nil, err
		}
		forces = append(forces, force)
	case q.Region != "":
		region, err := p.Lookup(q.Region, projection.Region)
		if err != nil {
			return nil, err
		}
		if q.Link == "" {
			err = add(projection.None, region, nil)
			return urgentFirst(needs), err
		}
		link, err := p.Lookup(q.Link, projection.Link)
		if err != nil {
			return nil, err
		}
		a, err := askerOf(ctx, p, settings, settings.MinGrade, region, nil)
		if err != nil {
			return nil, err
		}
		v := a.verdict(link)
		return []Need{{projection.None, region, link, v.Priority}}, nil
	case q.Intermediary != "":
		first, end := p.Range(projection.TaskForce)
		for v := first; v < end; v++ {
			forces = append(forces, v)
		}
	default:
		return nil, fmt.Errorf("match: give a region, with a link or without, or a task force: %w", graph.ErrInvalid)
	}
	for _, force := range forces {
		regions, scope := chargesOf(p, force)
		if len(scope) == 0 {
			continue // a task force of no ecosystem and chain has no needs
		}
		for _, region := range regions {
			if err := add(force, region, scope); err != nil {
				return nil, err
			}
		}
	}
	return urgentFirst(needs), nil
}

func urgentFirst(needs []Need) []Need {
	slices.SortStableFunc(needs, func(x, y Need) int { return cmp.Compare(y.Priority, x.Priority) })
	return needs
}

// chargesOf returns the regions that a task force is in charge of, and the
// ecosystems and chains.
func chargesOf(p *projection.Projection, force projection.Vertex) (regions, scope []projection.Vertex) {
	charges := p.Out(projection.InChargeOf, force)
	for i, object := range charges.Others {
		switch {
		case !p.Current(projection.InChargeOf, charges.Edges[i]):
		case p.Kind(object) == projection.Region:
			regions = append(regions, object)
		default:
			scope = append(scope, object)
		}
	}
	return regions, scope
}

func idsOf(p *projection.Projection, list []projection.Vertex) []string {
	ids := make([]string, 0, len(list))
	for _, v := range list {
		ids = append(ids, string(p.ID(v)))
	}
	return ids
}
