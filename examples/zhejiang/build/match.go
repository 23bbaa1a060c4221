package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

const (
	// leastShare is the part of revenue from which a product is a main one.
	leastShare = 0.01
	// widelyUsed is the number of firms from which on a term counts as generic.
	widelyUsed = 60
	// manyChains is the number of chains from which on a term counts as generic.
	manyChains = 4
)

// A membership says that a firm is at a link and why.
type membership struct {
	Link    *link
	Product string  // the main product, "" when the industry class is the only reason
	Share   float64 // the largest share of a matched product, 0 when none is stated
	Why     string
}

// A hit is one product of a firm that matched a term.
type hit struct {
	product product
	term    *term
}

// matcher applies the rules of the README to the portfolios.
type matcher struct {
	rules   *rules
	terms   terms
	classes map[string][]*link // industry class → the links with the same meaning
	found   map[*portfolio]map[*term]hit
}

// newMatcher prepares the rules and marks as generic the terms that many firms
// or many chains use.
func newMatcher(cur *curation, all map[string]*portfolio) *matcher {
	m := &matcher{rules: &cur.Rules, terms: newTerms(cur), classes: map[string][]*link{}, found: map[*portfolio]map[*term]hit{}}
	for _, c := range cur.Chains {
		c.walk(func(l *link) {
			for _, class := range l.Classes {
				if at := l.first(); !slices.Contains(m.classes[class], at) {
					m.classes[class] = append(m.classes[class], at)
				}
			}
		})
	}
	users := map[*term]int{}
	for _, p := range all {
		for t := range m.hits(p) {
			users[t]++
		}
	}
	for t, n := range users {
		chains := map[*chain]bool{}
		for _, l := range t.Links {
			chains[l.Chain] = true
		}
		if n > widelyUsed && len(chains) > 1 || len(chains) >= manyChains {
			t.Generic = true
		}
	}
	return m
}

// hits returns the terms that the main products of a portfolio stand for, each
// with the product of the largest share.
func (m *matcher) hits(p *portfolio) map[*term]hit {
	if found, ok := m.found[p]; ok {
		return found
	}
	found := map[*term]hit{}
	m.found[p] = found
	for _, pr := range p.Products {
		if pr.Share < leastShare {
			continue
		}
		for _, part := range pr.Parts {
			t := m.terms.match(part)
			if t == nil || len(t.Links) == 0 || t.bars(pr.Name) {
				continue
			}
			if have, ok := found[t]; !ok || pr.Share > have.product.Share {
				found[t] = hit{pr, t}
			}
		}
	}
	return found
}

// ordered sorts hits by share, the largest first, and by word.
func ordered(found map[*term]hit) []hit {
	return slices.SortedFunc(maps.Values(found), func(a, b hit) int {
		return cmp.Or(-cmp.Compare(a.product.Share, b.product.Share), strings.Compare(a.term.Word, b.term.Word))
	})
}

// memberships returns the links that a firm is at by its main products and
// industry classes, in order of code. A link is left out when one below it is
// included.
func (m *matcher) memberships(p *portfolio) []membership {
	found := map[*link]membership{}
	if !m.trades(p) {
		hits := ordered(m.hits(p))
		for _, h := range hits {
			for _, l := range h.term.Links {
				var backed string
				for _, c := range l.chains() {
					if backed == "" {
						backed = m.support(c, h, hits, p.Classes)
					}
				}
				if backed == "" {
					continue
				}
				found[l] = join(found[l], membership{l, h.product.Name, h.product.Share, h.why(backed)})
			}
		}
	}
	for _, class := range p.Classes {
		for _, l := range m.classes[class] {
			if _, ok := found[l]; !ok {
				found[l] = membership{Link: l, Why: "行业分类“" + class + "”"}
			}
		}
	}
	return finest(found)
}

// trades reports whether a firm deals in goods rather than making them.
func (m *matcher) trades(p *portfolio) bool {
	return slices.ContainsFunc(p.Classes, func(c string) bool { return slices.Contains(m.rules.Trades, c) })
}

// why says how a product was matched to a link.
func (h hit) why(backed string) string {
	return fmt.Sprintf("主营产品“%s”合“%s”，佐证：%s", h.product.Name, h.term.Word, backed)
}

// support returns what else puts the firm into a chain: its industry class, or
// for a firm without one another main product there, which must not be generic
// when the word is; "" when nothing does. Without it a product does not count,
// since listed shells still list the products of a business they sold long ago.
func (m *matcher) support(c *chain, h hit, hits []hit, classes []string) string {
	for _, class := range classes {
		atLink := slices.ContainsFunc(m.classes[class], func(l *link) bool { return l.in(c) })
		if atLink || m.rules.backs(class, c.Code) {
			return "行业分类“" + class + "”"
		}
	}
	if len(classes) > 0 {
		return ""
	}
	for _, o := range hits {
		inChain := slices.ContainsFunc(o.term.Links, func(l *link) bool { return l.in(c) })
		other := o.term != h.term && o.product.Name != h.product.Name
		if inChain && other && (!h.term.Generic || !o.term.Generic) {
			return "主营产品“" + o.product.Name + "”"
		}
	}
	return ""
}

// join keeps the reason with the larger share.
func join(have, next membership) membership {
	if have.Link == nil || next.Share > have.Share {
		return next
	}
	return have
}

// finest drops a link when one below it, or below one that is one with it, is
// included too, and sorts the rest.
func finest(found map[*link]membership) []membership {
	above := map[*link]bool{}
	for l := range found {
		for _, s := range l.all() {
			for p := s.Parent; p != nil; p = p.Parent {
				above[p.first()] = true
			}
		}
	}
	var out []membership
	for l, m := range found {
		if !above[l] {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b membership) int { return strings.Compare(a.Link.Code, b.Link.Code) })
	return out
}

// addMemberships puts what the rules found into the pack.
func addMemberships(p pack, firms []*firm, all map[string]*portfolio, m *matcher) {
	for _, f := range firms {
		if all[f.Code] == nil {
			continue
		}
		for _, at := range m.memberships(all[f.Code]) {
			p.add("OPERATES_IN", row{
				"from": f.Code, "to": at.Link.Code, "revenue_share": share(at.Share), "evidence": at.Why,
			}.by(matched))
		}
	}
}

// share writes a part of revenue, "" for unknown.
func share(s float64) string {
	if s == 0 {
		return ""
	}
	return strconv.FormatFloat(s, 'f', 4, 64)
}
