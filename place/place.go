package place

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"liantu/schema"
)

// Outcome is what becomes of a company and a link.
type Outcome string

// The outcomes.
const (
	Confirmed Outcome = "CONFIRMED" // the company is put at the link
	Review    Outcome = "REVIEW"    // a person is to decide
	Rejected  Outcome = "REJECTED"  // it is not put there
)

// ReviewFrom is the probability from which on a link that is not confirmed is for
// review; it is the threshold of the gap analysis for what may be hidden.
const ReviewFrom = .35

// Placer places companies at the links of a taxonomy. It may be used by several
// goroutines at once.
type Placer struct {
	taxonomy  *Taxonomy
	tables    *Tables
	lexicon   *lexicon
	model     *Model
	cache     *cache
	service   []bool     // links that are services, not goods
	deals     []bool     // links at which dealing is the business
	divisions [][]string // of GB/T 4754, of the classes of a link and of the links below it
	threshold float64
	rules     map[string][]rule // what people decided about items, by item as it is compared
}

// NewPlacer prepares the words of a taxonomy. precision is the part of the confirmed that
// is to be right, such as .9: a company is confirmed from the probability on at which the
// model reached it.
func NewPlacer(t *Taxonomy, tables *Tables, model *Model, precision float64) (*Placer, error) {
	threshold, err := model.Threshold(precision)
	if err != nil {
		return nil, err
	}
	return newPlacer(t, tables, model, threshold), nil
}

func newPlacer(t *Taxonomy, tables *Tables, model *Model, threshold float64) *Placer {
	p := &Placer{
		taxonomy: t, tables: tables, lexicon: newLexicon(t, tables), model: model, cache: newCache(), threshold: threshold,
		service: make([]bool, t.Len()), deals: make([]bool, t.Len()), divisions: make([][]string, t.Len()),
	}
	for i, l := range t.links {
		p.service[i] = slices.ContainsFunc(services, func(w string) bool { return strings.HasSuffix(l.Name, w) })
		p.deals[i] = containsAny(l.Name, dealings)
		for _, at := range append([]int32{int32(i)}, t.above[i]...) {
			for _, d := range tables.linkDivisions[l.Code] {
				if !slices.Contains(p.divisions[at], d) {
					p.divisions[at] = append(p.divisions[at], d)
				}
			}
		}
	}
	return p
}

// services are the ends of the names of links that are services, or a treatment of what
// others own; dealings are words of the names of links at which dealing is the business.
var (
	services = []string{
		"服务", "工程", "运营", "开发", "设计", "集成", "施工", "检测", "咨询", "外包", "物流", "发电", "供热", "供应", "机构", "医院", "平台", "CRO", "CDMO", "CMO",
		"总包", "软件", "利用", "处理", "治理", "再生", "冶炼", "采选", "开采", "加工", "封测", "测试", "分销", "批发", "零售", "经销商", "流通", "电子商务",
	}
	dealings = []string{"分销", "批发", "零售", "经销", "流通", "租赁", "电子商务", "电商"}
)

// find returns the links that an item names, from the cache if it was seen before.
func (p *Placer) find(it *Item) []Match {
	key := found{it.Whole, it.Thing}
	if matches, ok := p.cache.get(key); ok {
		return matches
	}
	matches := p.lexicon.find(it.Whole, it.Thing)
	p.cache.put(key, matches)
	return matches
}

// A Placement is one link for a company, with its evidence.
type Placement struct {
	Link        string
	One         string // the first by code of the links that are the same, the link itself if it is the only one
	Probability float64
	Outcome     Outcome
	Finest      bool // no link below it, and none of the same ones before it in order of code, has an outcome as good
	Evidence    Evidence
}

// Stated is the probability as people and the graph get it: to two places, and .99 at most,
// since what words say is never certain.
func (p Placement) Stated() float64 { return min(.99, math.Round(100*p.Probability)/100) }

// Place returns the links that a company's words name, the most probable first, of those of
// equal probability the finest first, then by code. A link is at least as probable, and has at least as
// good an outcome, as every link below it and as every link that is the same; a link that
// has its outcome from one that is the same has the evidence of that one, too.
func (p *Placer) Place(c Company) []Placement {
	list, weighed := p.weigh(c)
	return p.decide(list, weighed)
}

// weigh finds the links that a company's words name, in order of link, with the values of
// their terms.
func (p *Placer) weigh(c Company) ([]*sight, []vector) {
	pr, list := p.read(c)
	weighed := make([]vector, len(list))
	for i, s := range list {
		weighed[i] = p.vector(&pr, s)
	}
	return list, weighed
}

// decide makes the placements of links from their terms.
func (p *Placer) decide(list []*sight, weighed []vector) []Placement {
	out := make([]Placement, len(list))
	at := make(map[int32]int, len(list))
	for i, s := range list {
		x := &weighed[i]
		pl := Placement{
			Link: p.taxonomy.links[s.link].Code, One: p.taxonomy.links[p.taxonomy.same[s.link]].Code,
			Probability: p.model.probability(x), Outcome: Rejected, Evidence: evidence(x, s),
		}
		pl.Evidence.Barred = p.bar(x, s)
		switch {
		case s.judged == Yes:
			pl.Probability, pl.Outcome, pl.Evidence.Barred = 1, Confirmed, ""
		case s.judged != "":
			pl.Probability = 0
		case pl.Probability >= p.threshold && pl.Evidence.Barred == "":
			pl.Outcome = Confirmed
		case pl.Probability >= ReviewFrom:
			pl.Outcome = Review
		}
		out[i], at[s.link] = pl, i
	}
	for p.lift(out, list, at) {
		continue // a group may be the same as another one, above which there are more
	}
	p.finest(out, list, at)
	slices.SortFunc(out, func(a, b Placement) int {
		return cmp.Or(-cmp.Compare(a.Probability, b.Probability), -cmp.Compare(p.depthOf(a), p.depthOf(b)), strings.Compare(a.Link, b.Link))
	})
	return out
}

func (p *Placer) depthOf(l Placement) int8 { return p.taxonomy.depth[p.taxonomy.byCode[l.Link]] }

// lift gives a link at least the probability and the outcome of every link below it, and
// of every link that is the same, and reports whether that changed anything.
func (p *Placer) lift(out []Placement, list []*sight, at map[int32]int) (changed bool) {
	for i, s := range list {
		for _, same := range p.taxonomy.equal[p.taxonomy.same[s.link]] {
			j, ok := at[same]
			if !ok || j == i {
				continue
			}
			if better := out[i].Outcome.rank() > out[j].Outcome.rank(); better {
				out[j].Outcome, out[j].Evidence, changed = out[i].Outcome, out[i].Evidence, true
			}
			if out[i].Probability > out[j].Probability {
				out[j].Probability, changed = out[i].Probability, true
			}
		}
		for _, above := range p.taxonomy.above[s.link] {
			j, ok := at[above]
			if !ok {
				continue
			}
			if out[i].Outcome.rank() > out[j].Outcome.rank() {
				out[j].Outcome, changed = out[i].Outcome, true
			}
			if out[i].Probability > out[j].Probability {
				out[j].Probability, changed = out[i].Probability, true
			}
		}
	}
	return changed
}

// finest marks the links that say most: what is at one of them is at those above it too.
func (p *Placer) finest(out []Placement, list []*sight, at map[int32]int) {
	for i := range out {
		out[i].Finest = true
	}
	for i, s := range list {
		for _, above := range p.taxonomy.above[s.link] {
			if j, ok := at[above]; ok && out[i].Outcome.rank() >= out[j].Outcome.rank() {
				out[j].Finest = false
			}
		}
		for _, same := range p.taxonomy.equal[p.taxonomy.same[s.link]] {
			if j, ok := at[same]; ok && same > s.link && out[i].Outcome.rank() >= out[j].Outcome.rank() {
				out[j].Finest = false
			}
		}
	}
}

// rank orders the outcomes, the best last.
func (o Outcome) rank() int {
	switch o {
	case Confirmed:
		return 2
	case Review:
		return 1
	}
	return 0
}

// The rules that keep a company from being confirmed at a link, whatever its probability.
const (
	BarClass = "CLASS_ALONE"  // only its industry class names the link
	BarName  = "NAME_ALONE"   // only its name does
	BarWider = "WIDER_ITEM"   // the item is wider than the link, or a neighbour of it
	BarTrade = "TRADE_ALONE"  // it only trades in the thing, or installs it
	BarPart  = "PART_OF_WORD" // a word of the link stands somewhere within the item
	BarOther = "OTHER_CLASS"  // its industry is another, and nothing is said of making the thing
)

// bar returns the rule that keeps a link from being confirmed, "" for none.
func (p *Placer) bar(x *vector, s *sight) string {
	it, m := s.best.item, s.best.match
	switch {
	case it == nil:
		return BarClass
	case it.Kind == Name:
		return BarName
	case m.How == TablePart, m.How == TableTrade && !p.deals[s.link], m.How == TableWider && p.taxonomy.leaf[m.Link]:
		return BarWider
	case p.goods(s.link) && it.Acts != 0 && it.Acts&(Make|Research|Serve) == 0:
		return BarTrade
	case m.How == Contained:
		return BarPart
	case it.Acts == 0 && !s.named && x[classOther]+x[classAgainst] > 0:
		return BarOther
	}
	return ""
}

// OutcomeLabel is the name of an outcome in both languages.
func OutcomeLabel(o Outcome) schema.Text {
	switch o {
	case Confirmed:
		return schema.Text{Zh: "已挂链", En: "placed"}
	case Review:
		return schema.Text{Zh: "待复核", En: "for review"}
	}
	return schema.Text{Zh: "不在该环节", En: "not at the link"}
}
