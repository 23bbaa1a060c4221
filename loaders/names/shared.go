package names

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"liantu/resolve"
	"liantu/schema"
)

// SharedName is a full name that several companies of different codes have.
type SharedName struct {
	Name      string   `json:"name"`
	Companies int      `json:"companies"` // how many companies have it
	Codes     []string `json:"codes"`     // the credit code of each, else its LEI or stock code; at most 10, sorted
}

// Text says in both languages which companies share the name, and that each stays
// a company of its own.
func (n SharedName) Text() schema.Text {
	zh, en := strings.Join(n.Codes, "、"), strings.Join(n.Codes, ", ")
	if len(n.Codes) < n.Companies {
		zh, en = zh+" 等", en+" and more"
	}
	return schema.Text{
		Zh: fmt.Sprintf("同名不同码：%s（%s），按 %d 家企业导入", n.Name, zh, n.Companies),
		En: fmt.Sprintf("one name, different codes: %s (%s), loaded as %d companies", n.Name, en, n.Companies),
	}
}

// maxSharedCodes is the most codes that a shared name lists.
const maxSharedCodes = 10

// Shared lists the names that companies of different codes have, those of most
// companies first, then by name. What was joined since counts as one.
func (n *Namesakes) Shared() []SharedName {
	var out []SharedName
	for _, set := range n.sets {
		var codes []string
		name := ""
		for _, m := range n.current(set.members) {
			e := &n.book.list[m]
			code := e.code()
			if code == "" {
				continue
			}
			codes = append(codes, code)
			for _, t := range e.Titles {
				if t.Use == resolve.Official && (name == "" || t.Text < name) && schema.NormalName(t.Text) == set.name {
					name = t.Text
				}
			}
		}
		if len(codes) < 2 {
			continue
		}
		slices.Sort(codes)
		out = append(out, SharedName{Name: name, Companies: len(codes), Codes: codes[:min(len(codes), maxSharedCodes)]})
	}
	slices.SortFunc(out, func(x, y SharedName) int {
		return cmp.Or(cmp.Compare(y.Companies, x.Companies), strings.Compare(x.Name, y.Name))
	})
	return out
}

// code returns the best code of a company, "" if it has none.
func (e *Entry) code() string {
	for _, kind := range []string{"uscc=", "lei=", "stock_code="} {
		best := ""
		for _, code := range e.Codes {
			if value, ok := strings.CutPrefix(code, kind); ok && (best == "" || value < best) {
				best = value
			}
		}
		if best != "" {
			return best
		}
	}
	return ""
}
