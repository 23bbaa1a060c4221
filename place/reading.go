package place

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"liantu/resolve"
)

// A Company is what is known of one company in words. All but the name may be empty.
type Company struct {
	Name     string
	Class    string   // a class of GB/T 4754, or a group or division of it, by code, such as 3985 or C3985
	Industry string   // the same by name, or the class of another classification
	Products string   // main products
	Business string   // main business
	Scope    string   // business scope
	Judged   []Judged // what people decided about it and a link, at most one verdict a link
}

// A mention is an item that names a link.
type mention struct {
	item  *Item
	match Match
}

// sight is what a company's words say of one link.
type sight struct {
	link     int32
	best     mention // the strongest mention; without item when the class alone names the link
	strength float64 // of the best mention
	rank     int     // of the link among those of the company by strength, from 0
	mentions int     // apart from the name
	made     int     // of these, the things it makes
	traded   int     // of these, the things it only trades in
	children int     // links below it that are named themselves
	named    bool    // the company's name names it
	own      bool    // named itself, not only by a link below it
	byPerson bool    // a person decided about the company itself
	judged   Verdict // what a person decided, "" for nothing; yes also where a link below it is affirmed
}

// profile is what holds for a company as a whole.
type profile struct {
	items    int     // of its texts, apart from the name
	trade    float64 // part of the items that only trade
	made     float64 // part of the items that are made
	class    *class  // nil when the industry is unknown
	classed  []int32 // the links of the class
	meant    []int32 // links of which the name of the industry is a word
	division string  // of GB/T 4754, "" when unknown
	sells    bool    // its name says that it trades
	makes    bool    // its industry is manufacturing
	chains   map[string]int
	best     float64 // the greatest strength
}

// read finds what a company's words say of each link, in order of link.
func (p *Placer) read(c Company) (profile, []*sight) {
	industry := resolve.Fold(c.Industry)
	pr := profile{chains: map[string]int{}}
	pr.class, pr.division = p.tables.industry(c.Class, industry)
	pr.sells = containsAny(c.Name, sellers)
	pr.makes = containsAny(industry, makers)
	found := map[int32]*sight{}
	list := p.items(c)
	affirm, refuse := p.rulesOf(&c)
	trade, made := 0, 0
	for i := range list {
		it := &list[i]
		if it.Kind != Name {
			pr.items++
			if it.Acts.OnlyTrade() {
				trade++
			}
			if it.Acts&Make != 0 {
				made++
			}
		}
		p.look(&pr, found, it, refuse)
	}
	n := float64(max(1, pr.items))
	pr.trade, pr.made = float64(trade)/n, float64(made)/n
	p.lookAtClass(&pr, found, industry, refuse)
	p.settle(found, affirm, refuse)
	return pr, p.rank(&pr, found)
}

// sellers are words of the names of traders; makers those of industries that make things.
var (
	sellers = []string{"销售", "贸易", "商贸", "经贸", "商行", "超市", "经营部", "商店", "百货", "商城", "供应链"}
	makers  = []string{"制造", "加工", "冶炼"}
)

// look adds what one item says.
func (p *Placer) look(pr *profile, found map[int32]*sight, it *Item, refuse []rule) {
	matches := p.obey(it, p.find(it), refuse)
	for i, m := range matches {
		chain := p.taxonomy.links[m.Link].Chain
		counted := slices.ContainsFunc(matches[:i], func(o Match) bool { return p.taxonomy.links[o.Link].Chain == chain })
		if !counted && it.Kind != Name {
			pr.chains[chain]++
		}
		p.see(found, m.Link, it, m, true)
		for _, above := range p.taxonomy.above[m.Link] {
			p.see(found, above, it, m, false)
		}
	}
}

// see adds a mention of a link.
func (p *Placer) see(found map[int32]*sight, link int32, it *Item, m Match, own bool) {
	s := found[link]
	if s == nil {
		s = &sight{link: link, strength: -1}
		found[link] = s
	}
	s.own = s.own || own
	if it.Kind == Name {
		s.named = true
	} else {
		s.mentions++
		if it.Acts.OnlyTrade() && !p.deals[link] {
			s.traded++
		}
		if it.Acts&Make != 0 {
			s.made++
		}
	}
	strength := p.strength(it, m, link)
	if !own {
		strength *= .9
	}
	if m.How == ByJudgement {
		s.judged, strength = Yes, 2
	}
	if strength > s.strength {
		s.strength, s.best = strength, mention{it, m}
	}
}

// strengths are rough weights of the ways, by which the best mention of a link is chosen.
var strengths = [...]float64{ByClass: 0, Contained: .15, TableTrade: .1, TablePart: .25, TableWider: .4, Stem: .5, Suffix: .6, Exact: .9, TableExact: 1, ByJudgement: 1}

func (p *Placer) strength(it *Item, m Match, link int32) float64 {
	s := strengths[m.How]
	if m.How == Suffix || m.How == Contained {
		s += .3 * float64(m.Cover)
	}
	switch {
	case p.deals[link]:
	case it.Acts.OnlyTrade():
		s *= .3
	case it.Acts&Make != 0:
		s *= 1.1
	case it.Acts == Build:
		s *= .6
	}
	if it.Kind == Name {
		s *= .5
	}
	return s / (1 + .05*float64(min(it.Index-1, 20)))
}

// lookAtClass adds the links that only the industry class names: those of the table of
// classes, and those of which its name is a word.
func (p *Placer) lookAtClass(pr *profile, found map[int32]*sight, industry string, refuse []rule) {
	named := func(i int32) {
		if found[i] == nil && !p.taxonomy.links[i].Closed && !p.refused(i, refuse) {
			found[i] = &sight{link: i, own: true}
		}
	}
	if pr.class != nil {
		pr.classed = p.taxonomy.numbers(pr.class.links)
		for _, i := range pr.classed {
			named(i)
		}
	}
	for _, m := range p.find(&Item{Whole: industry, Thing: industry}) {
		if m.How >= Exact {
			named(m.Link)
			pr.meant = append(pr.meant, m.Link)
		}
	}
}

// rank orders the links by strength and returns them in order of link.
func (p *Placer) rank(pr *profile, found map[int32]*sight) []*sight {
	out := make([]*sight, 0, len(found))
	for _, s := range found {
		out = append(out, s)
		for _, above := range p.taxonomy.above[s.link] {
			if o := found[above]; o != nil && s.own {
				o.children++
			}
		}
	}
	slices.SortFunc(out, func(a, b *sight) int {
		return cmp.Or(-cmp.Compare(a.strength, b.strength), compareLinks(a.link, b.link))
	})
	rank := 0
	for _, s := range out {
		pr.best = max(pr.best, s.strength)
		s.rank = rank
		if s.own {
			rank++
		} else {
			s.rank = max(0, rank-1)
		}
	}
	slices.SortFunc(out, func(a, b *sight) int { return compareLinks(a.link, b.link) })
	return out
}

// items cuts all texts of a company, its name last.
func (p *Placer) items(c Company) []Item {
	var out []Item
	if c.Products != "" {
		out = append(out, cut(c.Products, Products, p.known)...)
	}
	if c.Business != "" {
		out = append(out, p.business(c.Business)...)
	}
	if c.Scope != "" {
		out = append(out, cut(c.Scope, Scope, p.known)...)
	}
	if trade := resolve.Parse(c.Name).Trade; utf8.RuneCountInString(trade) >= 2 {
		out = append(out, Item{Text: trade, Whole: trade, Thing: trade, Kind: Name, Index: 1, Of: 1})
	}
	return out
}

// known reports whether a folded text is an item of the tables.
func (p *Placer) known(whole string) bool { _, ok := p.tables.items[whole]; return ok }

// business cuts a main business. Bare things at its beginning are a list of products.
func (p *Placer) business(text string) []Item {
	list := cut(text, Business, p.known)
	for i := range list {
		if list[i].Acts != 0 {
			break
		}
		list[i].Kind = Products
	}
	return list
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}
