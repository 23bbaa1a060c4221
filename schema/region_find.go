package schema

import (
	"cmp"
	"slices"
	"strings"

	"liantu/hanzi"
	"liantu/message"
)

// famousDistricts are short names that mean a district of a big city at least
// as often as the city of that name.
var famousDistricts = map[string]bool{"朝阳": true}

// longestPath is an upper bound of the bytes of any path of names.
const longestPath = 240

// ParseRegion reads a region as [FindRegion] does and returns its code.
func ParseRegion(text string) (string, error) {
	r, err := FindRegion(text)
	return r.Code, err
}

// FindRegion finds the region that a text names: by its code of six digits
// (or twelve, as statistics write it), its full name, a short or former one,
// or a path of them such as 浙江省杭州市余杭区, 浙江/杭州 or 杭州余杭, where
// levels may be left out; by its name in English or pinyin, or a path of them in
// either direction, such as Hangzhou, Zhejiang; by the name of a development zone
// that lies in one county, such as 杭州高新区（滨江）. Traditional characters count
// as simplified ones. A short name that a province shares with others means the
// province, one that a city shares with counties the city. A name that stays
// ambiguous, such as 鼓楼区 or Suzhou, is refused with the candidates. The error is
// a [*ValueError].
func FindRegion(text string) (Region, error) {
	place, err := regions().find(text)
	if err == nil && place.Beyond != "" {
		return Region{}, invalid(TypeRegion, text, "%s lies in several counties of %s %s; state the city or the county", place.Beyond, place.Region.Code, place.Region.FullName)
	}
	return place.Region, err
}

// RegionsMeant returns the regions, at most five, that a text may mean for which
// [FindRegion] says that it is ambiguous, in order of their codes; none for any other
// text.
func RegionsMeant(text string) []Region {
	a := regions()
	found, _ := a.readings(text)
	if len(found) < 2 {
		return nil
	}
	var list []Region
	for _, r := range found[:min(len(found), maxCandidates)] {
		list = append(list, a.list[r.region])
	}
	return list
}

// maxCandidates is the most regions that are listed for an ambiguous name.
const maxCandidates = 5

// readings returns the readings of a text that is no code, and the text as it was
// read.
func (a *atlas) readings(text string) (found []reading, name string) {
	name = strings.TrimSuffix(withoutBrackets.Replace(regionText(text)), "本级") // 杭州市本级 is 杭州市 itself
	if name == "" || isDigits(name) || len(name) > longestPath {
		return nil, name
	}
	if found = a.read(name); len(found) == 0 && isLatin(text) {
		found = a.readLatin(text)
	}
	return found, name
}

// find finds what FindRegion does, and zones that several counties of a region
// share.
func (a *atlas) find(text string) (Place, error) {
	found, name := a.readings(text)
	if name == "" {
		return Place{}, invalid(TypeRegion, text, "it is empty")
	}
	if isDigits(name) {
		r, err := a.findCode(text, name)
		return Place{Region: r}, err
	}
	if len(name) > longestPath {
		return Place{}, invalid(TypeRegion, text, "it is too long for the name of a region; of an address give the region alone")
	}
	if len(found) == 0 {
		return Place{}, a.unknown(text, name)
	}
	if len(found) > 1 {
		return Place{}, caused(ErrUncertain, TypeRegion, text, "it may be %s; write the province or the code", a.candidates(found))
	}
	place := Place{Region: a.list[found[0].region]}
	if found[0].zone && a.spans(found[0].region) {
		place.Beyond = name
	}
	return place, nil
}

var regionCleaner = strings.NewReplacer(" ", "", "/", "", "-", "", "·", "", ",", "", ">", "", "、", "", "|", "", "\t", "", "_", "")

// withoutBrackets drops what 杭州高新区（滨江） has around a part of the name.
var withoutBrackets = strings.NewReplacer("(", "", ")", "")

// regionText folds a text and drops what separates the levels of a path, and
// the country in front of a province.
func regionText(text string) string {
	name := hanzi.Simplify(regionCleaner.Replace(fold(text)))
	for _, country := range []string{"中华人民共和国", "中国"} {
		if rest, ok := strings.CutPrefix(name, country); ok && rest != "" {
			name = rest
		}
	}
	return name
}

func (a *atlas) findCode(text, code string) (Region, error) {
	if len(code) == 12 && strings.HasSuffix(code, "000000") {
		code = code[:6]
	}
	if len(code) != 6 {
		return Region{}, invalid(TypeRegion, text, "a code of GB/T 2260 has 6 digits, this one has %d", len(code))
	}
	if r, ok := RegionByCode(code); ok {
		return r, nil
	}
	if became := a.whatBecame(code); !became.IsZero() {
		return Region{}, caused(ErrUncertain, TypeRegion, text, "%s", became)
	}
	for _, wider := range []string{code[:4] + "00", code[:2] + "0000"} {
		if r, ok := RegionByCode(wider); ok {
			return Region{}, invalid(TypeRegion, text, "GB/T 2260 has no such code; it would lie in %s %s", r.Code, r.FullName)
		}
	}
	return Region{}, invalid(TypeRegion, text, "GB/T 2260 has no such code, nor a province with the number %s", code[:2])
}

// reading is one way to understand a text: the region it ends in, how loose its
// names were, and whether the last of them is that of a zone.
type reading struct {
	region, cost int
	zone         bool
}

// read returns the cheapest readings of a name, at most one of each region.
func (a *atlas) read(name string) []reading {
	readings := a.readWithin(name, Country, 0, nil)
	if len(readings) == 0 {
		return nil
	}
	slices.SortFunc(readings, func(x, y reading) int {
		return cmp.Or(cmp.Compare(x.cost, y.cost), cmp.Compare(x.region, y.region))
	})
	return a.prefer(name, slices.CompactFunc(readings, func(x, y reading) bool { return x.region == y.region }))
}

// readWithin appends the ways to read a name as a path below a region.
func (a *atlas) readWithin(name, scope string, cost int, readings []reading) []reading {
	for end := len(name); end > 0; end-- {
		if end > a.longest || end < len(name) && name[end]&0xC0 == 0x80 {
			continue // too long, or within a character
		}
		for _, n := range a.byName[name[:end]] {
			r := a.list[n.region]
			if n.below && scope == Country || scope != Country && (r.Code == scope && !n.zone || !strings.HasPrefix(r.Code, significant(scope))) {
				continue
			}
			for skipped, rest := range tails(name[end:], r) {
				cost := cost + n.cost + skipped*costSkip
				if rest == "" {
					readings = append(readings, reading{n.region, cost, n.zone})
				} else if (r.Level != LevelCounty || a.hosts[r.Code] && !n.zone) && r.Code != Country {
					readings = a.readWithin(rest, r.Code, cost, readings)
				}
			}
		}
	}
	return readings
}

// tails returns the ways in which a path may go on after a region: as it
// stands, or without what names no level of it, such as 市辖区,
// 省直辖县级行政区划 or the region's own name again.
func tails(rest string, r Region) []string {
	list := []string{rest}
	if rest == "" || r.Level == LevelCounty {
		return list
	}
	headings := []string{r.Name, "市辖区"}
	if r.Level == LevelProvince {
		headings = append(headings, r.ShortName, "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县级行政区划", "省直辖县级行政单位", "自由贸易试验区", "自贸试验区")
	}
	if isMunicipality(r) {
		headings = append(headings, "县")
	}
	for cut := true; cut; {
		cut = false
		for _, heading := range headings {
			if tail, ok := strings.CutPrefix(rest, heading); ok {
				rest, cut = tail, true
				list = append(list, rest)
			}
		}
	}
	return list
}

// prefer chooses among readings of one short name, which are in order of cost: the
// cheapest, of these the province before others, the city before counties.
func (a *atlas) prefer(name string, found []reading) []reading {
	found = slices.DeleteFunc(found, func(r reading) bool { return r.cost != found[0].cost })
	if len(found) < 2 {
		return found
	}
	widest := slices.MinFunc(found, func(x, y reading) int {
		return cmp.Compare(len(significant(a.list[x.region].Code)), len(significant(a.list[y.region].Code)))
	})
	level := a.list[widest.region].Level
	if level == LevelCounty || famousDistricts[name] {
		return found
	}
	return slices.DeleteFunc(found, func(r reading) bool { return a.list[r.region].Level != level })
}

func (a *atlas) candidates(found []reading) message.List {
	var list message.List
	for _, r := range found {
		if len(list) == maxCandidates {
			list = append(list, "…")
			break
		}
		list = append(list, a.list[r.region].Code+" "+a.list[r.region].FullName)
	}
	return list
}

// unknown returns the error of a name that is not found, which says how far it
// was understood.
func (a *atlas) unknown(text, name string) error {
	if became := a.whatBecame(name); !became.IsZero() {
		return caused(ErrUncertain, TypeRegion, text, "%s", became)
	}
	for end := len(name) - 1; end > 0; end-- {
		if name[end]&0xC0 == 0x80 {
			continue
		}
		if found := a.read(name[:end]); len(found) == 1 {
			return invalid(TypeRegion, text, "%s is known, but nothing there is called %s", a.list[found[0].region].FullName, name[end:])
		}
	}
	return invalid(TypeRegion, text, "no division of GB/T 2260 has this name or code")
}
