package questiontest

import (
	"slices"
	"time"

	"liantu/graph"
)

// pipeline are the projects of an area: who produces at which link, and the links that a
// project which is alive fills.
type pipeline struct {
	works map[graph.ID]map[graph.ID]bool // link → companies
	alive map[graph.ID]bool
}

// pipelineIn finds the projects of an area, for the country also those of no region.
func (w *World) pipelineIn(code string, months int) pipeline {
	p := pipeline{map[graph.ID]map[graph.ID]bool{}, map[graph.ID]bool{}}
	for _, e := range w.edges {
		if e.Kind != "FILLS" || w.kindOf[e.To] != "Link" {
			continue
		}
		here := slices.ContainsFunc(w.regionsOfProject(e.From), func(region string) bool { return inside(region, code) })
		if !here && code != "100000" {
			continue
		}
		stage := plain(w.nodes[e.From], "stage")
		for link := range w.counts[e.To] {
			if w.isAlive(e.From, months) {
				p.alive[link] = true
			}
			for company := range w.companiesOf(e.From) {
				if p.works[link] == nil {
					p.works[link] = map[graph.ID]bool{}
				}
				if stage == "PRODUCING" {
					p.works[link][company] = true
				}
			}
		}
	}
	return p
}

// regionsOfProject returns the area codes of the regions of a project.
func (w *World) regionsOfProject(project graph.ID) []string {
	codes := w.regionsAt("LOCATED_IN", project)
	if len(codes) > 0 {
		return codes
	}
	for _, e := range w.edges {
		if part, _ := e.Get("part"); e.Kind == "INVOLVES" && e.From == project && w.kindOf[e.To] == "Park" && part == "LOCATION" {
			codes = append(codes, w.regionsAt("LOCATED_IN", e.To)...)
		}
	}
	if len(codes) > 0 {
		return codes
	}
	for _, e := range w.edges {
		if e.Kind == "IN_CHARGE_OF" && e.To == project {
			codes = append(codes, w.regionsAt("IN_CHARGE_OF", e.From)...)
		}
	}
	return codes
}

func (w *World) regionsAt(kind string, from graph.ID) []string {
	var codes []string
	for _, e := range w.edges {
		if e.Kind == kind && e.From == from && w.kindOf[e.To] == "Region" {
			codes = append(codes, area(w.codeOf[e.To]))
		}
	}
	return codes
}

// companiesOf returns the companies of a project, of its own or of its investors.
func (w *World) companiesOf(project graph.ID) map[graph.ID]bool {
	for _, wanted := range []string{"PROJECT_COMPANY", "INVESTOR"} {
		found := map[graph.ID]bool{}
		for _, e := range w.edges {
			if part, _ := e.Get("part"); e.Kind == "INVOLVES" && e.From == project && part == wanted && w.kindOf[e.To] == "Company" {
				found[e.To] = true
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// isAlive reports whether a project is signed and has news of late.
func (w *World) isAlive(project graph.ID, months int) bool {
	n := w.nodes[project]
	if !slices.Contains([]string{"SIGNED", "LANDED", "BUILDING", "PRODUCING"}, plain(n, "stage")) {
		return false
	}
	news := ""
	for _, f := range n.Facts {
		news = max(news, lastDay(f.AsOf))
	}
	for _, date := range []string{
		"first_contact", "signed_on", "landed_on", "land_on", "started_on", "completed_on", "producing_on", "full_capacity_on",
	} {
		news = max(news, lastDay(plain(n, date)))
	}
	day, err := time.Parse(time.DateOnly, w.day)
	since := day.AddDate(0, -months, 0)
	for since.Day() < day.Day() && since.Day() < 4 { // the month is too short: its last day
		since = since.AddDate(0, 0, -1)
		if since.Day() > 27 {
			break
		}
	}
	return err == nil && news >= since.Format(time.DateOnly)
}

// present returns the companies that are at a link in the region or produce there.
func (o *oracle) present(link graph.ID) map[graph.ID]bool {
	found := map[graph.ID]bool{}
	for company := range o.known.there[link] {
		if inside(o.place[company], o.here) {
			found[company] = true
		}
	}
	for company := range o.projects.works[link] {
		found[company] = true
	}
	return found
}

// leaders counts those of present that lead.
func (o *oracle) leaders(link graph.ID) int {
	n := 0
	for company := range o.present(link) {
		own, _ := o.nodes[company].Get("leader")
		if o.known.leading[link][company] && inside(o.place[company], o.here) || own == true {
			n++
		}
	}
	return n
}
