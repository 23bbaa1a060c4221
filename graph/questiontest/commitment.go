package questiontest

import (
	"slices"
	"strings"

	"liantu/graph"
)

// Commitment is what a company has agreed to already at a link, as the oracle sees it from
// a region.
type Commitment struct {
	Known    bool    // there are projects or targets at all
	Value    float64 // 1 for a project or an exclusion elsewhere, .5 for a pursuit elsewhere
	Excluded bool    // by a task force in charge of the region, of one around it or in it
	InHand   bool
	Stage    string // of the project by which it is in hand
	Dropped  bool   // it takes part in dropped projects only
	Spared   bool   // what would commit or exclude it is invented, or about another link
}

// Commitment finds the projects and the task forces of a company.
func (w *World) Commitment(company graph.ID, region string, link graph.ID) Commitment {
	c := Commitment{Known: w.stated["INVOLVES"]+w.stated["TARGETS"] > 0}
	for _, e := range w.edges {
		if e.To != company || e.Kind != "INVOLVES" && e.Kind != "TARGETS" {
			continue
		}
		isInvented := !w.isSynthetic(w.nodes[company].Get("synthetic")) &&
			(w.isSynthetic(w.nodes[e.From].Get("synthetic")) || w.isSynthetic(e.Get("synthetic")))
		if e.Kind == "INVOLVES" {
			w.involve(&c, e.From, w.region(region), link, isInvented)
		} else {
			w.target(&c, e, w.region(region), link, isInvented)
		}
	}
	if c.InHand {
		c.Value = 0
	}
	c.Dropped = c.Dropped && c.Value == 0
	return c
}

func (w *World) isSynthetic(value any, _ bool) bool { return value == true }

// involve adds a project of the company.
func (w *World) involve(c *Commitment, project graph.ID, region string, link graph.ID, isInvented bool) {
	stage := plain(w.nodes[project], "stage")
	if stage == "DROPPED" {
		c.Dropped = true
		return
	}
	here, near := region == "100000", false
	regions := w.regionsOfProject(project)
	for _, r := range regions {
		here = here || inside(r, region)
		near = near || inside(r, region) || inside(region, r)
	}
	fills, links, chains := false, false, false
	var onChain, onLine bool
	for _, e := range w.edges {
		if e.Kind != "FILLS" || e.From != project {
			continue
		}
		if w.kindOf[e.To] == "Link" {
			links = true
			fills = fills || w.counts[e.To][link]
			onLine = onLine || w.counts[e.To][link] || w.counts[link][e.To]
		} else {
			chains = true
			onChain = onChain || w.partOf(link, e.To)
		}
	}
	switch isAbout := onLine || !links && chains && onChain; {
	case here && fills:
		order := []string{"", "LEAD", "TALKS", "SIGNED", "LANDED", "BUILDING", "PRODUCING"}
		if !c.InHand || slices.Index(order, stage) > slices.Index(order, c.Stage) {
			c.Stage = stage
		}
		c.InHand = true
	case here || near || len(regions) == 0:
	case !isAbout || isInvented:
		c.Spared = true
	default:
		c.Value = 1
	}
}

// target adds a task force that has the company on its list.
func (w *World) target(c *Commitment, e *graph.Edge, region string, link graph.ID, isInvented bool) {
	isAbout, isStated := w.meant(text(e, "link"), link)
	if !isStated {
		for _, charge := range w.edges {
			if kind := w.kindOf[charge.To]; charge.Kind == "IN_CHARGE_OF" && charge.From == e.From && (kind == "Chain" || kind == "Ecosystem") {
				isStated = true
				isAbout = isAbout || w.partOf(link, charge.To)
			}
		}
	}
	excludes, regions := text(e, "status") == "EXCLUDED", w.regionsAt("IN_CHARGE_OF", e.From)
	switch ours := w.inCharge(e.From, region); {
	case ours && excludes && (isAbout || !isStated) && !isInvented:
		c.Excluded = true
	case ours && excludes:
		c.Spared = true
	case ours || len(regions) == 0:
	case !isAbout || isInvented:
		c.Spared = true
	case excludes:
		c.Value = 1
	default:
		c.Value = max(c.Value, 0.5)
	}
}

// meant reports whether a text that says what a company is wanted for is about a link, and
// whether it names anything of the graph.
func (w *World) meant(stated string, link graph.ID) (isAbout, isStated bool) {
	for _, divider := range []string{"，", "；", ",", ";", "/"} {
		stated = strings.ReplaceAll(stated, divider, "、")
	}
	for id, n := range w.nodes {
		kind := w.kindOf[id]
		if kind != "Link" && kind != "Chain" && kind != "Ecosystem" {
			continue
		}
		for _, part := range strings.Split(stated, "、") {
			if part != "" && (part == plain(n, "code") || part == plain(n, "name")) {
				isStated = true
				isAbout = isAbout || w.partOf(link, id) || kind == "Link" && (w.counts[id][link] || w.counts[link][id])
			}
		}
	}
	return isAbout, isStated
}

// partOf reports whether a link is or is part of something, by any number of steps.
func (w *World) partOf(part, whole graph.ID) bool {
	if w.kindOf[whole] == "Link" {
		return w.above[part][whole]
	}
	for _, e := range w.edges {
		if e.Kind == "PART_OF" && e.To == whole && (w.kindOf[e.From] == "Chain" && w.partOf(part, e.From) || w.above[part][e.From]) {
			return true
		}
	}
	return false
}

// inCharge reports whether a task force is in charge of a region, of one around
// it or of one in it.
func (w *World) inCharge(force graph.ID, region string) bool {
	return slices.ContainsFunc(w.regionsAt("IN_CHARGE_OF", force), func(code string) bool {
		return inside(code, region) || inside(region, code)
	})
}
