package gaps

import (
	"cmp"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/projects"
	"liantu/graph/statements"
)

// Companies returns the local companies at the link or below it, and those that produce
// there in projects of the region: those that lead first, then the larger, then in the order of the picture.
func (v *Verdict) Companies() []projection.Vertex {
	a := v.assessor
	companies := slices.Clone(a.present(v.Link))
	leading := a.leading(v.Link)
	follows := func(company projection.Vertex) int {
		if _, leads := slices.BinarySearch(leading, company); leads {
			return 0
		}
		return 1
	}
	slices.SortFunc(companies, func(x, y projection.Vertex) int {
		return cmp.Or(cmp.Compare(follows(x), follows(y)), a.Picture.LargestFirst(x, y))
	})
	return companies
}

// Evidence returns the statements that put the local companies at the link or
// below it, in the order of [Verdict.Companies] and within a company by best
// grade, then link. A company may be there by several. Of one that produces there
// the FILLS edge of its project is the statement.
func (v *Verdict) Evidence() []Evidence {
	var found []Evidence
	for _, company := range v.Companies() {
		if v.assessor.isLocal(company) {
			found = append(found, EvidenceOf(&v.assessor.View, company, v.Link)...)
		}
		found = append(found, v.produced(company)...)
	}
	return found
}

// produced returns the statements that projects in which a company produces fill the link.
func (v *Verdict) produced(company projection.Vertex) []Evidence {
	p := v.assessor.Picture
	var found []Evidence
	for _, x := range v.Pipeline() {
		if x.Stage != projects.Producing || !slices.Contains(x.Companies, company) {
			continue
		}
		edge, _, _ := p.Edge(projection.Fills, x.number)
		stated := statements.Best(edge)
		found = append(found, Evidence{
			Company: company, Link: x.Link, Edge: x.Edge, Source: stated.Source, AsOf: stated.AsOf, Assumed: stated.Assumed,
			Grade: edge.Grade(), Leader: p.Leads(company), Share: Missing(NoShare), Synthetic: x.Synthetic,
		})
	}
	return found
}

// EvidenceOf returns the statements that put one company at a link or below it,
// as far as a view of a region counts them, by best grade, then link.
func EvidenceOf(v *area.View, company, link projection.Vertex) []Evidence {
	below := v.Picture.CountedAt(link)
	arcs := v.Picture.Out(projection.OperatesIn, company)
	var found []Evidence
	for i, at := range arcs.Others {
		number := arcs.Edges[i]
		edge, _, _ := v.Picture.Edge(projection.OperatesIn, number)
		if _, ok := slices.BinarySearch(below, at); !ok || edge.Grade() > v.Grade || !v.Picture.Current(projection.OperatesIn, number) {
			continue
		}
		stated := statements.Best(edge)
		e := Evidence{
			Company: company, Link: at, Edge: edge.ID, Source: stated.Source, AsOf: stated.AsOf, Assumed: stated.Assumed, Grade: edge.Grade(),
			Share: Missing(NoShare), Synthetic: v.Picture.Synthetic(company),
		}
		if value, ok := edge.Get("revenue_share"); ok {
			if share, ok := value.(float64); ok {
				e.Share = Known(share)
			}
		}
		if value, _ := edge.Get("leader"); value == true {
			e.Leader = true
		}
		if value, _ := edge.Get("synthetic"); value == true {
			e.Synthetic = true
		}
		found = append(found, e)
	}
	slices.SortStableFunc(found, func(x, y Evidence) int { return cmp.Compare(x.Grade, y.Grade) })
	return found
}

// Sources returns the sources that state what [Verdict.Evidence] lists, the
// one with the most statements first, then by name.
func (v *Verdict) Sources() []SourceUse {
	a := v.assessor
	uses := map[string]*SourceUse{}
	for _, x := range v.Pipeline() {
		if x.Stage == projects.Producing && len(x.Companies) > 0 {
			edge, _, _ := a.Picture.Edge(projection.Fills, x.number)
			for _, f := range edge.Facts {
				if f.Property == "" {
					a.use(uses, f)
				}
			}
		}
	}
	for _, company := range a.local(a.Presence.At(v.Link)) {
		arcs := a.Picture.Out(projection.OperatesIn, company)
		for i, at := range arcs.Others {
			edge, _, _ := a.Picture.Edge(projection.OperatesIn, arcs.Edges[i])
			if _, ok := slices.BinarySearch(a.Picture.CountedAt(v.Link), at); !ok || !a.Picture.Current(projection.OperatesIn, arcs.Edges[i]) {
				continue
			}
			for _, f := range edge.Facts {
				if f.Property == "" && f.Grade <= a.Grade {
					a.use(uses, f)
				}
			}
		}
	}
	found := make([]SourceUse, 0, len(uses))
	for _, u := range uses {
		found = append(found, *u)
	}
	slices.SortFunc(found, func(x, y SourceUse) int {
		return cmp.Or(cmp.Compare(y.Statements, x.Statements), cmp.Compare(x.Name, y.Name))
	})
	return found
}

// use counts a fact for its source.
func (a *Assessor) use(uses map[string]*SourceUse, f graph.Fact) {
	u := uses[f.Source]
	if u == nil {
		u = &SourceUse{Name: f.Source, Source: projection.None}
		if v, err := a.Picture.Lookup(f.Source, projection.Source); err == nil {
			u.Source = v
		}
		uses[f.Source] = u
	}
	u.Statements++
	u.Span = u.With(f.Provenance)
}
