package matching

import (
	"fmt"

	"liantu/graph"
	"liantu/graph/gaps"
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
	for _, same := range m.p.Same(link) {
		note(same, m.set.Place.Link, "同一环节", "the same link,")
	}
	for _, above := range m.p.CountsAt(link) {
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

// specialty is the best of what the intermediary specialises in: by where it lies,
// times how deep it is.
func (m *matcher) specialty(x *Match) gaps.Valuation {
	places := m.placesOf(x.Need.Link)
	var best *specialty
	value := 0.0
	special := m.special[x.Standing.Intermediary]
	for i := range special {
		if v := places[special[i].spot].value * special[i].depth; v > value {
			best, value = &special[i], v
		}
	}
	if best == nil {
		return gaps.Valuation{Value: gaps.Known(0)}
	}
	x.Synthetic = x.Synthetic || best.synthetic
	return gaps.Valuation{Value: gaps.Known(min(value, 1)), Edges: best.edges, Text: m.specialised(best, places[best.spot])}
}

// specialised puts a specialty into words, once for each place at which it lies.
func (m *matcher) specialised(best *specialty, where placed) schema.Text {
	key := specialised{best.edges[0], where.en}
	if known, ok := m.wordings[key]; ok {
		return known
	}
	level := schema.Text{Zh: "程度不详", En: "level unknown"}
	if v := m.p.Model().EdgeKind(projection.SpecialisesIn).Property("level").Value(best.level); v != nil {
		level = v.Label
	}
	zh, en := gaps.NameOf(m.p, best.at)
	text := schema.Text{
		Zh: fmt.Sprintf("专长于%s“%s”（%s）。", where.zh, zh, level.Zh), En: fmt.Sprintf("It specialises in %s %s (%s).", where.en, en, level.En),
	}
	m.wordings[key] = text
	return text
}

// How much of a region an intermediary covers.
const (
	coverWhole = 1.0 // the region, or one that contains it
	coverPart  = 0.5 // a region within it
)

// ownOf returns the terms of an intermediary that do not depend on the need.
func (m *matcher) ownOf(one *Standing) [3]gaps.Valuation {
	own, ok := m.own[one]
	if !ok {
		x := &Match{Standing: one}
		own = [3]gaps.Valuation{m.grade(x), m.track(x), m.capacity(x)}
		m.own[one] = own
	}
	return own
}

// coverOf returns [matcher.cover], found once for an intermediary and a region.
func (m *matcher) coverOf(x *Match) gaps.Valuation {
	key := covered{x.Standing, x.Need.Region}
	f, ok := m.covers[key]
	if !ok {
		f = m.cover(x)
		m.covers[key] = f
	}
	return f
}

// cover finds a region that the intermediary covers: the one of the need or one
// that contains it, else one within it.
func (m *matcher) cover(x *Match) gaps.Valuation {
	arcs := m.p.Out(projection.Covers, x.Standing.Intermediary)
	here := m.p.AreaOf(x.Need.Region)
	f := gaps.Unvalued(gaps.NoCover)
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
			if f.Value.Why() != "" {
				f = gaps.Valuation{Value: gaps.Known(0), Text: schema.Text{Zh: "已知的服务区域不含本地。", En: "The regions it is known to cover do not include this one."}}
			}
			continue
		}
		if value > f.Value.Or(0) {
			edge, _, _ := m.p.Edge(projection.Covers, arcs.Edges[i])
			zh, en := gaps.NameOf(m.p, place)
			f = gaps.Valuation{Value: gaps.Known(value), Edges: []graph.ID{edge.ID}, Text: schema.Text{
				Zh: fmt.Sprintf("服务区域包括%s。", zh), En: fmt.Sprintf("It covers %s.", en),
			}}
		}
	}
	return f
}

func (m *matcher) grade(x *Match) gaps.Valuation {
	grade := x.Standing.Grade
	return gaps.Valuation{Value: gaps.Known(m.set.Grade.Value(grade)), Text: schema.Text{
		Zh: fmt.Sprintf("按业绩评为 %s 级。", grade), En: fmt.Sprintf("Its record earns grade %s.", grade),
	}}
}

func (m *matcher) track(x *Match) gaps.Valuation {
	share, ok := x.Standing.Track.Get()
	if !ok {
		return gaps.Unvalued(gaps.NoTrack)
	}
	return gaps.Valuation{Value: x.Standing.Track, Edges: x.Standing.edges, Text: schema.Text{
		Zh: fmt.Sprintf("引荐 %d 个项目，落地 %d 个，近年加权后落地率下限 %s。", x.Standing.Introduced, x.Standing.Landed, gaps.Percent(share)),
		En: fmt.Sprintf("It introduced %s, %d landed; the share is at least %s, recent ones counting more.",
			gaps.Plural(x.Standing.Introduced, "project", "projects"), x.Standing.Landed, gaps.Percent(share)),
	}}
}

// capacity is the free part of the capacity, unknown where the capacity is not
// stated.
func (m *matcher) capacity(x *Match) gaps.Valuation {
	if !x.Standing.CapacityStated {
		return gaps.Unvalued(gaps.NoCapacityStated)
	}
	free, all := x.Standing.Free(), x.Standing.Capacity
	value := 0.0
	if all > 0 {
		value = float64(free) / float64(all)
	}
	return gaps.Valuation{Value: gaps.Known(value), Text: schema.Text{
		Zh: fmt.Sprintf("可同时承接 %d 项，尚有余力 %d 项。", all, free), En: fmt.Sprintf("It serves %d at a time and has room for %d.", all, free),
	}}
}
