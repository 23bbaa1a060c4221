package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// A flow says that one link buys from another.
type flow struct{ from, to *link }

// addFeeds puts into the pack which link feeds which: the order of the sections
// of a chain, the flows written by hand, and those that follow from the product
// graph.
func addFeeds(p pack, cur *curation, data, own string) error {
	for _, c := range cur.Chains {
		addSectionFeeds(p, c)
	}
	written, err := readFlows(cur, filepath.Join(own, "feeds.yaml"))
	if err != nil {
		return err
	}
	for _, f := range written {
		p.add("FEEDS", f.row("编者整理的环节流向").by(curated))
	}
	derived, err := deriveFlows(cur, data)
	if err != nil {
		return err
	}
	for _, f := range slices.SortedFunc(maps.Keys(derived), flow.compare) {
		p.add("FEEDS", f.row("产品上下游："+derived[f]).by(matched))
	}
	return nil
}

func (f flow) compare(g flow) int {
	return cmp.Or(strings.Compare(f.from.Code, g.from.Code), strings.Compare(f.to.Code, g.to.Code))
}

func (f flow) row(evidence string) row {
	return row{
		"from_kind": "Link", "from": f.from.Code, "to_kind": "Link", "to": f.to.Code,
		"layer": "INDUSTRY", "evidence": evidence,
	}
}

// readFlows reads the flows written by hand, chain by chain in the order of the
// chains. A name that the chain lacks is an error; one that it has twice
// means the first.
func readFlows(cur *curation, path string) ([]flow, error) {
	var lines map[string][]string
	if err := readYAML(&lines, path); err != nil {
		return nil, err
	}
	named := map[string]*link{}
	for _, c := range cur.Chains {
		c.walk(func(l *link) {
			for _, name := range append([]string{l.Name}, l.Former...) {
				if key := c.Code + "/" + name; named[key] == nil {
					named[key] = l
				}
			}
		})
	}
	var flows []flow
	var faults []error
	for _, c := range cur.Chains {
		find := func(names string) (found []*link) {
			for _, n := range strings.Split(names, ",") {
				n = strings.TrimSpace(n)
				l := named[c.Code+"/"+n]
				if l == nil {
					l = named[n] // chain/name
				}
				if l == nil {
					faults = append(faults, fmt.Errorf("%s: chain %q has no link %q", path, c.Code, n))
					continue
				}
				found = append(found, l)
			}
			return found
		}
		for _, line := range lines[c.Code] {
			sellers, buyers, ok := strings.Cut(line, ">")
			if !ok {
				faults = append(faults, fmt.Errorf("%s: %q has no >", path, line))
			}
			for _, s := range find(sellers) {
				for _, b := range find(buyers) {
					if s != b { // of one name before they were merged
						flows = append(flows, flow{s, b})
					}
				}
			}
		}
	}
	return flows, errors.Join(faults...)
}

type productRelation struct {
	From string `json:"from_entity"`
	Kind string `json:"rel"`
	To   string `json:"to_entity"`
}

// deriveFlows finds the flows that the product graph implies: both products of
// an upstream or downstream relation have exactly the name or a keyword of
// open links, the word is not generic, and the relation does not go both ways.
// The value is the relation.
func deriveFlows(cur *curation, data string) (map[flow]string, error) {
	relations, err := readLines[productRelation](data, "today", "chainkg", "product_product.json.gz")
	if err != nil {
		return nil, err
	}
	words := newTerms(cur)
	exact := func(name string) *term {
		if t := words[upper(tidy(name))]; t != nil && !t.Generic {
			return t
		}
		return nil
	}
	found := map[flow]string{}
	for _, r := range relations {
		seller, buyer := r.To, r.From // 上游材料: the second is a material of the first
		if r.Kind == "下游产品" {
			seller, buyer = r.From, r.To
		} else if r.Kind != "上游材料" {
			continue
		}
		s, b := exact(seller), exact(buyer)
		if s == nil || b == nil || s == b {
			continue
		}
		for _, from := range s.Links {
			for _, to := range b.Links {
				text := tidy(seller) + "→" + tidy(buyer)
				if have, ok := found[flow{from, to}]; from != to && (!ok || text < have) {
					found[flow{from, to}] = text
				}
			}
		}
	}
	derived := map[flow]string{}
	for f, text := range found {
		_, both := found[flow{f.to, f.from}]
		if !both && f.from.Parent != f.to && f.to.Parent != f.from {
			derived[f] = text
		}
	}
	return derived, nil
}
