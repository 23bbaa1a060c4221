package projects

import (
	"fmt"
	"maps"
	"slices"

	"liantu/graph"
	"liantu/schema"
)

// Progressed states which projects are new, gone or at another stage, and which have come to
// life or lost it by the age of their news; in the order of their keys.
func Progressed(was, is map[graph.Key]Step) []schema.Text {
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
		case x.Key == "":
			text = schema.Text{Zh: fmt.Sprintf("新增项目“%s”（%s）", y.Name.Zh, y.Stage.Zh), En: fmt.Sprintf("the project %s is new (%s)", y.Name.En, y.Stage.En)}
		case y.Key == "":
			text = schema.Text{Zh: fmt.Sprintf("项目“%s”已不在列", x.Name.Zh), En: fmt.Sprintf("the project %s is there no more", x.Name.En)}
		case x.Stage != y.Stage:
			text = schema.Text{
				Zh: fmt.Sprintf("项目“%s”%s → %s", y.Name.Zh, x.Stage.Zh, y.Stage.Zh),
				En: fmt.Sprintf("the project %s: %s → %s", y.Name.En, x.Stage.En, y.Stage.En),
			}
		case x.Alive && !y.Alive:
			text = schema.Text{Zh: fmt.Sprintf("项目“%s”久无进展", y.Name.Zh), En: fmt.Sprintf("the project %s has had no news for long", y.Name.En)}
		case !x.Alive && y.Alive:
			text = schema.Text{Zh: fmt.Sprintf("项目“%s”有新进展", y.Name.Zh), En: fmt.Sprintf("the project %s has news", y.Name.En)}
		default:
			continue
		}
		found = append(found, text)
	}
	return found
}

// Step is how far a project is in one picture.
type Step struct {
	Key         graph.Key // the first of the project
	Name, Stage schema.Text
	Alive       bool
}
