package resolve

import (
	"strings"
	"sync"

	"liantu/schema"
)

// place is a region as the beginning of a name states it.
type place struct {
	code string
	wide bool // it counts wherever it stands, not only after a region above it
}

// formerSince is the year from which a county must have held to be known in names.
const formerSince = 1990

// places finds regions at the beginning of names.
type places struct {
	byName  map[string][]place
	longest int // bytes
}

var gazetteer = sync.OnceValue(func() *places {
	p := &places{byName: map[string][]place{"中国": {{schema.Country, true}}}}
	for _, f := range schema.FormerRegions() {
		// A name keeps the county that is no more (重庆渝北, 杭州下城); two that became one
		// stay two places.
		if f.Until >= formerSince && !strings.HasSuffix(f.Code, "00") {
			p.add(f.Name, f.Code, runes(f.Name) > 2)
			p.add(strings.TrimRight(f.Name, "区县市"), f.Code, false)
		}
	}
	for _, r := range schema.Regions() {
		if r.Code == schema.Country {
			continue
		}
		// A district or county is recognised by its full name; its short one is
		// as likely a 字号 (南山, 和平, 长安) unless a region above stands before it.
		short := r.Level != schema.LevelCounty || strings.HasSuffix(r.Name, "市")
		p.add(r.Name, r.Code, runes(r.Name) > 2 || short)
		p.add(r.ShortName, r.Code, short && runes(r.ShortName) > 1)
		for _, alias := range r.Aliases {
			p.add(alias, r.Code, short && runes(alias) > 1)
		}
	}
	return p
})

func (p *places) add(name, code string, wide bool) {
	for i, known := range p.byName[name] {
		if known.code == code {
			p.byName[name][i].wide = known.wide || wide
			return
		}
	}
	p.byName[name] = append(p.byName[name], place{code, wide})
	p.longest = max(p.longest, len(name))
}

// next finds the region that a text begins with, below the one with the given
// code ("" for none). Of several it takes the widest, which has the smallest
// code of its level. It returns the length of the name in bytes, 0 for none.
func (p *places) next(text, above string) (code string, length int) {
	for end := min(len(text), p.longest); end > 0; end-- {
		if end < len(text) && text[end]&0xC0 == 0x80 {
			continue // within a character
		}
		best := ""
		for _, at := range p.byName[text[:end]] {
			below := above != "" && above != schema.Country && at.code != above && schema.Within(at.code, above)
			if !below && (!at.wide || above != "" && above != schema.Country) {
				continue
			}
			if best == "" || rank(at.code) < rank(best) || rank(at.code) == rank(best) && at.code < best {
				best = at.code
			}
		}
		if best != "" {
			return best, end
		}
	}
	return "", 0
}

// exact returns the region that a whole text names, "" for none.
func (p *places) exact(text string) string {
	code, length := p.next(text, "")
	if length < len(text) {
		if next, more := p.next(text[length:], code); code != "" && length+more == len(text) {
			return next
		}
		return ""
	}
	return code
}

// bracketed returns the region that a text in brackets names, "" for none. A
// county may have its short name there (保康) if no other region has that name.
func (p *places) bracketed(text string) string {
	if code := p.exact(text); code != "" || runes(text) < 2 {
		return code
	}
	only := ""
	for _, at := range p.byName[text] {
		if only != "" && only != at.code {
			return ""
		}
		only = at.code
	}
	return only
}

// rank is 0 for a province, 1 for a city, 2 for a county.
func rank(code string) int {
	switch {
	case strings.HasSuffix(code, "0000"):
		return 0
	case strings.HasSuffix(code, "00"):
		return 1
	}
	return 2
}

// relate returns how the regions of two names agree.
func relate(a, b string) agreement {
	switch {
	case a == "" || b == "":
		return silent
	case a == b:
		return equal
	case a == schema.Country || b == schema.Country:
		return silent
	case provinceOf(a) != provinceOf(b):
		return contrary
	case strings.HasPrefix(a, significant(b)), strings.HasPrefix(b, significant(a)):
		return partial
	}
	return contrary
}

// significant is the part of a code that all regions below it share.
func significant(code string) string {
	switch rank(code) {
	case 0:
		return code[:2]
	case 1:
		return code[:4]
	}
	return code
}

// provinceOf returns the block that a place belongs to: the two digits of its
// province, "" for no place and for the whole country.
func provinceOf(code string) string {
	if code == "" || code == schema.Country {
		return ""
	}
	return code[:2]
}

func runes(s string) int { return len([]rune(s)) }
