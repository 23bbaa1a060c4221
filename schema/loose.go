package schema

import (
	"strings"
	"unicode"
)

// looseDividers separate the members of a set of texts only where every member is
// complete, since names hold them, too.
const looseDividers = ",/／ \u00a0\u3000"

// splitLoose divides a text at the commas of ASCII, else at slashes, else at blanks,
// if all that stands between them is complete; what is divided is divided further.
// It returns the text itself where it is one member.
func splitLoose(text string) []string {
	if !strings.ContainsAny(text, looseDividers) {
		return []string{text}
	}
	for _, by := range []struct {
		dividers string
		complete func(part string) bool
	}{
		{",", stands},
		{"/／", isWhole},
		{" \u00a0\u3000", isFullName},
	} {
		if !strings.ContainsAny(text, by.dividers) {
			continue
		}
		if parts := partsOf(text, by.dividers, by.complete); parts != nil {
			var all []string
			for _, part := range parts {
				all = append(all, splitLoose(part)...)
			}
			return all
		}
	}
	return []string{text}
}

// partsOf returns the parts of a text between dividers, trimmed and without blank
// ones, if all of them are complete and no Latin letters alone; else nil.
func partsOf(text, dividers string, complete func(string) bool) []string {
	var parts []string
	chinese, codes := false, true
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(dividers, r) }) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if !complete(part) {
			return nil
		}
		parts = append(parts, part)
		chinese = chinese || hanIn(part) > 0
		codes = codes && isCode(part)
	}
	if !chinese && !codes {
		return nil // an English name with commas in it
	}
	return parts
}

// stands reports whether a text between commas is a member by itself: at least two
// Chinese characters, or a sign such as ISO9001, CATL or 600519.SH. Digits and single
// letters, as in 1,3-丁二烯 and N,N-二甲基甲酰胺, are parts of a word, and so are the
// legal forms of English names.
func stands(part string) bool {
	if hanIn(part) > 0 {
		return hanIn(part) >= 2 && !isFormAlone(part)
	}
	return isSign(part)
}

// isWhole reports whether a text between slashes is a whole name of a company, or a
// whole recognition such as 高新技术企业. 研发 of 研发/生产基地, 国家级 of
// 国家级/省级专精特新 and A of A/B股 are not.
func isWhole(part string) bool {
	return isFullName(part) || recognitions[part] || hanIn(part) >= 4 && endsIn(part, recognitionEnds)
}

// isFullName reports whether a text between blanks is a whole name: of a company
// with its legal form, but not of a branch, whose name may begin with that of its
// company and a blank; or a whole recognition. The name of a group is none, because it may
// stand in front of that of a member; neither is 专精特新 of 专精特新 小巨人.
func isFullName(part string) bool {
	if isFormAlone(part) || endsIn(part, branchEnds) {
		return false
	}
	return hanIn(part) >= 4 && (endsIn(part, companyEnds) || endsIn(part, honourEnds))
}

// The words in which whole names and recognitions end.
var (
	companyEnds     = []string{"公司", "合伙企业", "（有限合伙）", "(有限合伙)", "（普通合伙）", "(普通合伙)", "事务所", "合作社"}
	branchEnds      = []string{"分公司", "子公司"}
	honourEnds      = []string{"小巨人", "小巨人”", "小巨人企业", "小巨人”企业", "高新技术企业", "冠军", "中小企业", "独角兽企业", "瞪羚企业"}
	recognitionEnds = append([]string{"企业", "单位", "基地", "工厂", "中心", "实验室", "工作站", "称号", "奖", "认证"}, honourEnds...)
)

// recognitions are whole by themselves although they are short.
var recognitions = map[string]bool{
	"高企": true, "国高新": true, "高新技术企业": true, "专精特新": true, "小巨人": true, "单项冠军": true, "隐形冠军": true,
	"瞪羚": true, "独角兽": true, "雏鹰": true, "规上": true, "链主": true, "老字号": true, "中华老字号": true, "绿色工厂": true,
}

// isFormAlone reports whether a text is a legal form and no name, as what follows
// the comma in 甲,有限公司.
func isFormAlone(part string) bool {
	switch part {
	case "公司", "有限公司", "股份公司", "股份有限公司", "有限责任公司", "集团公司", "集团有限公司", "集团股份有限公司",
		"有限合伙", "普通合伙", "合伙企业":
		return true
	}
	return false
}

// isSign reports whether a text is of capitals, digits and marks without blanks, at
// least three characters and a letter, and no legal form.
func isSign(part string) bool {
	if len(part) < 3 || latinForms[strings.Trim(part, ".")] {
		return false
	}
	letters := 0
	for _, r := range part {
		switch {
		case r >= 'A' && r <= 'Z':
			letters++
		case r >= '0' && r <= '9', r == '.', r == '-', r == '+', r == '&':
		default:
			return false
		}
	}
	return letters > 0
}

// isCode reports whether a text is a sign with a digit and a letter, at least four
// characters: commas between such are never part of a name.
func isCode(part string) bool {
	return len(part) >= 4 && isSign(part) && strings.ContainsAny(part, "0123456789")
}

// latinForms are the legal forms that stand behind commas in capitals.
var latinForms = map[string]bool{
	"LTD": true, "INC": true, "LLC": true, "LLP": true, "LP": true, "CORP": true, "PLC": true, "CO": true, "GMBH": true, "AG": true,
	"S.A": true, "N.V": true, "B.V": true, "S.P.A": true, "PTE": true, "PTY": true, "LIMITED": true, "CO.LTD": true, "CO.,LTD": true,
}

func endsIn(text string, ends []string) bool {
	for _, end := range ends {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	return false
}

// hanIn counts the Chinese characters of a text.
func hanIn(text string) int {
	n := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}
