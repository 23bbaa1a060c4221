package candidates

import (
	"fmt"
	"slices"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/projects"
	"liantu/graph/statements"
	"liantu/schema"
)

// How much what a company has already agreed to counts against it.
const (
	committedProject   = 1.0 // it takes part in a project of elsewhere, or a task force of elsewhere excludes it
	committedElsewhere = 0.5 // a task force of elsewhere pursues it
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
		stated, charge := statements.Best(edge), s.chargeOf(force)
		x := Pursuit{
			TaskForce: force, AsOf: stated.AsOf, Assumed: stated.Assumed, Edge: edge.ID,
			Ours: charge.ours, elsewhere: charge.elsewhere, speaks: s.speaksOf(force, edge, company),
		}
		if x.about = s.aboutOf(wantedFor(s.Picture)[targets.Edges[i]]); x.about == notKnown {
			x.about = s.aboutOf(charge.scopes)
		}
		for _, text := range []struct {
			property string
			to       *string
		}{{"status", &x.Status}, {"valid_from", &x.Since}, {"link", &x.Link}} {
			value, _ := edge.Get(text.property)
			*text.to, _ = value.(string)
		}
		found = append(found, x)
	}
	return found
}

// exclusionOf returns the first pursuit by which a task force of ours excludes a
// company from the link, nil if none does.
func exclusionOf(pursuits []Pursuit) *Pursuit {
	i := slices.IndexFunc(pursuits, func(x Pursuit) bool {
		return x.Ours && x.Status == statusExcluded && x.speaks && x.about != another
	})
	if i < 0 {
		return nil
	}
	return &pursuits[i]
}

// commitment is what a company has agreed to that counts most: to be in hand, a project of
// elsewhere, a pursuit, or nothing that is known.
type commitment struct {
	value   gaps.Figure
	hand    *InHand
	project *involvement // of elsewhere about the link
	pursuit *Pursuit
	own     *involvement // the first project of the region; nil if the company is in hand
}

// commitmentOf finds what a company has already agreed to. That a task force of
// ours pursues it counts 0.
func (s *scout) commitmentOf(company projection.Vertex, pursuits []Pursuit) commitment {
	if s.Picture.EdgeCount(projection.Involves)+s.Picture.EdgeCount(projection.Targets) == 0 {
		return commitment{value: gaps.Missing(gaps.NoProjectsKnown)}
	}
	involved := s.involvements(company)
	found := commitment{value: gaps.Known(0), hand: s.inHand(involved)}
	if found.hand != nil {
		return found
	}
	for i := range involved {
		switch x := &involved[i]; {
		case !s.speaksOf(x.Project.Project, x.edge, company):
		case x.In(s.Code):
			if found.own == nil {
				found.own = x
			}
		case x.Elsewhere(s.Code) && s.aboutProject(x.Project) == thisLink && found.project == nil:
			found.value, found.project = gaps.Known(committedProject), x
		}
	}
	if found.project == nil {
		s.weighPursuits(&found, pursuits)
	}
	return found
}

// weighPursuits finds the pursuit that counts most.
func (s *scout) weighPursuits(found *commitment, pursuits []Pursuit) {
	for i := range pursuits {
		x := &pursuits[i]
		value := 0.0
		switch {
		case !x.speaks:
			continue
		case x.Ours:
		case !x.elsewhere || x.about != thisLink:
			continue
		case x.Status == statusExcluded:
			value = committedProject
		default:
			value = committedElsewhere
		}
		if value > found.value.Or(0) || x.Ours && found.pursuit == nil {
			found.value, found.pursuit = gaps.Known(value), x
		}
	}
}

// commitment states what a company has already agreed to. Its points are
// subtracted from the score.
func (s *scout) commitment(c *Candidate) gaps.Valuation {
	found := s.commitmentOf(c.Company, c.Pursuits)
	c.InHand = found.hand
	f := gaps.Valuation{Value: found.value, Unknown: found.value.Why()}
	switch {
	case f.Unknown != "":
	case found.hand != nil:
		f.Edges, f.Text = []graph.ID{found.hand.Involves, found.hand.Fills}, s.handled(found.hand)
	case found.project != nil:
		zh, en := gaps.NameOf(s.Picture, found.project.Project.Project)
		f.Edges = []graph.ID{found.project.edge.ID}
		f.Text = schema.Text{
			Zh: fmt.Sprintf("已参与外地针对该环节的项目“%s”。", zh), En: fmt.Sprintf("It takes part in %s, a project of another region at this link.", en),
		}
	case found.pursuit != nil:
		f.Edges, f.Text = []graph.ID{found.pursuit.Edge}, s.pursued(found.pursuit)
	case found.own == nil:
		f.Text = schema.Text{Zh: "未见外地在该环节的项目或跟进。", En: "No project and no pursuit of another region at this link is known."}
	}
	if found.own != nil {
		zh, en := gaps.NameOf(s.Picture, found.own.Project.Project)
		f.Edges = append(f.Edges, found.own.edge.ID)
		f.Text.Zh += fmt.Sprintf("已在本地推进另一项目“%s”。", zh)
		en = fmt.Sprintf("It takes part in %s, a project of the region at another link.", en)
		if f.Text.En != "" {
			en = " " + en
		}
		f.Text.En += en
	}
	return f
}

// handled states the project by which a company is in hand.
func (s *scout) handled(h *InHand) schema.Text {
	zh, en := gaps.NameOf(s.Picture, h.Project)
	stage := projects.StageLabel(s.Picture, h.Stage)
	if h.Synthetic {
		stage.Zh, stage.En = stage.Zh+"，虚构", stage.En+", invented"
	}
	return schema.Text{
		Zh: fmt.Sprintf("在手：本地项目“%s”已由其推进该环节（%s，最近进展 %s）。", zh, stage.Zh, h.News),
		En: fmt.Sprintf("In hand: it takes part in %s, a project of the region at this link (%s, last news %s).", en, stage.En, h.News),
	}
}

// pursued states who pursues a company, for what, with which status and since when.
func (s *scout) pursued(x *Pursuit) schema.Text {
	zh, en := gaps.NameOf(s.Picture, x.TaskForce)
	status := schema.Text{Zh: "状态不详", En: "status unknown"}
	if v := s.Picture.Model().EdgeKind(projection.Targets).Property("status").Value(x.Status); v != nil {
		status = v.Label
	}
	if x.Link != "" {
		status.Zh, status.En = "主攻"+x.Link+"，"+status.Zh, "for "+x.Link+", "+status.En
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
