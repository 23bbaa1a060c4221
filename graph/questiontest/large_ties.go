package questiontest

import (
	"fmt"

	"liantu/graph"
)

// tie adds the edges of companies with each other and with people.
func (g *Generator) tie(companies, cities []graph.ID) error {
	one := func(list []graph.ID) graph.ID { return list[g.Rand.IntN(len(list))] }
	for _, company := range companies {
		if g.Rand.IntN(10) == 0 {
			if err := g.between("SUPPLIES", company, one(companies), nil); err != nil {
				return err
			}
		}
		switch g.Rand.IntN(40) {
		case 0:
			if err := g.between("INVESTS_IN", company, one(companies), map[string]any{"ratio": g.Rand.Float64()}); err != nil {
				return err
			}
		case 1:
			if err := g.Edge("LOCATED_IN", company, g.crowded(cities), map[string]any{"role": "SITE"}); err != nil {
				return err
			}
		}
	}
	for i := range len(companies)/1000 + 3 {
		if err := g.contacts(i, func() graph.ID { return one(companies) }, func() graph.ID { return one(cities) }); err != nil {
			return err
		}
	}
	return nil
}

// between adds an edge between two different companies.
func (g *Generator) between(kind string, from, to graph.ID, props map[string]any) error {
	if from == to {
		return nil
	}
	return g.Edge(kind, from, to, props)
}

// contacts adds a person, an intermediary, a project and a task force.
func (g *Generator) contacts(i int, company, city func() graph.ID) error {
	named := func(kind string, props map[string]any) graph.ID {
		props["code"], props["name"] = fmt.Sprintf("%s-%d", kind, i), fmt.Sprintf("示例%s%d", kind, i)
		if kind == "Intermediary" {
			delete(props, "code")
		}
		props["synthetic"] = true
		id, err := g.Node(kind, props)
		if err != nil {
			g.fault = err
		}
		return id
	}
	tie := func(kind string, from, to graph.ID, props map[string]any) {
		if err := g.Edge(kind, from, to, props); err != nil {
			g.fault = err
		}
	}
	person := named("Person", map[string]any{"consent": []string{"GIVEN", "REFUSED"}[i%2]})
	tie("NATIVE_OF", person, city(), nil)
	tie("WORKS_AT", person, company(), nil)
	firm := named("Intermediary", map[string]any{})
	tie("COVERS", firm, city(), nil)
	project := named("Project", map[string]any{"stage": []string{"TALKS", "DROPPED"}[i%2]})
	tie("INVOLVES", project, company(), nil)
	force := named("TaskForce", map[string]any{})
	tie("IN_CHARGE_OF", force, city(), nil)
	for k := range 4 {
		tie("SERVES", firm, company(), map[string]any{"service": "LAW_FIRM"})
		tie("TARGETS", force, company(), map[string]any{"status": []string{"LISTED", "TALKS", "EXCLUDED", "PAUSED"}[k]})
	}
	return g.fault
}
