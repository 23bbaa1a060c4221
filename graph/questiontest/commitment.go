package questiontest

import "liantu/graph"

// Commitment is what a company has agreed to already, as the oracle sees it from
// a region.
type Commitment struct {
	Known    bool    // there are projects or targets at all
	Value    float64 // 1 for a project or an exclusion elsewhere, .5 for a pursuit elsewhere
	Excluded bool    // by a task force in charge of the region, of one around it or in it
	Dropped  bool    // it takes part in dropped projects only
}

// Commitment finds the projects and the task forces of a company.
func (w *World) Commitment(company graph.ID, region string) Commitment {
	c := Commitment{Known: w.stated["INVOLVES"]+w.stated["TARGETS"] > 0}
	for _, e := range w.edges {
		if e.To != company {
			continue
		}
		switch e.Kind {
		case "INVOLVES":
			if stage, _ := w.nodes[e.From].Get("stage"); stage == "DROPPED" {
				c.Dropped = true
			} else {
				c.Value = 1
			}
		case "TARGETS":
			status := text(e, "status")
			switch ours := w.inCharge(e.From, w.region(region)); {
			case ours && status == "EXCLUDED":
				c.Excluded = true
			case ours:
			case status == "EXCLUDED":
				c.Value = 1
			default:
				c.Value = max(c.Value, 0.5)
			}
		}
	}
	c.Dropped = c.Dropped && c.Value == 0
	return c
}

// inCharge reports whether a task force is in charge of a region, of one around
// it or of one in it.
func (w *World) inCharge(force graph.ID, region string) bool {
	for _, e := range w.edges {
		if e.Kind != "IN_CHARGE_OF" || e.From != force || w.kindOf[e.To] != "Region" {
			continue
		}
		if code := area(w.codeOf[e.To]); inside(code, region) || inside(region, code) {
			return true
		}
	}
	return false
}
