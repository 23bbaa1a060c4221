package disclosure

import (
	"slices"

	"liantu/api/engine"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// Personal reports whether some of the given kinds are personal.
func Personal(model *schema.Model, kinds ...string) bool {
	return slices.ContainsFunc(kinds, func(name string) bool {
		k := model.Kind(name)
		return k != nil && k.Sensitivity == schema.Personal
	})
}

// Ties reports whether edges of a kind may state something of a person: whether one of
// its ends may be of a kind that is personal.
func Ties(model *schema.Model, edge *schema.Kind) bool {
	return Personal(model, edge.Edge.From...) || Personal(model, edge.Edge.To...)
}

// Tie is an edge as a caller sees it.
type Tie struct {
	Seen    engine.Treatment // Show, Reveal, Mask or Refuse
	persons [2]projection.Vertex
	edge    *graph.Edge
}

// TieOf decides what the caller sees of an edge of the view g. An edge that has a person
// at an end is a fact of that person and is seen as the person's values are; of two
// persons, as of the one of whom less is seen. Any other edge is shown. Why an edge is
// not shown is not stated: it would say that there is one, and whose.
func (c *Caller) TieOf(g *projection.Projection, e *graph.Edge) Tie {
	t := Tie{Seen: engine.Show, persons: [2]projection.Vertex{projection.None, projection.None}, edge: e}
	for i, id := range [...]graph.ID{e.From, e.To} {
		v := g.Vertex(id)
		if !Personal(g.Model(), g.Kind(v)) {
			continue
		}
		t.persons[i] = v
		seen, _ := c.seesPerson(g, v, e.Kind, (*schema.Purpose).OpensEdges)
		t.Seen = max(t.Seen, seen) // Show < Reveal < Mask < Refuse
	}
	return t
}

// SeesTies decides what the caller sees of the edges of a kind of one person of the view
// g: as they are, on record, masked or nothing. A purpose must open the kind, and the
// person have consented as the purpose demands; see the head of schema/policy.yaml.
func (c *Caller) SeesTies(g *projection.Projection, person projection.Vertex, kind string) engine.Treatment {
	return c.statesPerson(g, person, kind, (*schema.Purpose).OpensEdges)
}

// statesPerson is seesPerson for a field of the person: why something stays masked is then
// in [Caller.Withheld].
func (c *Caller) statesPerson(g *projection.Projection, person projection.Vertex, name string, opens func(*schema.Purpose, string) bool) engine.Treatment {
	seen, reason := c.seesPerson(g, person, name, opens)
	if reason != "" {
		c.withhold(reason, Element{Kind: g.Model().Node(g.Kind(person)), ID: g.ID(person)}, name)
	}
	return seen
}

// seesPerson decides what the caller sees of something of a person that is no property: of
// the given name, which a purpose may open. The reason says why it stays masked although a
// purpose is stated.
func (c *Caller) seesPerson(g *projection.Projection, person projection.Vertex, name string, opens func(*schema.Purpose, string) bool) (engine.Treatment, Reason) {
	row, purpose := c.Role.row()
	id := g.ID(person)
	a := row.See(schema.Personal, c.Scope.Node(id))
	if a != schema.Audit || purpose == nil {
		return treated(a, false), ""
	}
	reason := ReasonPurpose
	if opens(purpose, name) {
		reason = c.consent(purpose, id)
	}
	if reason == "" {
		return engine.Reveal, ""
	}
	return engine.Mask, reason
}

// Whole reports whether the edge is seen as it is, if need be on record.
func (t Tie) Whole() bool { return t.Seen == engine.Show || t.Seen == engine.Reveal }

// Reveal notes that an edge is revealed, as a field of each person at its ends: as
// in Person.worksAt, however it is reached. An edge that is shown to all needs no note.
func (c *Caller) Reveal(g *projection.Projection, t Tie, field string) {
	if t.Seen != engine.Reveal {
		return
	}
	for _, v := range t.persons {
		if v != projection.None {
			c.Note(g.Kind(v)+"."+field, Element{Kind: g.Model().Node(g.Kind(v)), ID: g.ID(v)})
		}
	}
}

// Coarse is what remains of a masked edge: one without properties and sources that
// leads to the province of its region, with an id that reveals no more; nil where nothing
// remains, as of an edge that leads to no region. It belongs to no store.
func (t Tie) Coarse(g *projection.Projection) *graph.Edge {
	region := g.Vertex(t.edge.To)
	if t.Seen != engine.Mask || g.Kind(region) != projection.Region {
		return nil
	}
	at := Province(g, region)
	if at == projection.None {
		return nil
	}
	to := g.ID(at)
	return &graph.Edge{
		ID: g.NewEdgeID(t.edge.Kind, g.Vertex(t.edge.From), at), Kind: t.edge.Kind, From: t.edge.From, To: to,
		Facts: []graph.Fact{{Provenance: graph.Provenance{Grade: t.edge.Grade()}}},
	}
}

// Province is the region to which the mask of a region reaches: its province, or the
// country itself; None if the view has no such region.
func Province(g *projection.Projection, region projection.Vertex) projection.Vertex {
	area := g.AreaOf(region)
	if area == projection.Country || len(area) < 2 {
		return region
	}
	return g.RegionByCode(area[:2] + "0000")
}

// MasksPersons reports whether the caller sees the values of persons masked, since its
// role does or it states no purpose.
func (c *Caller) MasksPersons() bool {
	row, purpose := c.Role.row()
	a := row.See(schema.Personal, true)
	return a == schema.Mask || a == schema.Audit && purpose == nil
}

// MasksTies reports whether the caller sees the edges of a kind masked where they are those
// of persons, and so neither where they lead nor how many there are at a node.
func (c *Caller) MasksTies(kind string) bool {
	row, purpose := c.Role.row()
	a := row.See(schema.Personal, true)
	return a == schema.Mask || a == schema.Audit && (purpose == nil || !purpose.OpensEdges(kind))
}

// RevealsTies reports whether the caller sees the edges of a kind of persons of its scope
// as they are, on record, where their consent permits it.
func (c *Caller) RevealsTies(kind string) bool {
	row, purpose := c.Role.row()
	return row.See(schema.Personal, true) == schema.Audit && purpose != nil && purpose.OpensEdges(kind)
}

// fewest is the least number of persons of which a caller that sees them masked learns
// the number.
const fewest = 5

// Count says whether the caller may learn a number of persons, of the whole view or a
// search in it. One that sees persons masked learns none below five, zero included: a
// small number says something about each of them, and the difference of two numbers is a small
// number. So it learns none at all of the persons at one node, see [Caller.MasksPersons].
func (c *Caller) Count(persons int) bool { return persons >= fewest || !c.MasksPersons() }

// CountOf is what the caller may learn of the number of a kind, false for nothing. Of a kind
// of edges that has edges of persons, which ties counts, and others, it learns the number of
// the others.
func (c *Caller) CountOf(model *schema.Model, kind *schema.Kind, count int, ties func() int) (int, bool) {
	switch {
	case !c.MasksPersons():
		return count, true
	case kind.IsEdge() && Ties(model, kind) && !OnlyTies(model, kind):
		return count - ties(), true
	case kind.IsEdge() && Ties(model, kind) || Personal(model, kind.Name):
		return count, c.Count(count)
	}
	return count, true
}

// OnlyTies reports whether every edge of a kind states something of a person: whether
// all kinds at one of its ends are personal.
func OnlyTies(model *schema.Model, edge *schema.Kind) bool {
	every := func(kinds []string) bool {
		return !slices.ContainsFunc(kinds, func(kind string) bool { return !Personal(model, kind) })
	}
	return every(edge.Edge.From) || every(edge.Edge.To)
}

// TiesBesideOthers is the number of edges of persons of a kind that has others, too;
// 0 for a kind that has no others. It is computed once for a picture.
func TiesBesideOthers(g *projection.Projection, edge *schema.Kind) int {
	if OnlyTies(g.Model(), edge) {
		return 0
	}
	type key string
	return g.Memo(key(edge.Name), func() any {
		count := 0
		for _, k := range g.Model().Nodes {
			if k.Sensitivity != schema.Personal {
				continue
			}
			for v, end := g.Range(k.Name); v < end; v++ {
				count += g.Out(edge.Name, v).Len() + g.In(edge.Name, v).Len()
			}
		}
		return count
	}).(int)
}

// NamesSources reports whether the caller may learn the names of the sources of a vertex of
// the view g, which for a person may be those of an employer or of the person: for a
// purpose, whoever may see all that identifies the person. That they are revealed is noted
// as in Person.sources.
func (c *Caller) NamesSources(g *projection.Projection, v projection.Vertex) bool {
	k := g.Model().Node(g.Kind(v))
	if k == nil || k.Sensitivity != schema.Personal {
		return true
	}
	seen := c.statesPerson(g, v, "sources", func(p *schema.Purpose, _ string) bool { return p.Identifies(k) })
	if seen == engine.Reveal {
		c.Note(k.Name+".sources", Element{Kind: k, ID: g.ID(v)})
	}
	return seen == engine.Show || seen == engine.Reveal
}
