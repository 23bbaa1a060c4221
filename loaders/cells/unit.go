package cells

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"liantu/loaders/rows"
	"liantu/schema"
)

var (
	// unitLine matches a statement of units, such as 单位：万元 or （金额单位：人民币
	// 亿元、亩）, but not 填报单位：某局.
	unitLine = regexp.MustCompile(`(?:^|[^\p{Han}]|金额|货币|计量)单位\s*(?::|均?为)\s*([^()\[\]【】:]*)`)
	// currency matches what tables state beside the unit: 单位：万元 币种：美元.
	currency = regexp.MustCompile(`币种\s*(?::|为)\s*([^\s、,;()]+)`)
)

// amount is any property of money.
var amount = schema.Property{Type: schema.TypeMoney}

// Unit returns the unit of amounts that stands beside a table, as the head of a column
// that states it: in its header or, where that has none, in the nearest row above it.
// It returns "" when none is stated. No amount is valid with units of money that differ.
func Unit(r *rows.Reader) string {
	if unit := statedUnit(r.Columns()); unit != "" {
		return unit
	}
	return statedUnit(r.Above())
}

// statedUnit returns the unit of money of the last of the texts that states one, as a
// head; "" for none.
func statedUnit(texts []string) (head string) {
	for i, text := range texts {
		text = norm.NFKC.String(text)
		for _, m := range unitLine.FindAllStringSubmatch(text, -1) {
			stated := strings.TrimSpace(m[1])
			if stated == "" && i+1 < len(texts) { // the unit is in the next cell
				stated = norm.NFKC.String(texts[i+1])
			}
			if of := currency.FindStringSubmatch(text); of != nil {
				stated += " " + of[1]
			}
			if unit := amount.UnitIn("x(" + strings.Join(strings.Fields(stated), "、") + ")"); unit != "" {
				head = "x(" + unit + ")"
			}
		}
	}
	return head
}

// UnitBelow returns the unit of amounts that lines below the rows of a table state, such
// as 单位：元, as [Unit] does. It reads all rows.
func UnitBelow(r *rows.Reader) string {
	var all []string
	for {
		rec, err := r.Next()
		if err != nil { // of a row after which nothing can be read, too
			return statedUnit([]string{"单位：" + strings.Join(all, "、")})
		}
		if texts := noteOf(rec); len(texts) > 0 {
			if head := statedUnit(texts); head != "" {
				all = append(all, strings.Trim(head, "x()"))
			}
		}
	}
}

// noteOf returns the texts of a row that states a unit, nil for others.
func noteOf(rec *rows.Record) []string {
	var texts []string
	for _, text := range rec.Texts() {
		switch text = strings.TrimSpace(text); {
		case text == "":
		case len(texts) == maxNoteFull || len(texts) == 0 && !strings.Contains(text, "单位"):
			return nil
		default:
			texts = append(texts, text)
		}
	}
	return texts
}

// RowOfUnits returns the units of columns that the first row below the heads states, by
// column, such as 万元 and 人; nil for a row of anything else.
func RowOfUnits(rec *rows.Record) map[string]string {
	if rec.Blank || rec.Err != nil || !rec.IsTable() || rec.Role != rows.Data {
		return nil
	}
	units := map[string]string{}
	for i := range rec.Fields {
		f := &rec.Fields[i]
		switch text := strings.TrimSpace(f.Text); {
		case text == "" || schema.Blank(text) || i == 0 && unitHead.MatchString(text):
		case f.Number || !schema.IsUnit(text):
			return nil
		default:
			units[f.Name] = "x(" + strings.Trim(text, "()（）[]【】 ") + ")"
		}
	}
	if len(units) == 0 {
		return nil
	}
	return units
}

// unitHead stands at the beginning of a row of units.
var unitHead = regexp.MustCompile(`^(计量)?单位[:：]?$`)
