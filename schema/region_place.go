package schema

import (
	"regexp"
	"slices"
	"strings"
)

// Place is a region that a text names, or the region that contains what it names.
type Place struct {
	Region Region
	// Beyond is what of the text lies in the region and is none of the table, such as
	// 经济技术开发区 or a street; "" where the text names the region itself.
	Beyond string
}

// FindPlace finds the region that a text names as [FindRegion] does, else the one
// that contains what it names: 浙江省杭州市某某开发区 lies in 330100, 东莞市长安镇 in
// 441900. The region must be named in full, or be a province or city in front of a
// zone, as in 合肥高新区. A text that goes on with the name of another division,
// known or not, is refused as by FindRegion: 江苏省杭州市, 杭州市火星区. The error is a
// [*ValueError].
func FindPlace(text string) (Place, error) {
	a := regions()
	place, err := a.find(text)
	if err == nil {
		return place, nil
	}
	if inner, ok := a.around(withoutBrackets.Replace(regionText(text))); ok {
		return inner, nil
	}
	return Place{}, err
}

var (
	// zoneWords end what lies below the table although it ends in the word of a division.
	zoneWords = regexp.MustCompile(`(开发|高新|经开|技术|产业|新|园|示范|保税|港|工业|片|集聚|聚集|功能|管理|实验|试验|度假|合作|核心|物流|风景|景|矿|社|小|作业|加工|商务|创新|自贸|先行|启动|名胜)区$`)
	// claimsDivision matches what is worded as a division.
	claimsDivision = regexp.MustCompile(`[省市区县旗盟州]$`)
	// zoneStart begins what names a zone after the short name of a province or city.
	zoneStart = regexp.MustCompile(`^(国家级?|省级)?(高新|经济|经开|开发区|工业园|产业园|科技园|新区|保税|综合保税|自由贸易|自贸|出口加工|空港|临港|港区|航空港)`)
)

// around finds the region that contains what a folded text names.
func (a *atlas) around(name string) (Place, bool) {
	if len(name) > longestPath {
		name = strings.ToValidUTF8(name[:longestPath], "")
	}
	for end := len(name) - 1; end > 0; end-- {
		if name[end]&0xC0 == 0x80 {
			continue // within a character
		}
		found := a.read(name[:end])
		if len(found) == 0 {
			continue
		}
		rest := name[end:]
		at := a.list[found[0].region]
		switch {
		case len(found) > 1, at.Code == Country:
			return Place{}, false
		case claimsDivision.MatchString(rest) && !zoneWords.MatchString(rest), a.elsewhere(rest, at.Code):
			return Place{}, false
		case found[0].cost == costExact, at.Level != LevelCounty && (zoneStart.MatchString(rest) || zoneWords.MatchString(rest)):
			return Place{Region: at, Beyond: rest}, true
		}
	}
	return Place{}, false
}

// elsewhere reports whether a text names, or begins with, a division outside a region.
func (a *atlas) elsewhere(text, region string) bool {
	found := a.read(text)
	if len(found) > 0 {
		return !slices.ContainsFunc(found, func(r reading) bool { return Within(a.list[r.region].Code, region) })
	}
	inner, ok := a.around(text)
	return ok && !Within(inner.Region.Code, region) && !Within(region, inner.Region.Code)
}
