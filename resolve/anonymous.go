package resolve

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"liantu/hanzi"
)

// Anonymous reports whether a name stands for a company that its source does
// not name, or for no company: 供应商1, 第一名, 客户A, A公司, 非关联方1, H, Customer 2,
// 本公司, 其他, 合计. Such a name means another company in every table, so it
// identifies none. Names that only begin like one (第一医药, 客户通科技) do not
// count.
func Anonymous(name string) bool {
	if len(name) > longestPlaceholder || strings.TrimSpace(name) == "" || !mayBegin(name) {
		return false
	}
	text := unspaced.Replace(withoutNote(Fold(name)))
	if text == "" {
		return true // nothing but punctuation
	}
	for _, end := range placeholderEnds {
		if rest, ok := strings.CutSuffix(text, end); ok && rest != "" {
			text = rest
		}
	}
	for text != "" {
		if placeholders[text] || roles[text] || isOrdinal(text) || isNumberedRole(text) || isRanked(text) || isLettered(text) {
			return true
		}
		text = unqualified(text)
	}
	return false
}

// mayBegin reports whether a name begins as a placeholder may: with any character but a
// Chinese one with which none begins. Most names of companies end here.
func mayBegin(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return r < 0x4E00 || r > 0x9FFF || !hanzi.IsSimple(r) || begins()[r]
}

// begins returns the Chinese characters with which a placeholder begins.
var begins = sync.OnceValue(func() map[rune]bool {
	all := map[rune]bool{}
	add := func(text string) {
		r, _ := utf8.DecodeRuneInString(text)
		all[r] = true
	}
	for _, set := range []map[string]bool{roles, placeholders} {
		for text := range set {
			add(text)
		}
	}
	for _, list := range [][]string{qualifiers, placeholderEnds, beforeRanks, strings.Split(ordinals, "")} {
		for _, text := range list {
			add(text)
		}
	}
	return all
})

// withoutNote takes a note in brackets, such as (非关联方), off the end of a
// folded name.
func withoutNote(text string) string {
	at := strings.LastIndexByte(text, '(')
	if at <= 0 || !strings.HasSuffix(text, ")") {
		return text
	}
	note := text[at+1 : len(text)-1]
	if roles[note] || placeholders[note] || slices.Contains(qualifiers, note) || strings.HasPrefix(note, "注") {
		return text[:at]
	}
	return text
}

// isLettered reports whether a text is a letter or 甲 to 癸 with a kind of company
// that has no letter for a name: A集团, 甲银行, B电子有限公司. No registered name has
// a letter.
func isLettered(text string) bool {
	_, size := utf8.DecodeRuneInString(text)
	letter, kind := text[:size], text[size:]
	if !isOrdinal(letter) || strings.Contains("0123456789一二三四五六七八九十", letter) {
		return false
	}
	stem, form := cutForm(kind)
	return letteredKinds[kind] || isASCII(letter) && form.full && isTrade(stem)
}

// unqualified takes one qualifier off the beginning of a text and returns "" if
// there is none.
func unqualified(text string) string {
	for _, prefix := range qualifiers {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			return rest
		}
	}
	return ""
}

// ordinals are the Chinese characters that count.
const ordinals = "甲乙丙丁戊己庚辛壬癸一二三四五六七八九十"

// beforeRanks stand before the number of a rank.
var beforeRanks = []string{"排名第", "第", "前", "no", "top"}

// longestPlaceholder is how many bytes a placeholder has at most.
const longestPlaceholder = 60

var unspaced = strings.NewReplacer("(", "", ")", "", " ", "", "&", "", "+", "")

var (
	// roles are words for a party to which a number may be added. A legal form is none
	// of them: 甲有限公司 has the form of a registered name, 甲公司 has not.
	roles = words("供应商 供货商 供应方 供方 客户 客商 用户 公司 集团公司 企业 单位 非关联方 关联方 第三方 自然人 个人 经销商 代理商 采购商 " +
		"承包商 分包商 服务商 厂商 厂家 股东 法人 交易对方 对手方 买方 卖方 债务人 债权人 欠款方 收款方 付款方 往来单位 投资者 机构 子公司 商户 方 " +
		"supplier vendor customer client company counterparty party")
	// placeholders are names without a number that name nobody.
	placeholders = words("其他 其它 其余 合计 小计 总计 累计 无 无名 无名称 匿名 保密 涉密 未披露 不披露 不详 未知 不适用 待定 暂无 散户 零星 零散 " +
		"本公司 本企业 本单位 我司 我公司 我单位 贵司 贵公司 该公司 母公司 控股股东 发行人 国企 央企 民企 外企 标的公司 目标公司 上市公司 " +
		"na none null total subtotal other others unnamed anonymous undisclosed confidential unknown tbd")
	letteredKinds = words("集团 银行 国企 央企 上市公司 工厂")
	// placeholderEnds are dropped behind a placeholder, the longest first.
	placeholderEnds = strings.Fields("及其控股子公司 及其下属公司 及其关联公司 及其关联方 及其子公司 及下属企业 及关联方 合计 小计 等")
	romanNumbers    = words("ii iii iv vi vii viii ix xi xii")
	// qualifiers stand before a role and do not make it a name.
	qualifiers = strings.Fields("非关联 无关联 关联 主要 重要 境外 境内 国内 国外 海外 外部 独立 其他 其它 单一 最大 战略 某")
)

// isNumberedRole reports whether a text is a role with its number: 供应商1,
// 客户甲, 公司第2名.
func isNumberedRole(text string) bool {
	for role := range prefixes(text) {
		if !roles[role] {
			continue
		}
		number := strings.TrimPrefix(strings.TrimPrefix(text[len(role):], "no"), "第")
		for _, after := range []string{"号", "名", "位", "家"} {
			number = strings.TrimSuffix(number, after)
		}
		if isOrdinal(number) || isOrdinal(strings.TrimSuffix(number, "公司")) || isLongOrdinal(number) {
			return true
		}
	}
	return false
}

// isRanked reports whether a text is a number with its role or rank: A公司,
// 第一名, 第一大供应商, 前五名客户, 1号供应商.
func isRanked(text string) bool {
	rest, first := text, false
	for _, before := range beforeRanks {
		if rest, first = strings.CutPrefix(text, before); first {
			break
		}
	}
	for number := range prefixes(rest) {
		if !isOrdinal(number) && (!first || !isFigures(number)) {
			continue
		}
		after := rest[len(number):]
		if first && after == "" {
			return true
		}
		for _, rank := range []string{"", "大", "名", "位", "家", "号"} {
			role, ok := strings.CutPrefix(after, rank)
			if ok && (roles[role] && !isASCII(role) || first && role == "" && rank != "") {
				return true
			}
		}
	}
	return false
}

// prefixes yields every beginning of a text that ends between two characters,
// the text itself last.
func prefixes(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for at := range text {
			if at > 0 && !yield(text[:at]) {
				return
			}
		}
		if text != "" {
			yield(text)
		}
	}
}

// isOrdinal reports whether a text is no more than a number or a letter: 1 to 20,
// 一 to 九十九, 甲 to 癸, A to Z.
func isOrdinal(text string) bool {
	if utf8.RuneCountInString(text) == 1 {
		r, _ := utf8.DecodeRuneInString(text)
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune(ordinals, r)
	}
	if len(text) == 2 && (text[0] == '0' || text[0] == '1' || text == "20") {
		return isFigures(text)
	}
	return isChineseNumber(text)
}

// isLongOrdinal reports whether a text counts as a number only because a role
// stands before it: 101, AA, A1, iv.
func isLongOrdinal(text string) bool {
	switch {
	case text == "" || !isASCII(text) || len(text) > 4:
		return false
	case isFigures(text):
		return len(text) <= 3
	case len(text) == 2 && text[0] == text[1]:
		return true
	case text[0] >= 'a' && text[0] <= 'z' && len(text) <= 3 && isFigures(text[1:]):
		return true
	}
	return romanNumbers[text]
}

// isChineseNumber reports whether a text is a number from 十一 to 九十九 as it is
// written when counting, unlike 三一 and 九三, which are names.
func isChineseNumber(text string) bool {
	tens, ones, ok := strings.Cut(text, "十")
	figure := func(s string) bool {
		return s == "" || utf8.RuneCountInString(s) == 1 && strings.Contains("一二三四五六七八九", s)
	}
	return ok && figure(tens) && figure(ones)
}

func isFigures(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
}

// Masked reports whether characters of a name are hidden or lost: 三角***份限公司,
// 某某公司, XX公司, ××集团, ????有限公司. Two masked names that are written the same
// may mean two companies, so such a name identifies none. Marks of the
// exchanges (*ST), stars within Latin names (E*TRADE) and a star after a whole
// name, which points to a footnote, hide nothing.
func Masked(name string) bool {
	if strings.IndexFunc(name, func(r rune) bool { return maskOf(r) != 0 }) < 0 {
		return false
	}
	text := []rune(strings.TrimRight(strings.TrimSpace(name), "*＊"))
	if all := []rune(strings.TrimSpace(name)); len(all)-len(text) > 0 && !endsWhole(string(text)) {
		text = all
	}
	for i := 0; i < len(text); {
		mark := maskOf(text[i])
		end := i + 1
		for mark != 0 && end < len(text) && maskOf(text[end]) == mark {
			end++
		}
		if mark != 0 && hides(text, i, end, mark) {
			return true
		}
		i = end
	}
	return false
}

// maskOf returns one mark for all characters that look alike, 0 for others.
func maskOf(r rune) rune {
	switch r {
	case '*', '＊', '⁎', '∗':
		return '*'
	case 'x', 'X', 'ｘ', 'Ｘ':
		return 'x'
	case '×', '✕', '✖', '╳':
		return '×'
	case '○', '〇', '●':
		return '○'
	case '□', '■', '█':
		return '□'
	case '?', '？', '_', '＿', '#', '＃':
		return '?'
	case '某', '�':
		return r
	}
	return 0
}

// hides reports whether a run of one mark, text[from:to], stands for characters
// that are not shown.
func hides(text []rune, from, to int, mark rune) bool {
	beside := func(is func(rune) bool) bool {
		return from > 0 && is(text[from-1]) || to < len(text) && is(text[to])
	}
	latin := func(r rune) bool { return !isHan(r) && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	switch long := to-from > 1; mark {
	case '某', '�', '□':
		return true
	case '*':
		return long || beside(isHan) || to-from == len(text)
	case '×':
		return long || beside(isHan)
	case 'x':
		return long && !beside(latin)
	case '○':
		return long && !beside(func(r rune) bool { return strings.ContainsRune("一二三四五六七八九零", r) || latin(r) })
	case '?':
		return long
	}
	return false
}

// endsWhole reports whether a text ends like a complete name.
func endsWhole(text string) bool {
	stem, form := cutForm(Fold(text))
	return form.full && atLeastTwo(stem) && !strings.ContainsAny(stem, "*")
}
