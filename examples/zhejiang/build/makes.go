package main

import (
	"maps"
	"slices"
	"strings"
)

// addProducts puts the matched products into the pack: who makes them, and to
// which links they belong when their word is not generic.
func addProducts(p pack, firms []*firm, all map[string]*portfolio, m *matcher) {
	belongs := map[string]map[*link]string{} // product → link → word
	for _, f := range firms {
		folio := all[f.Code]
		if folio == nil || m.trades(folio) {
			continue
		}
		at := map[*link]bool{}
		for _, ms := range m.memberships(folio) {
			at[ms.Link] = true
		}
		made := map[string]float64{}
		for _, h := range ordered(m.hits(folio)) {
			for _, l := range h.term.Links {
				if !at[l] {
					continue
				}
				made[h.product.Name] = h.product.Share
				if h.term.Generic {
					continue
				}
				if belongs[h.product.Name] == nil {
					belongs[h.product.Name] = map[*link]string{}
				}
				belongs[h.product.Name][l] = h.term.Word
			}
		}
		for _, name := range slices.Sorted(maps.Keys(made)) {
			if belongs[name] == nil {
				belongs[name] = map[*link]string{}
			}
			p.add("MAKES", row{"from": f.Code, "to": name, "revenue_share": share(made[name])}.by(knowledge))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(belongs)) {
		p.add("Product", row{"name": name}.by(knowledge))
		links := slices.SortedFunc(maps.Keys(belongs[name]), func(a, b *link) int { return strings.Compare(a.Code, b.Code) })
		for _, l := range links {
			p.add("BELONGS_TO", row{"from": name, "to": l.Code, "evidence": "产品名以“" + belongs[name][l] + "”收尾"}.by(matched))
		}
	}
}
