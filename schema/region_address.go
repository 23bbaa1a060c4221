package schema

import (
	"regexp"
	"strings"
)

// LocateAddress returns the region that an address begins with, as deep as
// the address names it: 广东省深圳市罗湖区深南东路5047号 lies in 440303, and
// 浙江省西湖大道1号 only in 330000. Full and former names count. A short name
// counts where no street can be meant: of a province or of a city in it where
// the address goes on to a region within, as in 浙江杭州市文三路1号, and in the
// name of a development or free-trade zone, as in 沈阳经济技术开发区; so 南京路
// is not taken for 南京. The error is a [*ValueError].
func LocateAddress(address string) (Region, error) {
	a := regions()
	rest := tradeZone.ReplaceAllString(regionText(address), "$1$2")
	if len(rest) > longestPath {
		rest = strings.ToValidUTF8(rest[:longestPath], "")
	}
	found, err := a.locate(address, rest, -1)
	if err != nil {
		return Region{}, err
	}
	if found < 0 {
		return Region{}, invalid(TypeRegion, address, "the address does not begin with a region")
	}
	return a.list[found], nil
}

var (
	tradeZone   = regexp.MustCompile(`^\(([^()]+)\)(自由贸易试验区|自贸试验区)`)
	zoneAfter   = regexp.MustCompile(`^[^\PL路街道镇乡村号]{0,6}?(开发区|高新区|经开区|新区|保税区|工业园区|工业园|工业区)`)
	streetAfter = regexp.MustCompile(`^\pL?(路|街|大道|巷|桥)`)
	zoneFirst   = regexp.MustCompile(`^(国家级?|省级)?((经济(技术)?|高新(技术)?(产业)?|新技术产业|生态产业)(开发区|园区|示范区|集聚区|区)|自由贸易试验区|自贸试验区|片区)`)
)

// locate returns the deepest region that a text names below the one at the
// index (-1 for the country), or that index. It fails where several regions
// have the name.
func (a *atlas) locate(address, text string, at int) (int, error) {
	found, rest := a.step(text, at)
	if len(found) == 0 {
		return at, nil
	}
	if len(found) > 1 {
		return 0, invalid(TypeRegion, address, "it may begin with %s; write the province in front", a.candidates(found))
	}
	deepest := found[0].region
	for _, tail := range tails(rest, a.list[deepest]) {
		next, err := a.locate(address, tail, found[0].region)
		if err != nil {
			return 0, err
		}
		if len(significant(a.list[next].Code)) > len(significant(a.list[deepest].Code)) {
			deepest = next
		}
	}
	return deepest, nil
}

// step finds the regions below the one at the index that a text begins with,
// by the longest name, and returns the text after it.
func (a *atlas) step(text string, at int) (found []reading, rest string) {
	for end := min(len(text), a.longest); end > 0; end-- {
		if end < len(text) && text[end]&0xC0 == 0x80 {
			continue // within a character
		}
		cheapest := -1
		for _, n := range a.byName[text[:end]] { // in order of cost
			if cheapest >= 0 && n.cost > cheapest || !a.below(n, at) || !a.certain(n, text[end:], at) {
				continue
			}
			cheapest = n.cost
			found = append(found, reading{n.region, n.cost, n.zone})
		}
		if len(found) > 0 {
			return a.prefer(text[:end], found), text[end:]
		}
	}
	return nil, ""
}

// below reports whether a region lies under the one at the index, or, at the
// start of an address, under the country.
func (a *atlas) below(n regionName, at int) bool {
	code := a.list[n.region].Code
	if at < 0 {
		return code != Country && !n.below
	}
	return n.region != at && strings.HasPrefix(code, significant(a.list[at].Code))
}

// certain reports whether a name at the start of an address, with the rest
// behind it, can only mean the region.
func (a *atlas) certain(n regionName, rest string, at int) bool {
	r := a.list[n.region]
	switch {
	case n.zone:
		return !streetAfter.MatchString(rest) // 张江路
	case n.cost == costExact:
		return true
	case n.cost == costFormer:
		return at >= 0
	case at >= 0 && zoneAfter.MatchString(rest):
		return true
	case zoneFirst.MatchString(rest):
		return at >= 0 || r.Level != LevelCounty
	case r.Level == LevelProvince, r.Level == LevelCity && at >= 0:
		for _, tail := range tails(rest, r) {
			if found, _ := a.step(tail, n.region); len(found) == 1 {
				return true
			}
		}
	}
	return false
}
