package main

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A register finds firms by their exact names.
type register map[string]*firm

// newRegister collects full names and short names, present and past. A name that
// two firms have had finds the one that has it now, and none when neither or both
// have it.
func newRegister(firms []*firm) register {
	now, ever := register{}, register{}
	enter := func(reg register, name string, f *firm) {
		if name == "" {
			return
		}
		if have, ok := reg[name]; ok && have != f {
			reg[name] = nil
			return
		}
		reg[name] = f
	}
	for _, f := range firms {
		for i, n := range slices.Concat(f.Names, f.Shorts) {
			if present := i == 0 || i == len(f.Names); present {
				enter(now, n, f)
			}
			enter(ever, n, f)
		}
	}
	for name, f := range now {
		ever[name] = f
	}
	return ever
}

// find returns the firm that a list names: 海康威视 (Hikvision) by what stands
// before or, in Chinese, within the brackets; nil when no firm has exactly
// that name.
func (reg register) find(listed string) *firm {
	name := norm.NFKC.String(listed)
	outside, inside, _ := strings.Cut(name, "(")
	inside, _, _ = strings.Cut(inside, ")")
	for _, candidate := range []string{outside, inside} {
		candidate = strings.TrimSpace(candidate)
		han := strings.ContainsFunc(candidate, func(r rune) bool { return unicode.Is(unicode.Han, r) })
		if !han && candidate == inside {
			continue
		}
		if f := reg[candidate]; f != nil {
			return f
		}
	}
	return nil
}

// addListed puts the firms that the chain lists name at a link there. A list is
// an unverified source, so the grade is D.
func addListed(p pack, cur *curation, reg register) {
	for _, c := range cur.Chains {
		c.walk(func(l *link) {
			if l.Holds != "" {
				return // customers, not makers
			}
			for _, listed := range l.Companies {
				if f := reg.find(listed); f != nil {
					p.add("OPERATES_IN", row{
						"from": f.Code, "to": l.Code, "evidence": "列为“" + l.Name + "”的代表企业：" + strings.TrimSpace(listed),
					}.by(chainLists))
				}
			}
		})
	}
}
