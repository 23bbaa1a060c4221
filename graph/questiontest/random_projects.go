package questiontest

import (
	"fmt"
	"slices"

	"liantu/graph"
)

// The values that projects are drawn from.
var (
	drawnStages = []string{
		"", "LEAD", "TALKS", "SIGNED", "SIGNED", "LANDED", "BUILDING", "PRODUCING", "PRODUCING", "DROPPED", "DROPPED",
	}
	drawnParts = []string{"", "PROJECT_COMPANY", "INVESTOR", "INVESTOR", "PARTNER"}
)

// drawProjects adds projects of every stage that involve companies, fill links and
// are in regions, in parks or in the charge of task forces, and task forces that pursue
// or exclude some companies.
func (r *drawing) drawProjects() {
	if len(r.companies) == 0 || r.one(6) {
		return
	}
	park := r.Node("Park", Props{"code": "P1", "name": "园区"})
	if r.one(2) {
		r.Edge("LOCATED_IN", park, pick(r.rand, r.regions), r.period(Props{}))
	}
	for i := range pick(r.rand, []int{0, 4, 12}) {
		r.drawProject(i)
		project := r.projects[i]
		for range pick(r.rand, []int{0, 1, 2, 3}) {
			props := r.period(Props{})
			if part := pick(r.rand, drawnParts); part != "" {
				props["part"] = part
			}
			r.Edge("INVOLVES", project, pick(r.rand, r.companies), props)
		}
		if r.one(2) {
			r.Edge("INVOLVES", project, park, Props{"part": pick(r.rand, []string{"LOCATION", "LOCATION", "PARTNER"})})
		}
		if r.one(2) {
			r.Edge("LOCATED_IN", project, pick(r.rand, r.regions), r.period(Props{}))
		}
		for range pick(r.rand, []int{0, 1, 1, 2}) {
			r.Edge("FILLS", project, pick(r.rand, r.links), r.period(Props{}))
		}
	}
	r.drawForces()
}

// drawProject adds a project as of some day, with news or without.
func (r *drawing) drawProject(i int) {
	old := r.Provenance
	if r.one(2) {
		r.Provenance.AsOf = pick(r.rand, []string{"2020", "2022-12", "2023-01", "2022-12-30"})
	}
	props := Props{"code": fmt.Sprintf("X%d", i), "name": fmt.Sprintf("项目%d", i)}
	if stage := pick(r.rand, drawnStages); stage != "" {
		props["stage"] = stage
	}
	if r.one(3) {
		props[pick(r.rand, []string{"signed_on", "producing_on", "first_contact"})] = pick(r.rand, []string{"2019", "2022-12-29", "2023", "2024-01"})
	}
	r.projects = append(r.projects, r.Node("Project", props))
	r.Provenance = old
}

// drawForces adds task forces.
func (r *drawing) drawForces() {
	statuses := []string{"LISTED", "TALKS", "EXCLUDED", ""}
	var forces []graph.Key
	for i := range pick(r.rand, []int{0, 2, 4}) {
		force := r.Node("TaskForce", Props{"code": fmt.Sprintf("T%d", i), "name": fmt.Sprintf("专班%d", i)})
		forces = append(forces, force)
		for range pick(r.rand, []int{0, 1, 2}) {
			r.Edge("IN_CHARGE_OF", force, pick(r.rand, r.regions), r.period(Props{}))
		}
		if len(r.projects) > 0 {
			r.Edge("IN_CHARGE_OF", force, pick(r.rand, r.projects), r.period(Props{}))
		}
		for range pick(r.rand, []int{1, 5, 9}) {
			props := r.period(Props{})
			if status := pick(r.rand, statuses); status != "" {
				props["status"] = status
			}
			r.Edge("TARGETS", force, pick(r.rand, r.companies), props)
		}
	}
	r.drawAims(forces)
}

// drawAims says what task forces and some of their targets are about, lets projects fill
// chains, and marks some of them, and some companies, as invented.
func (r *drawing) drawAims(forces []graph.Key) {
	texts := []string{"l0", "l1", "l2", "l3、l4", "环节1", "c1", "链二", "eco", "nowhere", "l0，nowhere", "nowhere/c2"}
	for _, force := range forces {
		for range pick(r.rand, []int{0, 1, 1, 2}) {
			r.Edge("IN_CHARGE_OF", force, pick(r.rand, r.scopes), r.period(Props{}))
		}
		if r.one(5) {
			r.invent("TaskForce", force)
		}
		for range pick(r.rand, []int{0, 4, 8}) {
			props := Props{"link": pick(r.rand, texts), "status": pick(r.rand, []string{"LISTED", "EXCLUDED"})}
			if r.one(6) {
				props["synthetic"] = true
			}
			r.Edge("TARGETS", force, pick(r.rand, r.companies), props)
		}
	}
	for _, project := range r.projects {
		if r.one(3) {
			r.Edge("FILLS", project, pick(r.rand, r.scopes[1:]), r.period(Props{}))
		}
		if r.one(6) {
			r.invent("Project", project)
		}
	}
	for _, company := range r.companies {
		if r.one(5) {
			r.invent("Company", company)
		}
	}
}

// invent marks a node as invented, by the words of its first statement.
func (r *drawing) invent(kind string, key graph.Key) {
	for i, n := range r.batch.Nodes {
		if n.Kind == kind && n.Keys[0] == key {
			n.Facts = append(n.Facts, graph.Fact{Property: "synthetic", Value: true, Provenance: n.Facts[0].Provenance})
			slices.SortFunc(n.Facts, graph.CompareFacts)
			r.batch.Nodes[i] = n
			return
		}
	}
}
