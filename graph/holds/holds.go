// Package holds puts into words why a link that holds no companies is not judged: one of
// customers and uses, an activity, or a heading. The rules are in the documentation of
// package gaps.
//
// Package gaps and those above it, api, the program and tests may import holds; it imports
// projection and schema.
package holds

import (
	"liantu/graph/projection"
	"liantu/schema"
)

// Why says why a link is not judged and no gap; it is empty for one that holds companies.
func Why(p *projection.Projection, link projection.Vertex) schema.Text { return whys[p.HoldsOf(link)] }

var whys = map[string]schema.Text{
	projection.HoldsCustomers: {
		Zh: "该环节指客户与应用，不是企业所在的环节：不作判断，也无缺口可补。",
		En: "This link stands for customers and uses, not for companies: it is not judged and no gap to fill.",
	},
	projection.HoldsActivity: {
		Zh: "该环节指研究等活动，没有企业身处其中：不作判断，也无缺口可补。",
		En: "This link stands for an activity that no company is at: it is not judged and no gap to fill.",
	},
	projection.HoldsHeading: {
		Zh: "该环节只是标题，用来归类下级环节：不作判断，也无缺口可补；请看其下级环节。",
		En: "This link is a heading that only orders the links below it: it is not judged and no gap to fill; see the links below it.",
	},
}
