package area

import (
	"slices"

	"liantu/schema"
)

// Population says which companies a list is meant to hold (口径).
type Population string

// The populations, widest first.
const (
	Registered Population = "REGISTERED"  // 全部登记企业
	AboveScale Population = "ABOVE_SCALE" // 规上企业
	Certified  Population = "CERTIFIED"   // 资质企业
	Listed     Population = "LISTED"      // 上市公司
)

// Populations returns all populations that may be complete, widest first.
func Populations() []Population { return slices.Clone(populations) }

var populations = []Population{Registered, AboveScale, Certified, Listed}

// Label returns the word for the population in both languages.
func (p Population) Label() schema.Text { return populationLabels[p] }

// Qualifier returns what limits the word list or population to this one: in Chinese before
// it, in English behind it; empty texts for no population.
func (p Population) Qualifier() schema.Text {
	if p == "" {
		return schema.Text{}
	}
	return schema.Text{Zh: p.Label().Zh, En: " of " + p.Label().En}
}

var populationLabels = map[Population]schema.Text{
	Registered: {Zh: "全部登记企业", En: "registered companies"},
	AboveScale: {Zh: "规上企业", En: "companies above designated size"},
	Certified:  {Zh: "资质企业", En: "certified companies"},
	Listed:     {Zh: "上市公司", En: "listed companies"},
}
