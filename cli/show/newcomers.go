package show

import (
	"strings"

	"liantu/graph/newcomers"
	"liantu/graph/projection"
	"liantu/schema"
)

// Newcomers says, a line each, which companies are supposed that the graph does not hold, and
// at which links.
func (l Language) Newcomers(p *projection.Projection, supposed []*newcomers.Found) []string {
	lines := make([]string, len(supposed))
	for i, n := range supposed {
		links := make([]string, len(n.Links))
		for k, link := range n.Links {
			links[k] = l.Name(p, link)
		}
		from := schema.Text{}
		if n.From != projection.None {
			from = schema.Text{Zh: "（来自" + l.Name(p, n.From) + "）", En: " (from " + l.Name(p, n.From) + ")"}
		}
		lines[i] = l.Text(schema.Text{
			Zh: "假设落地：" + n.Name + from.Zh + "，处于" + strings.Join(links, "、") + "；图谱中没有这家企业，只计为已有，不参与强弱评定",
			En: "supposed to land: " + n.Name + from.En + ", at " + strings.Join(links, ", ") + "; the graph does not hold it, so it counts as present and not in any strength",
		})
	}
	return lines
}
