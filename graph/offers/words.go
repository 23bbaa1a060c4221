package offers

import (
	"fmt"
	"slices"
	"strings"

	"liantu/graph/projection"
	"liantu/schema"
)

// named is how many parks and how many opportunities a sentence names.
const named = 3

// Words says which parks host a link and which opportunities demand it, in a sentence each;
// empty if there are none. The names are those that name returns.
func (o *Offers) Words(link projection.Vertex, name func(*projection.Projection, projection.Vertex) (zh, en string)) (hosted, demanded schema.Text) {
	var parks, opportunities names
	for _, x := range o.Parks(link) { // those of which it is the leading industry come first
		zh, en := name(o.p, x.Park)
		if x.Leading {
			zh, en = zh+"（主导产业）", en+" (its leading industry)"
		}
		parks.add(x.Park, zh, en, x.Synthetic)
	}
	for _, x := range o.Opportunities(link) {
		zh, en := name(o.p, x.Opportunity)
		opportunities.add(x.Opportunity, zh, en, x.Synthetic)
	}
	if len(parks.of) > 0 {
		zh, en := parks.listed()
		hosted = schema.Text{Zh: fmt.Sprintf("本地有承接平台：%s。", zh), En: fmt.Sprintf("Parks here host it: %s.", en)}
	}
	if len(opportunities.of) > 0 {
		zh, en := opportunities.listed()
		demanded = schema.Text{Zh: fmt.Sprintf("本地已发布相关城市机遇：%s。", zh), En: fmt.Sprintf("Open opportunities here ask for it: %s.", en)}
	}
	return hosted, demanded
}

// names are those of some nodes, each once.
type names struct {
	of     []projection.Vertex
	zh, en []string
}

func (n *names) add(v projection.Vertex, zh, en string, synthetic bool) {
	if slices.Contains(n.of, v) {
		return
	}
	if synthetic {
		zh, en = zh+"（虚构数据）", en+" (invented)"
	}
	n.of, n.zh, n.en = append(n.of, v), append(n.zh, zh), append(n.en, en)
}

func (n *names) listed() (zh, en string) {
	shown := min(named, len(n.of))
	zh, en = strings.Join(n.zh[:shown], "、"), strings.Join(n.en[:shown], ", ")
	if more := len(n.of) - shown; more > 0 {
		zh, en = fmt.Sprintf("%s等 %d 个", zh, len(n.of)), fmt.Sprintf("%s and %d more", en, more)
	}
	return zh, en
}
