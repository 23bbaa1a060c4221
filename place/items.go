package place

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"liantu/resolve"
)

// Kind is where in a company's own words a text stands, the best evidence first.
type Kind uint8

// The kinds of text.
const (
	Products Kind = iota // main products, a list of things
	Business             // the main business in the company's words
	Scope                // the business scope of the licence
	Name                 // the registered name
)

// String returns the code of a kind.
func (k Kind) String() string {
	return [...]string{Products: "MAIN_PRODUCTS", Business: "MAIN_BUSINESS", Scope: "BUSINESS_SCOPE", Name: "NAME"}[k]
}

// An Item is one thing that a text states, with what the company does with it.
type Item struct {
	Text  string // as the text has it, without what stands in brackets
	Whole string // Text in the form in which it is compared
	Thing string // the same without verbs; of 信息系统集成服务 it is 信息系统集成
	Acts  Act    // what the verbs state, 0 for a bare thing
	Kind  Kind
	Index int // its number in its text, from 1
	Of    int // how many items that text has
}

// Items cuts a text into items: legal phrases and what stands in brackets are left
// out, a clause (；。) holds things that share the verbs at its end or its beginning,
// and a clause of verbs alone belongs to the one before it. The same item counts once.
// An item of more than 30 characters is a sentence and no item.
func Items(text string, kind Kind) []Item {
	return cut(text, kind, func(string) bool { return false })
}

// cut does the work of Items; a clause that is known as a whole is one item, commas and all.
func cut(text string, kind Kind, known func(string) bool) []Item {
	c := cutter{kind: kind, known: known, seen: map[string]bool{}}
	for _, clause := range clauses(text) {
		c.clause(clause.text)
		if clause.last {
			c.lead = 0
		}
	}
	for i := range c.items {
		c.items[i].Index, c.items[i].Of = i+1, len(c.items)
	}
	return c.items
}

// longestItem is the most characters of an item.
const longestItem = 30

type cutter struct {
	kind  Kind
	known func(string) bool // whether a whole clause is an item of the tables
	items []Item
	seen  map[string]bool
	lead  Act // verbs before a colon hold until the end of the sentence
}

// clause adds the items of one clause.
func (c *cutter) clause(clause string) {
	parts := split(clause)
	if len(parts) > 1 {
		lead := c.lead
		if whole, _ := cutColon(clause, &lead); c.known(resolve.Fold(whole)) {
			parts, c.lead = []string{whole}, lead
		}
	}
	open := len(c.items) // the items from here on have no verb yet
	lead := c.lead
	for n, part := range parts {
		part, colon := cutColon(part, &c.lead)
		if colon {
			if n == 0 {
				lead = 0
			}
			c.lead |= lead // 生产、销售：阀门
			lead = c.lead
			open = len(c.items)
		}
		thing, acts := cutVerbs(opened(part))
		if thing == "" { // verbs alone
			if n == 0 && len(parts) > 1 && !colon {
				lead |= acts // 生产、销售阀门
				continue
			}
			c.give(open, acts)
			if len(c.items) > 0 {
				c.items[len(c.items)-1].Acts |= acts
			}
			continue
		}
		if leadingHere(part, thing) {
			lead |= acts
		}
		if acts != 0 && !leadingHere(part, thing) {
			c.give(open, acts)
		}
		c.add(part, thing, acts|lead)
		if acts != 0 {
			open = len(c.items) // a further verb behind it is of it alone
		}
	}
}

// leadingHere reports whether the verbs of a part stood before its thing.
func leadingHere(part, thing string) bool {
	return thing != "" && strings.HasSuffix(part, thing) && part != thing
}

// give adds acts to the items from a number on.
func (c *cutter) give(from int, acts Act) {
	for i := from; i < len(c.items); i++ {
		c.items[i].Acts |= acts
	}
}

func (c *cutter) add(part, thing string, acts Act) {
	n := utf8.RuneCountInString(part)
	if n > longestItem {
		return
	}
	whole := resolve.Fold(part)
	if whole == "" || c.seen[whole] {
		return
	}
	c.seen[whole] = true
	c.items = append(c.items, Item{Text: part, Whole: whole, Thing: resolve.Fold(ending(thing)), Acts: acts, Kind: c.kind})
}

// openings are words before the things of a sentence; what stands before them says for
// whom or where.
var openings = []string{"主要从事", "专业从事", "专注于", "致力于", "从事", "主要经营", "主要产品为", "主要产品包括", "主营产品为", "主营", "提供", "包括", "以及", "主要为", "其他", "各类", "各种", "其它"}

// opened removes the openings of a sentence.
func opened(part string) string {
	for _, o := range openings {
		if i := strings.Index(part, o); i == 0 || i > 0 && (o == "从事" || o == "提供" || o == "专注于") {
			if rest := strings.TrimPrefix(part[i+len(o):], "的"); utf8.RuneCountInString(rest) >= 2 {
				part = rest
			}
		}
	}
	return strings.TrimSpace(part)
}

// endings are words behind a thing that do not change what it is.
var endings = []string{"系列产品", "相关产品", "等产品", "系列", "产品", "业务板块", "业务", "板块", "等", "项目"}

// ending removes them.
func ending(thing string) string {
	for _, e := range endings {
		if rest := strings.TrimSuffix(thing, e); rest != thing && utf8.RuneCountInString(rest) >= 2 {
			return strings.TrimSuffix(rest, "类")
		}
	}
	return thing
}

// cutColon removes a head before a colon: 一般项目： and the like, and verbs, which
// hold for what follows.
func cutColon(part string, lead *Act) (string, bool) {
	i := strings.LastIndexAny(part, "：:")
	if i < 0 {
		return part, false
	}
	_, size := utf8.DecodeRuneInString(part[i:])
	head, rest := part[:i], part[i+size:]
	if thing, acts := cutVerbs(strings.TrimSpace(head)); thing == "" {
		*lead = acts
	} else {
		*lead = 0
	}
	return strings.TrimSpace(rest), true
}

// A clause stands between ； and 。; last ends a sentence.
type clause struct {
	text string
	last bool
}

// clauses cuts a text at ； and 。 and leaves out what stands in brackets and legal
// phrases.
func clauses(text string) []clause {
	var out []clause
	var b strings.Builder
	depth := 0
	flush := func(last bool) {
		if s := strings.TrimSpace(b.String()); s != "" && !legal(s) {
			out = append(out, clause{s, last})
		} else if last && len(out) > 0 {
			out[len(out)-1].last = true
		}
		b.Reset()
	}
	var before rune
	for i, r := range text {
		switch {
		case r == '(' || r == '（' || r == '[' || r == '【' || r == '〔':
			depth++
		case r == ')' || r == '）' || r == ']' || r == '】' || r == '〕':
			depth = max(0, depth-1)
		case depth > 0 && (r == '；' || r == ';') && unclosed(text[i:]):
			depth = 0
			flush(false)
		case depth > 0:
		case r == '；' || r == ';':
			flush(false)
		case r == '。' || r == '\n' || r == '\r' || r == '*' || r == '＊' || r == '|' || r == '.' && !unicode.IsDigit(before):
			flush(true)
		default:
			b.WriteRune(r)
		}
		before = r
	}
	flush(true)
	return out
}

// unclosed reports whether no bracket closes in the rest of a text, so that the one
// that is open was never meant to hold all of it.
func unclosed(rest string) bool { return !strings.ContainsAny(rest, ")）]】〕") }

// legalWords mark a clause that states what the law says and nothing of the company.
var legalWords = []string{
	"依法须经批准", "依法自主开展", "法律法规", "法律、行政法规", "国务院决定", "相关部门批准", "有关部门批准", "经营活动", "国家限定", "国家禁止", "限定企业经营", "禁止进出口",
	"许可证件", "凭营业执照", "未获审批", "前置许可", "许可审批", "须经审批", "经批准后方可", "许可证经营", "许可证为准", "审批结果为准", "专项审批", "另有规定", "取得许可", "国家法律", "经审批", "凭许可证", "经许可后",
}

// legal reports whether a clause is such a phrase.
func legal(clause string) bool {
	for _, w := range legalWords {
		if strings.Contains(clause, w) {
			return true
		}
	}
	return false
}

// split cuts a clause at its commas. 及, 和 and 与 join things too, but stand in the
// middle of words as well, so they are left to the matching.
func split(clause string) []string {
	return strings.FieldsFunc(clause, func(r rune) bool { return r == '、' || r == '，' || r == ',' || r == '\t' || r == '　' })
}
