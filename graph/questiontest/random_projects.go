package questiontest

import "fmt"

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
	for i := range pick(r.rand, []int{0, 2, 4}) {
		force := r.Node("TaskForce", Props{"code": fmt.Sprintf("T%d", i), "name": fmt.Sprintf("专班%d", i)})
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
}
