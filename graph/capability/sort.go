package capability

import (
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/projection"
)

// Sort says what is done at a link.
type Sort int

// The sorts of links.
const (
	Making   Sort = iota // things are made
	Services             // services, software and design
	Trade                // wholesale and retail
)

// Words by which names say what is done.
var (
	tradeLinks     = []string{"批发", "零售", "流通", "分销", "经销", "贸易", "药店", "药房", "电商", "电子商务", "渠道"}
	serviceLinks   = []string{"软件", "服务", "设计", "平台", "运营", "集成", "研发", "咨询", "金融", "检测", "物流", "算法", "应用"}
	serviceChains  = []string{"软件", "服务", "数字创意", "区块链"}
	tradeIndustry  = []string{"批发", "零售", "贸易", "百货", "超市", "医药商业", "其他商业", "商品城"}
	tradeCompanies = []string{"贸易", "商贸", "百货", "药房", "超市", "进出口"}
)

func says(name string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(name, word) })
}

// SortOf returns what is done at a link, by its name and that of its chain.
func SortOf(p *projection.Projection, link projection.Vertex) Sort {
	name, chain := p.Text(link, "name"), p.ChainOf(link)
	switch {
	case says(name, tradeLinks):
		return Trade
	case says(name, serviceLinks), chain != projection.None && says(p.Text(chain, "name"), serviceChains):
		return Services
	}
	return Making
}

// Distributes reports whether a company is a distributor, by statements of a grade
// or better of the links where it is.
func Distributes(p *projection.Projection, grade graph.Grade, company projection.Vertex) bool {
	for _, number := range p.Out(projection.Makes, company).Edges {
		if p.Current(projection.Makes, number) {
			return false
		}
	}
	if industry := p.Text(company, "industry"); industry != "" {
		return says(industry, tradeIndustry)
	}
	if says(p.Text(company, "name"), tradeCompanies) {
		return true
	}
	traded := false
	at := p.Out(projection.OperatesIn, company)
	for i, link := range at.Others {
		edge, _, _ := p.Edge(projection.OperatesIn, at.Edges[i])
		if edge.Grade() > grade || !p.Current(projection.OperatesIn, at.Edges[i]) {
			continue
		}
		if SortOf(p, link) != Trade {
			return false
		}
		traded = true
	}
	return traded
}
