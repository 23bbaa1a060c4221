package schema

import (
	"cmp"
	"slices"
	"strings"
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
// levels may be left out. A short name that a province shares with others
// means the province, one that a city shares with counties the city. A name
// that stays ambiguous, such as 鼓楼区, is refused with the candidates. The
// error is a [*ValueError].
func FindRegion(text string) (Region, error) {
	a := regions()
	name := regionText(text)
	if name == "" {
		return Region{}, invalid(TypeRegion, text, "it is empty")
	}
	if isDigits(name) {
		return a.findCode(text, name)
	}
	if len(name) > longestPath {
		return Region{}, invalid(TypeRegion, text, "it is too long for the name of a region; of an address give the region alone")
	}
	found := a.read(name)
	if len(found) == 0 {
		return Region{}, a.unknown(text, name)
	}
	if len(found) > 1 {
		return Region{}, invalid(TypeRegion, text, "it may be %s; write the province or the code", a.candidates(found))
	}
	return a.list[found[0]], nil
}

var regionCleaner = strings.NewReplacer(" ", "", "/", "", "-", "", "·", "", ",", "", ">", "", "、", "", "|", "", "\t", "", "_", "")

// regionText folds a text and drops what separates the levels of a path, and
// the country in front of a province.
func regionText(text string) string {
	name := strings.TrimSuffix(regionCleaner.Replace(fold(text)), "本级") // 杭州市本级 is 杭州市 itself
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
	for _, wider := range []string{code[:4] + "00", code[:2] + "0000"} {
		if r, ok := RegionByCode(wider); ok {
			return Region{}, invalid(TypeRegion, text, "GB/T 2260 has no such code; it would lie in %s %s", r.Code, r.FullName)
		}
	}
	return Region{}, invalid(TypeRegion, text, "GB/T 2260 has no such code, nor a province with the number %s", code[:2])
}

// reading is one way to understand a text: the region it ends in, and how
// loose its names were.
type reading struct{ region, cost int }

// read returns the regions of the cheapest readings of a name.
func (a *atlas) read(name string) []int {
	readings := a.readWithin(name, Country, 0, nil)
	if len(readings) == 0 {
		return nil
	}
	slices.SortFunc(readings, func(x, y reading) int {
		return cmp.Or(cmp.Compare(x.cost, y.cost), cmp.Compare(x.region, y.region))
	})
	var found []int
	for _, r := range slices.Compact(readings) {
		if r.cost == readings[0].cost {
			found = append(found, r.region)
		}
	}
	return a.prefer(name, found)
}

// readWithin appends the ways to read a name as a path below a region.
func (a *atlas) readWithin(name, scope string, cost int, readings []reading) []reading {
	for end := len(name); end > 0; end-- {
		if end > a.longest || end < len(name) && name[end]&0xC0 == 0x80 {
			continue // too long, or within a character
		}
		for _, n := range a.byName[name[:end]] {
			r := a.list[n.region]
			if scope != Country && (r.Code == scope || !strings.HasPrefix(r.Code, significant(scope))) {
				continue
			}
			for skipped, rest := range tails(name[end:], r) {
				cost := cost + n.cost + skipped*costSkip
				if rest == "" {
					readings = append(readings, reading{n.region, cost})
				} else if r.Level != LevelCounty && r.Code != Country {
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

// prefer chooses among regions of one short name: the province before others,
// the city before counties.
func (a *atlas) prefer(name string, found []int) []int {
	if len(found) < 2 {
		return found
	}
	widest := slices.MinFunc(found, func(x, y int) int {
		return cmp.Compare(len(significant(a.list[x].Code)), len(significant(a.list[y].Code)))
	})
	level := a.list[widest].Level
	if level == LevelCounty || famousDistricts[name] {
		return found
	}
	return slices.DeleteFunc(found, func(i int) bool { return a.list[i].Level != level })
}

func (a *atlas) candidates(found []int) string {
	var list []string
	for _, i := range found {
		if len(list) == 5 {
			list = append(list, "…")
			break
		}
		list = append(list, a.list[i].Code+" "+a.list[i].FullName)
	}
	return strings.Join(list, ", ")
}

// unknown returns the error of a name that is not found, which says how far it
// was understood.
func (a *atlas) unknown(text, name string) error {
	for end := len(name) - 1; end > 0; end-- {
		if name[end]&0xC0 == 0x80 {
			continue
		}
		if found := a.read(name[:end]); len(found) == 1 {
			return invalid(TypeRegion, text, "%s is known, but nothing there is called %s", a.list[found[0]].FullName, name[end:])
		}
	}
	return invalid(TypeRegion, text, "no division of GB/T 2260 has this name or code")
}
