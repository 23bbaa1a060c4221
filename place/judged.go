package place

import (
	"slices"

	"liantu/resolve"
)

// Judged is what a person decided about a link: whether whoever states an item is at it,
// or, where Item is empty, whether one company is.
type Judged struct {
	Item    string // as an item has its text; letter case and width do not matter
	Link    string // by code; a code that the taxonomy lacks counts for nothing
	Verdict Verdict
}

// rule is a verdict on a link.
type rule struct {
	link    int32
	verdict Verdict
}

// Under returns a placer that obeys verdicts on items; those without an item count for
// nothing. Where two of one item and one link differ, the last counts.
func (p *Placer) Under(list []Judged) *Placer {
	under := *p
	under.rules = make(map[string][]rule, len(list))
	for _, j := range list {
		i, ok := p.taxonomy.byCode[j.Link]
		item := resolve.Fold(j.Item)
		if !ok || item == "" {
			continue
		}
		rest := slices.DeleteFunc(under.rules[item], func(r rule) bool { return r.link == i })
		under.rules[item] = append(rest, rule{i, j.Verdict})
	}
	return &under
}

// rulesOf returns the verdicts on a company, those that affirm a link apart from those that
// refuse one.
func (p *Placer) rulesOf(c *Company) (affirm, refuse []rule) {
	for _, j := range c.Judged {
		i, ok := p.taxonomy.byCode[j.Link]
		switch {
		case !ok || j.Item != "":
		case j.Verdict == Yes:
			affirm = append(affirm, rule{i, j.Verdict})
		default:
			refuse = append(refuse, rule{i, j.Verdict})
		}
	}
	return affirm, refuse
}

// refused reports whether a verdict refuses a link: the one judged, those that are the
// same, and, where it is no, those below it.
func (p *Placer) refused(link int32, rules []rule) bool {
	t := p.taxonomy
	return slices.ContainsFunc(rules, func(r rule) bool {
		same := func(l int32) bool { return t.same[l] == t.same[r.link] }
		return r.verdict != Yes && (same(link) || r.verdict == No && slices.ContainsFunc(t.above[link], same))
	})
}

// obey applies verdicts to what an item names: a link that is refused is not named, and one
// that is affirmed is named as strongly as can be.
func (p *Placer) obey(it *Item, matches []Match, refuse []rule) []Match {
	rules := p.rules[it.Whole]
	if it.Kind == Name {
		rules = nil
	}
	if len(rules) == 0 && len(refuse) == 0 {
		return matches
	}
	out := slices.Clone(matches)
	for _, r := range rules {
		if r.verdict != Yes || p.tradedOnly(it, r.link) {
			continue
		}
		for _, link := range p.taxonomy.equals([]int32{r.link}) {
			out = slices.DeleteFunc(out, func(m Match) bool { return m.Link == link })
			out = append(out, Match{Link: link, How: ByJudgement, Word: it.Whole, Cover: 1, Share: 1})
		}
	}
	return slices.DeleteFunc(out, func(m Match) bool {
		return m.How != ByJudgement && p.refused(m.Link, rules) || p.refused(m.Link, refuse)
	})
}

// tradedOnly reports whether a company only trades in the thing of an item that says
// nothing of trade itself: the verb is that of a list, and whoever judged the item did not
// see it.
func (p *Placer) tradedOnly(it *Item, link int32) bool {
	if !it.Acts.OnlyTrade() || p.deals[link] {
		return false
	}
	_, own := cutVerbs(it.Whole)
	return own == 0
}

// settle marks the links that the verdicts on a company affirm, with those above them, and
// those that they refuse.
func (p *Placer) settle(found map[int32]*sight, affirm, refuse []rule) {
	mark := func(link int32, v Verdict) {
		s := found[link]
		if s == nil {
			s = &sight{link: link}
			found[link] = s
		}
		s.judged, s.byPerson = v, true
	}
	for _, r := range refuse {
		for _, link := range p.taxonomy.equals([]int32{r.link}) {
			mark(link, r.verdict)
		}
	}
	for _, r := range affirm {
		for _, link := range p.taxonomy.equals([]int32{r.link}) {
			mark(link, Yes)
			for _, above := range p.taxonomy.above[link] {
				mark(above, Yes)
			}
		}
	}
}
