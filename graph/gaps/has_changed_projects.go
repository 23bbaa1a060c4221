package gaps

import (
	"fmt"
	"maps"
	"slices"

	"liantu/graph"
	"liantu/graph/projects"
	"liantu/schema"
)

// progressed states which projects that fill a link are new, gone or at another stage, and
// which have come to life or lost it by the age of their news; in the order of their keys.
func progressed(before, after *Verdict) []schema.Text {
	if before == nil || after == nil {
		return nil
	}
	was, is := before.progress(), after.progress()
	keys := slices.Sorted(maps.Keys(was))
	for key := range is {
		if _, known := was[key]; !known {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	var found []schema.Text
	for _, key := range keys {
		x, y := was[key], is[key]
		var text schema.Text
		switch {
		case x.key == "":
			text = schema.Text{Zh: fmt.Sprintf("新增项目“%s”（%s）", y.name.Zh, y.stage.Zh), En: fmt.Sprintf("the project %s is new (%s)", y.name.En, y.stage.En)}
		case y.key == "":
			text = schema.Text{Zh: fmt.Sprintf("项目“%s”已不在列", x.name.Zh), En: fmt.Sprintf("the project %s is there no more", x.name.En)}
		case x.stage != y.stage:
			text = schema.Text{
				Zh: fmt.Sprintf("项目“%s”%s → %s", y.name.Zh, x.stage.Zh, y.stage.Zh),
				En: fmt.Sprintf("the project %s: %s → %s", y.name.En, x.stage.En, y.stage.En),
			}
		case x.alive && !y.alive:
			text = schema.Text{Zh: fmt.Sprintf("项目“%s”久无进展", y.name.Zh), En: fmt.Sprintf("the project %s has had no news for long", y.name.En)}
		case !x.alive && y.alive:
			text = schema.Text{Zh: fmt.Sprintf("项目“%s”有新进展", y.name.Zh), En: fmt.Sprintf("the project %s has news", y.name.En)}
		default:
			continue
		}
		found = append(found, text)
	}
	return found
}

// step is how far a project is in one picture.
type step struct {
	key         graph.Key
	name, stage schema.Text
	alive       bool
}

// progress returns how far the projects that fill the link are, by their first keys.
func (v *Verdict) progress() map[graph.Key]step {
	found := map[graph.Key]step{}
	p := v.assessor.Picture
	for _, x := range v.Pipeline() {
		key := p.Node(x.Project).Keys[0]
		zh, en := NameOf(p, x.Project)
		found[key] = step{key, schema.Text{Zh: zh, En: en}, projects.StageLabel(p, x.Stage), x.Alive}
	}
	return found
}
