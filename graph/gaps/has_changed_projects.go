package gaps

import (
	"liantu/graph"
	"liantu/graph/projects"
	"liantu/schema"
)

// progressed states what became of the projects that fill a link.
func progressed(before, after *Verdict) []schema.Text {
	if before == nil || after == nil {
		return nil
	}
	return projects.Progressed(before.progress(), after.progress())
}

// progress returns how far the projects that fill the link are, by their first keys.
func (v *Verdict) progress() map[graph.Key]projects.Step {
	found := map[graph.Key]projects.Step{}
	p := v.assessor.Picture
	for _, x := range v.Pipeline() {
		key := p.Node(x.Project).Keys[0]
		zh, en := NameOf(p, x.Project)
		found[key] = projects.Step{Key: key, Name: schema.Text{Zh: zh, En: en}, Stage: projects.StageLabel(p, x.Stage), Alive: x.Alive}
	}
	return found
}
