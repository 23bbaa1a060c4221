package questiontest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
)

// offersOf prints the parks and opportunities of a verdict in the order of the alphabet: the
// park and what it hosts, with a mark * as its leading industry; the opportunity and the link
// that it demands.
func offersOf(p *projection.Projection, v *gaps.Verdict) string {
	var found []string
	for _, x := range v.Parks() {
		mark := ""
		if x.Leading {
			mark = "*"
		}
		found = append(found, p.Code(x.Park)+":"+p.Code(x.Hosts)+mark)
	}
	for _, x := range v.Opportunities() {
		found = append(found, p.Code(x.Opportunity)+":"+p.Code(x.Link))
	}
	slices.Sort(found)
	return strings.Join(found, ",")
}

// offers is what [offersOf] is to print, by the definitions in the documentation of package
// gaps.
func (w *World) offers(link, here string) string {
	var found []string
	for _, e := range w.edges {
		there := here == "100000" || slices.ContainsFunc(w.regionsAt("LOCATED_IN", e.From), func(code string) bool { return inside(code, here) })
		offer := w.codeOf[e.From] + ":" + w.codeOf[e.To]
		switch {
		case !there:
		case e.Kind == "HOSTS" && w.kindOf[e.To] != "Ecosystem" && w.leadsTo(link, e.To):
			if leading, _ := e.Get("leading"); leading == true {
				offer += "*"
			}
			found = append(found, offer)
		case e.Kind == "DEMANDS":
			deadline := plain(w.nodes[e.From], "deadline")
			open := deadline == "" || lastDay(deadline) >= w.day
			for above := range w.counts[e.To] {
				if open && w.codeOf[above] == link {
					found = append(found, offer)
				}
			}
		}
	}
	slices.Sort(found)
	return strings.Join(found, ",")
}

// leadsTo reports whether what is stated of the link of a code counts at another link, or whether it
// leads to a chain by PART_OF edges.
func (w *World) leadsTo(link string, to graph.ID) bool {
	return slices.ContainsFunc(w.links, func(id graph.ID) bool {
		return w.codeOf[id] == link && (w.counts[id][to] || w.kindOf[to] == "Chain" && w.inScope(id, []string{w.codeOf[to]}))
	})
}

// drawOffers adds parks that host links and chains, and opportunities that demand links. It
// draws from a source of its own, so that the rest of a graph does not depend on it.
func (r *drawing) drawOffers() {
	own := rand.New(rand.NewPCG(uint64(len(r.batch.Nodes)), uint64(len(r.links))))
	for i := range own.IntN(4) {
		park := r.Node("Park", Props{"code": fmt.Sprintf("Q%d", i), "name": fmt.Sprintf("平台%d", i)})
		opportunity := Props{"code": fmt.Sprintf("O%d", i), "name": fmt.Sprintf("机遇%d", i)}
		if deadline := pick(own, []string{"", "2024", "2024-06-29", "2020", "2024-06-30"}); deadline != "" {
			opportunity["deadline"] = deadline
		}
		demand := r.Node("Opportunity", opportunity)
		for range own.IntN(3) {
			r.Edge("LOCATED_IN", park, pick(own, r.regions), r.ended(own, Props{}))
			r.Edge("LOCATED_IN", demand, pick(own, r.regions), r.ended(own, Props{}))
			r.Edge("HOSTS", park, pick(own, r.links), r.ended(own, Props{"leading": own.IntN(2) == 0}))
			r.Edge("DEMANDS", demand, pick(own, r.links), r.ended(own, Props{}))
		}
		if own.IntN(2) == 0 {
			r.Edge("HOSTS", park, pick(own, r.scopes), Props{"leading": true})
		}
	}
}

// ended lets an edge end before the day of the picture, once in four times.
func (r *drawing) ended(own *rand.Rand, props Props) Props {
	if own.IntN(4) == 0 {
		props["valid_to"] = "2020"
	}
	return props
}
