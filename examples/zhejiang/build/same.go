package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// addHolds reads holds.yaml: what links hold that hold no companies. A code with
// a star means the link and all below it.
func (cur *curation) addHolds(dir string) error {
	var held map[string][]string
	if err := readYAML(&held, dir, "holds.yaml"); err != nil {
		return err
	}
	var faults []error
	for what, codes := range held {
		for _, code := range codes {
			code, all := strings.CutSuffix(code, "*")
			l := cur.ByCode[code]
			switch {
			case l == nil:
				faults = append(faults, fmt.Errorf("holds.yaml: no link has the code %q", code))
			case l.Holds != "":
				faults = append(faults, fmt.Errorf("holds.yaml: %q is there twice", code))
			default:
				faults = append(faults, l.hold(what, all))
			}
		}
	}
	return errors.Join(faults...)
}

// hold sets what l holds, and the links below it when all is true. A link that
// an industry class means holds companies.
func (l *link) hold(what string, all bool) error {
	if len(l.Classes) > 0 {
		return fmt.Errorf("holds.yaml: %q has an industry class, so it holds companies", l.Code)
	}
	l.Holds = what
	if !all {
		return nil
	}
	var faults []error
	for _, p := range l.Parts {
		faults = append(faults, p.hold(what, true))
	}
	return errors.Join(faults...)
}

// addSame reads same.yaml: groups of links of several chains that are one link.
// The first of a group is the one to which products and industry classes lead.
func (cur *curation) addSame(dir string) error {
	var groups [][]string
	if err := readYAML(&groups, dir, "same.yaml"); err != nil {
		return err
	}
	var faults []error
	for _, codes := range groups {
		var links []*link
		for _, code := range codes {
			l := cur.ByCode[code]
			if l == nil || l.Holds != "" || l.Same != nil {
				faults = append(faults, fmt.Errorf("same.yaml: %q is no link that holds companies, or is there twice", code))
				continue
			}
			links = append(links, l)
		}
		for _, l := range links {
			l.Same = links
			for p := l.Parent; p != nil; p = p.Parent {
				if slices.Contains(links, p) {
					faults = append(faults, fmt.Errorf("same.yaml: %q lies below %q", l.Code, p.Code))
				}
			}
		}
	}
	return errors.Join(faults...)
}

// first is the link to which what is known of l leads: the first of the links
// that are one with it.
func (l *link) first() *link {
	if len(l.Same) == 0 {
		return l
	}
	return l.Same[0]
}

// all returns the links that are one with l, itself among them.
func (l *link) all() []*link {
	if len(l.Same) == 0 {
		return []*link{l}
	}
	return l.Same
}

// in reports whether l or a link that is one with it is part of the chain.
func (l *link) in(c *chain) bool {
	return l.Chain == c || slices.ContainsFunc(l.Same, func(s *link) bool { return s.Chain == c })
}

// chains returns the chains that l and the links that are one with it are in.
func (l *link) chains() []*chain {
	found := []*chain{l.Chain}
	for _, s := range l.Same {
		if !slices.Contains(found, s.Chain) {
			found = append(found, s.Chain)
		}
	}
	return found
}

// addSameAs puts into the pack which links are one: from the first of each
// group to the others.
func addSameAs(p pack, cur *curation) {
	for _, c := range cur.Chains {
		c.walk(func(l *link) {
			if len(l.Same) == 0 || l.first() != l {
				return
			}
			for _, s := range l.Same[1:] {
				p.add("SAME_AS", row{
					"from": l.Code, "to": s.Code, "evidence": "编者判定：“" + l.Name + "”与“" + s.Name + "”是同一环节",
				}.by(curated))
			}
		})
	}
}
