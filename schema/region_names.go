package schema

import (
	"slices"
	"strings"

	"liantu/hanzi"
)

// The costs of names: what is looser costs more, and only the cheapest reading
// of a text counts.
const (
	costExact  = 0
	costShort  = 1
	costFormer = 2 // an upgraded county with its old suffix, such as 富阳县
	costSkip   = 3 // a word of the path that names no region, such as 市辖区
)

func (a *atlas) indexNames() {
	for i, r := range a.list {
		a.addName(r.Name, regionName{region: i, cost: costExact})
		for _, alias := range r.Aliases {
			a.addName(alias, regionName{region: i, cost: costExact})
		}
		a.addName(r.ShortName, regionName{region: i, cost: costShort})
		for _, variant := range variants(r) {
			a.addName(variant.name, regionName{region: i, cost: variant.cost})
		}
	}
	a.addFormer()
}

// variant is a name made from the short one with another suffix.
type variant struct {
	name string
	cost int
}

// variants returns what a region is called besides its names: 延边州, 广西自治区
// and 香港特区 for short, and a county with the other suffixes, because a county
// that is upgraded to a city or a district keeps its name.
func variants(r Region) []variant {
	switch {
	case r.ShortName == r.Name:
		return nil
	case strings.HasSuffix(r.Name, "自治州"):
		return []variant{{r.ShortName + "州", costShort}}
	case strings.HasSuffix(r.Name, "自治区"):
		return []variant{{r.ShortName + "自治区", costShort}}
	case strings.HasSuffix(r.Name, "特别行政区"):
		return []variant{{r.ShortName + "特区", costShort}}
	case r.Level == LevelCounty:
		return []variant{{r.ShortName + "县", costFormer}, {r.ShortName + "市", costFormer}, {r.ShortName + "区", costFormer}}
	default:
		return nil
	}
}

// addName indexes a name once for each region, at its lowest cost.
func (a *atlas) addName(name string, n regionName) {
	name = hanzi.Simplify(name)
	list := a.byName[name]
	i := slices.IndexFunc(list, func(known regionName) bool { return known.region == n.region })
	switch {
	case i < 0:
		a.byName[name] = append(list, n)
		a.longest = max(a.longest, len(name))
	case n.cost < list[i].cost && !n.below:
		list[i] = n
	}
}

// peoples are the names of nationalities in the names of autonomous areas.
var peoples = []string{
	"柯尔克孜", "维吾尔", "哈萨克", "塔吉克", "乌孜别克", "俄罗斯", "鄂温克", "达斡尔", "鄂伦春", "景颇", "傈僳", "蒙古", "朝鲜", "土家",
	"哈尼", "布依", "纳西", "普米", "拉祜", "布朗", "毛南", "仡佬", "仫佬", "东乡", "保安", "裕固", "撒拉", "锡伯", "独龙", "各",
	"藏", "回", "苗", "壮", "彝", "侗", "瑶", "白", "傣", "黎", "佤", "畲", "水", "羌", "满", "土", "怒",
}

// zoneSorts are the suffixes of zones that are not divisions.
var zoneSorts = []string{
	"开发区", "管理区", "示范区", "园区", "实验区", "食品区", "聚集区", "名胜区", "矿区", "管委会", "委员会", "左旗", "右旗", "前旗", "中旗", "后旗", "联合旗",
}

// shortRegionName drops the suffix of a region and, for autonomous areas, the
// nationalities: 恩施土家族苗族自治州 is 恩施. A name that would shrink to one
// character stays whole, such as 城区, and so do zones such as 苏州工业园区,
// which go by their whole names.
func shortRegionName(r Region) string {
	for _, zone := range zoneSorts {
		if strings.HasSuffix(r.Name, zone) {
			return r.Name
		}
	}
	for _, sort := range []string{"特别行政区", "自治区", "自治州", "自治县", "自治旗", "达斡尔族区"} {
		if stem, ok := strings.CutSuffix(r.Name, sort); ok {
			return withoutPeoples(stem)
		}
	}
	for _, sort := range []string{"地区", "新区", "林区", "特区", "省", "市", "盟", "县", "区", "旗"} {
		stem, ok := strings.CutSuffix(r.Name, sort)
		if ok && len([]rune(stem)) >= 2 {
			return stem
		}
	}
	return r.Name
}

func withoutPeoples(stem string) string {
	for cut := true; cut; {
		cut = false
		for _, people := range peoples {
			for _, word := range []string{people + "族", people} {
				rest, ok := strings.CutSuffix(stem, word)
				if ok && len([]rune(rest)) >= 2 && (strings.HasSuffix(word, "族") || len([]rune(people)) > 1) {
					stem, cut = rest, true
				}
			}
		}
	}
	return stem
}
