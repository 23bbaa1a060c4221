package disclosure

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"liantu/graph/projection"
	"liantu/schema"
)

// MaskNote hides what identifies somebody in a text that people wrote and that is
// recorded: names of persons and contacts that g holds, a surname with a given name
// before a title, mail addresses, ids of messengers, and numbers of seven or more
// digits, however they are spaced. It may hide more than that, and what is masked
// stays as it is when it is masked again. Without g, names are found by their titles
// alone.
func MaskNote(g *projection.Projection, text string) string {
	if text == "" {
		return ""
	}
	text = strings.Map(narrow, text)
	text = mailAddress.ReplaceAllStringFunc(text, func(found string) string { return maskText(schema.TypeEmail, plainAddress(found)) })
	text = messengerID.ReplaceAllString(text, "${1}****")
	if g != nil {
		text = knownNamesOf(g).mask(text)
	}
	return maskTitled(maskNumbers(text))
}

// The parts of an address as people write it in a note: with blanks, (at) and (dot) only
// before a domain of several parts, since an at stands before places, too.
const (
	blanks = `[\s\p{Z}]*`
	label  = `[A-Za-z0-9-]+`
	at     = blanks + `(?:@|[(\[{（【<]` + blanks + `(?i:at)` + blanks + `[)\]}）】>])` + blanks
	dot    = `(?:\.|` + blanks + `[(\[{（【<]` + blanks + `(?i:dot)` + blanks + `[)\]}）】>]` + blanks + `)`
)

var (
	mailAddress = regexp.MustCompile(`[A-Za-z0-9._%+-]+(?:` + at + label + `(?:` + dot + label + `)+|@` + label + `)`)
	writtenAt   = regexp.MustCompile(at)
	writtenDot  = regexp.MustCompile(dot)
	messengerID = regexp.MustCompile(`(?i)((?:微信|薇信|威信|v信|wechat|weixin|wx|vx|qq)[号码]?\s?(?:id|account)?[\s:：=为是]*)[a-z0-9_-]{4,}`)
)

// plainAddress is an address that was found in a note as mail programs write it.
func plainAddress(found string) string {
	return writtenDot.ReplaceAllString(writtenAt.ReplaceAllString(found, "@"), ".")
}

// narrow is the narrow form of a wide letter, digit or mark of an address.
func narrow(r rune) rune {
	switch {
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ', r == '＠', r == '．', r == '－', r == '＋', r == '＿':
		return r - 0xFEE0
	}
	return r
}

// surnames are the most frequent surnames of one character, and those of two.
const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"

var compound = []string{"欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "长孙", "宇文", "端木", "南宫"}

// titles stand after a name, longer ones first.
var titles = []string{
	"副总经理", "董事长", "总经理", "总裁", "总监", "总工", "秘书长", "理事长", "副主任", "副局长", "副市长", "副会长", "副总", "工程师", "研究员", "负责人",
	"先生", "女士", "小姐", "同志", "主任", "局长", "处长", "科长", "部长", "会长", "经理", "院长", "所长", "校长", "行长", "厂长", "书记", "市长", "区长", "县长", "镇长",
	"教授", "博士", "老师", "律师", "主席", "院士", "老板", "专员", "助理", "董", "总",
}

// noTitle are characters after which the title of one character before them is the
// beginning of another word: 总额, 董事会.
const noTitle = "体部额量计结会局是共之数值事"

// maskTitled masks a surname with a given name of one or two characters before a
// title: 陈建国主任 becomes 陈**主任.
func maskTitled(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		if n := titledAt(text[i:]); n > 0 {
			out.WriteString(maskText(schema.TypeText, text[i:i+n]))
			i += n
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		out.WriteString(text[i : i+size])
		i += size
	}
	return out.String()
}

// titledAt is the length of the name before a title with which a text begins, 0 for
// none.
func titledAt(text string) int {
	n := 0
	for _, name := range compound {
		if strings.HasPrefix(text, name) {
			n = len(name)
		}
	}
	if first, size := utf8.DecodeRuneInString(text); n == 0 && strings.ContainsRune(surnames, first) {
		n = size
	}
	if n == 0 {
		return 0
	}
	for range 2 {
		r, size := utf8.DecodeRuneInString(text[n:])
		if !unicode.Is(unicode.Han, r) {
			return 0
		}
		n += size
		if titled(text[n:]) {
			return n
		}
	}
	return 0
}

// titled reports whether a text begins with a title.
func titled(text string) bool {
	for _, title := range titles {
		rest, found := strings.CutPrefix(text, title)
		if !found {
			continue
		}
		next, _ := utf8.DecodeRuneInString(rest)
		return rest == "" || utf8.RuneCountInString(title) > 1 || !strings.ContainsRune(noTitle, next)
	}
	return false
}
