package candidates

import (
	"fmt"
	"slices"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/statements"
	"liantu/schema"
)

// How much what a company has already agreed to counts against it.
const (
	committedProject   = 1.0 // it takes part in a project that is not dropped, or another task force excludes it
	committedElsewhere = 0.5 // a task force of another region pursues it
)

// statusExcluded is the status of a target that a task force does not want.
const statusExcluded = "EXCLUDED"

// pursuits lists the task forces that have a company on their lists.
func (s *scout) pursuits(company projection.Vertex) []Pursuit {
	targets := s.Picture.In(projection.Targets, company)
	var found []Pursuit
	for i, force := range targets.Others {
		if !s.Picture.Current(projection.Targets, targets.Edges[i]) {
			continue
		}
		edge, _, _ := s.Picture.Edge(projection.Targets, targets.Edges[i])
		stated := statements.Best(edge)
		x := Pursuit{TaskForce: force, AsOf: stated.AsOf, Assumed: stated.Assumed, Edge: edge.ID, Ours: s.ours(force)}
		status, _ := edge.Get("status")
		x.Status, _ = status.(string)
		since, _ := edge.Get("valid_from")
		x.Since, _ = since.(string)
		found = append(found, x)
	}
	return found
}

// exclusionOf returns the first pursuit by which a task force of ours excludes a
// company, nil if none does.
func exclusionOf(pursuits []Pursuit) *Pursuit {
	i := slices.IndexFunc(pursuits, func(x Pursuit) bool { return x.Ours && x.Status == statusExcluded })
	if i < 0 {
		return nil
	}
	return &pursuits[i]
}

// commitment is what a company has agreed to that counts most: a project, else
// a pursuit, else nothing that is known.
type commitment struct {
	value   gaps.Figure
	project projection.Vertex // None if it is no project
	edge    graph.ID          // of the project
	pursuit *Pursuit
}

// commitmentOf finds what a company has already agreed to. That a task force of
// ours pursues it counts 0.
func (s *scout) commitmentOf(company projection.Vertex, pursuits []Pursuit) commitment {
	if s.Picture.EdgeCount(projection.Involves)+s.Picture.EdgeCount(projection.Targets) == 0 {
		return commitment{value: gaps.Missing(gaps.NoProjectsKnown), project: projection.None}
	}
	involved := s.Picture.In(projection.Involves, company)
	for i, project := range involved.Others {
		if s.Picture.Current(projection.Involves, involved.Edges[i]) && s.Picture.Text(project, "stage") != "DROPPED" {
			edge, _, _ := s.Picture.Edge(projection.Involves, involved.Edges[i])
			return commitment{value: gaps.Known(committedProject), project: project, edge: edge.ID}
		}
	}
	best := commitment{value: gaps.Known(0), project: projection.None}
	for i := range pursuits {
		x := &pursuits[i]
		value := committedElsewhere
		if x.Status == statusExcluded {
			value = committedProject
		}
		if x.Ours {
			value = 0
		}
		if value > best.value.Or(0) || x.Ours && best.pursuit == nil {
			best.value, best.pursuit = gaps.Known(value), x
		}
	}
	return best
}

// commitment states what a company has already agreed to. Its points are
// subtracted from the score.
func (s *scout) commitment(c *Candidate) gaps.Valuation {
	found := s.commitmentOf(c.Company, c.Pursuits)
	f := gaps.Valuation{Value: found.value, Unknown: found.value.Why()}
	switch {
	case f.Unknown != "":
	case found.project != projection.None:
		zh, en := gaps.NameOf(s.Picture, found.project)
		f.Edges = []graph.ID{found.edge}
		f.Text = schema.Text{
			Zh: fmt.Sprintf("已参与项目“%s”。", zh), En: fmt.Sprintf("It takes part in the project %s already.", en),
		}
	case found.pursuit != nil:
		f.Edges, f.Text = []graph.ID{found.pursuit.Edge}, s.pursued(found.pursuit)
	default:
		f.Text = schema.Text{Zh: "未见在谈项目或他方跟进。", En: "No project and no other pursuer is known."}
	}
	return f
}

// pursued states who pursues a company, with which status and since when.
func (s *scout) pursued(x *Pursuit) schema.Text {
	zh, en := gaps.NameOf(s.Picture, x.TaskForce)
	status := schema.Text{Zh: "状态不详", En: "status unknown"}
	if v := s.Picture.Model().EdgeKind(projection.Targets).Property("status").Value(x.Status); v != nil {
		status = v.Label
	}
	since := schema.Text{}
	if x.Since != "" {
		since = schema.Text{Zh: "，自 " + x.Since + " 起", En: ", since " + x.Since}
	}
	return schema.Text{
		Zh: fmt.Sprintf("“%s”已将其列为目标（%s%s）。", zh, status.Zh, since.Zh),
		En: fmt.Sprintf("%s has it on its list of targets (%s%s).", en, status.En, since.En),
	}
}

// ours reports whether a task force is in charge of the region or of one that
// contains it or lies in it.
func (s *scout) ours(force projection.Vertex) bool {
	charges := s.Picture.Out(projection.InChargeOf, force)
	for i, object := range charges.Others {
		if s.Picture.Kind(object) != projection.Region || !s.Picture.Current(projection.InChargeOf, charges.Edges[i]) {
			continue
		}
		if area := s.Picture.AreaOf(object); projection.Within(s.Code, area) || projection.Within(area, s.Code) {
			return true
		}
	}
	return false
}
