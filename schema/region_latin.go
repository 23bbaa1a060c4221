package schema

import (
	_ "embed" // for the table
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// latinTable holds the names of regions in Latin letters by code, divided by |: the
// pinyin of the name without its suffix, or what English says. regions.py writes
// it by the readings of pypinyin (MIT licence) and, of place names that are read
// otherwise, a list by hand.
//
//go:embed regions_latin.csv
var latinTable string

// sorts are the words that say of what sort a region is, in English and pinyin,
// with the ends of the Chinese names of which one is meant; none for words that
// may stand after any name.
var sorts = map[string][]string{
	"province": {"省"}, "sheng": {"省"},
	"city": {"市"}, "municipality": {"市"}, "shi": {"市"},
	"prefecture": {"市", "州", "地区"}, "league": {"盟"}, "zhou": {"州"}, "meng": {"盟"}, "diqu": {"地区"},
	"district": {"区"}, "qu": {"区"}, "area": {"区"}, "xinqu": {"新区"},
	"county": {"县", "旗"}, "xian": {"县"}, "banner": {"旗"}, "qi": {"旗"},
	"region": {"自治区", "特别行政区", "地区"}, "sar": {"特别行政区"},
	"autonomous": nil, "special": nil, "administrative": nil, "new": nil, "level": nil,
	"uygur": nil, "uyghur": nil, "zhuang": nil, "hui": nil, "tibetan": nil, "mongol": nil, "mongolian": nil, "korean": nil, "kazakh": nil,
	"tujia": nil, "miao": nil, "yi": nil, "dai": nil, "bai": nil, "qiang": nil, "dong": nil, "buyei": nil, "hani": nil, "kirgiz": nil,
}

// mostWords is an upper limit of the words of one name, as in Bei Jing Shi.
const mostWords = 4

func (a *atlas) indexLatin() {
	for line := range strings.Lines(latinTable) {
		code, names, _ := strings.Cut(strings.TrimSpace(line), ",")
		i := a.byCode[code]
		for name := range strings.SplitSeq(names, "|") {
			for _, key := range []string{latinKey(name), latinKey(strings.ReplaceAll(name, "ü", "v"))} {
				// A single syllable says too little: Shan County is 单县, and Shan nothing.
				n := regionName{region: i, cost: costShort, below: a.list[i].Level == LevelCounty && len([]rune(stemOf(a.list[i]))) < 2}
				if !slices.Contains(a.byLatin[key], n) {
					a.byLatin[key] = append(a.byLatin[key], n)
				}
			}
		}
	}
}

// stemOf is the name of a region without the last character where that is its sort.
func stemOf(r Region) string {
	if len([]rune(r.Name)) < 3 {
		return string([]rune(r.Name)[:1])
	}
	return r.ShortName
}

// isLatin reports whether a text has letters and all are Latin ones.
func isLatin(text string) bool {
	letters := false
	for _, r := range text {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return false
		}
		letters = letters || unicode.IsLetter(r)
	}
	return letters
}

// latinKey is a name in lower case without tones, apostrophes and spaces.
func latinKey(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		if r >= 'a' && r <= 'z' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// readLatin returns the readings of a path in Latin letters, in either direction.
func (a *atlas) readLatin(text string) []reading {
	if len(text) > longestPath {
		return nil
	}
	text = strings.NewReplacer("'", "", "’", "", "‘", "", "ʼ", "").Replace(text)
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '，' || r == ';' || r == '/' || r == '>' })
	ways := []way{{}}
	for _, part := range parts {
		words := strings.FieldsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
		for i := range words {
			words[i] = latinKey(words[i])
		}
		ways = a.latinParts(words, ways)
	}
	var found []reading
	for _, w := range ways {
		if w.names > 0 && !slices.ContainsFunc(found, func(r reading) bool { return r.region == w.at }) {
			found = append(found, reading{region: w.at})
		}
	}
	if len(found) < 2 || slices.ContainsFunc(found, func(r reading) bool { return famousDistricts[a.list[r.region].ShortName] }) {
		return found
	}
	return a.prefer("", found)
}

// way is one way to read the beginning of a path: the deepest region so far, and
// how many names were read.
type way struct{ at, names int }

// latinParts goes on with every way by the names that words are.
func (a *atlas) latinParts(words []string, ways []way) []way {
	if len(words) == 0 {
		return ways
	}
	if len(words) > 1 && words[len(words)-1] == "china" {
		return a.latinParts(words[:len(words)-1], ways)
	}
	if len(words) == 1 && words[0] == "china" && ways[0].names > 0 {
		return ways
	}
	var next []way
	for n := min(mostWords, len(words)); n > 0; n-- {
		names := a.byLatin[strings.Join(words[:n], "")]
		if len(names) == 0 {
			continue
		}
		rest, ends := trailing(words[n:])
		var on []way
		for _, w := range ways {
			for _, name := range names {
				if r := a.list[name.region]; name.below && len(ends) == 0 || !isOfSort(r, ends) {
					continue
				}
				if deepest, ok := a.deeper(w, name.region); ok {
					on = append(on, way{deepest, w.names + 1})
				}
			}
		}
		if len(on) > 0 {
			next = append(next, a.latinParts(rest, on)...)
		}
	}
	return next
}

// deeper joins a region to a way, if one contains the other.
func (a *atlas) deeper(w way, region int) (int, bool) {
	if w.names == 0 {
		return region, true
	}
	at, next := a.list[w.at], a.list[region]
	switch {
	case w.at == region:
		return region, isMunicipality(next) // Beijing, Beijing; Jilin, Jilin are two
	case strings.HasPrefix(next.Code, significant(at.Code)):
		return region, true
	case strings.HasPrefix(at.Code, significant(next.Code)):
		return w.at, true
	}
	return 0, false
}

// trailing skips the words that say of what sort a region is, and returns the ends
// of the Chinese names that they mean.
func trailing(words []string) (rest, ends []string) {
	for len(words) > 0 {
		sort, ok := sorts[words[0]]
		if !ok {
			break
		}
		ends, words = append(ends, sort...), words[1:]
	}
	return words, ends
}

func isOfSort(r Region, ends []string) bool {
	return len(ends) == 0 || slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(r.Name, end) })
}
