package zhejiang_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
)

// A tree is the links of the pack: what is known of each, joined over its rows,
// what lies above it, and the first of the links that are one with it.
type tree struct {
	links    map[string]row
	above    map[string]string
	parts    map[string]bool // links with others below them
	oneOf    map[string]string
	keywords map[string][]string // of a link and of those that are one with it
}

func readTree(t *testing.T) tree {
	t.Helper()
	all := sheets(t)
	tr := tree{map[string]row{}, map[string]string{}, map[string]bool{}, map[string]string{}, map[string][]string{}}
	for _, r := range all["SAME_AS"] {
		tr.oneOf[r["to"]] = r["from"]
	}
	for _, r := range all["Link"] {
		l := tr.links[r["code"]]
		if l == nil {
			l = row{}
			tr.links[r["code"]] = l
		}
		for head, cell := range r {
			if cell != "" {
				l[head] = cell
			}
		}
	}
	for _, r := range all["PART_OF"] {
		if r["from_kind"] == "Link" {
			tr.above[r["from"]] = r["to"]
			tr.parts[r["to"]] = true
		}
	}
	for code, l := range tr.links {
		if l["keywords"] != "" {
			tr.keywords[tr.one(code)] = append(tr.keywords[tr.one(code)], strings.Split(l["keywords"], ";")...)
		}
	}
	return tr
}

// one is the link that stands for all that are one with it.
func (tr tree) one(code string) string {
	if first := tr.oneOf[code]; first != "" {
		return first
	}
	return code
}

// TestCompaniesAreWhereCompaniesCanBe checks that nobody is at a heading, an
// activity or a customer.
func TestCompaniesAreWhereCompaniesCanBe(t *testing.T) {
	tr := readTree(t)
	for _, kind := range []string{"OPERATES_IN", "BELONGS_TO"} {
		for i, r := range sheets(t)[kind] {
			if holds := tr.links[r["to"]]["holds"]; holds != "" {
				t.Errorf("%s.csv:%d: %s is at %s, which holds %s", kind, i+2, r["from"], r["to"], holds)
			}
		}
	}
}

// TestSectionsAreHeadings checks that a section of a chain is a heading unless
// companies are at it.
func TestSectionsAreHeadings(t *testing.T) {
	tr := readTree(t)
	at := map[string]bool{}
	for _, r := range sheets(t)["OPERATES_IN"] {
		at[r["to"]] = true
	}
	for code, l := range tr.links {
		section := tr.links[tr.above[code]] == nil
		if section && (l["holds"] == "HEADING") == at[code] {
			t.Errorf("section %s %s holds %q; companies are at it: %v", code, l["name"], l["holds"], at[code])
		}
		if !section && l["holds"] == "HEADING" {
			t.Errorf("%s %s is a heading and no section", code, l["name"])
		}
	}
}

// TestEqualLinksStandApart checks that links that are one hold companies, and
// that none of them lies below another.
func TestEqualLinksStandApart(t *testing.T) {
	tr := readTree(t)
	if n := len(tr.oneOf); n < 150 {
		t.Errorf("%d links are one with another, want at least 150", n)
	}
	for code, first := range tr.oneOf {
		if tr.oneOf[first] != "" {
			t.Errorf("%s leads to %s, which leads on", code, first)
		}
		if h := tr.links[code]["holds"] + tr.links[first]["holds"]; h != "" {
			t.Errorf("%s is one with %s, but they hold %s", code, first, h)
		}
		for up := tr.above[code]; up != ""; up = tr.above[up] {
			if tr.one(up) == first {
				t.Errorf("%s is one with %s, which it lies below", code, up)
			}
		}
	}
}

// tooBroad are words that stand for much more than any lowest link.
var tooBroad = []string{"电池", "芯片", "软件", "设备", "材料", "传感器", "仪器", "机械", "电子", "化工", "医药", "服务", "平台", "系统", "新材料", "新能源", "环保", "控制系统", "检测仪器"}

// TestLowestLinksHaveWords checks that each of the lowest links that hold
// companies has keywords, and that none of them is a word for something wider.
func TestLowestLinksHaveWords(t *testing.T) {
	tr := readTree(t)
	for code, l := range tr.links {
		if tr.parts[code] || l["holds"] != "" {
			continue
		}
		words := tr.keywords[tr.one(code)]
		if len(words) == 0 {
			t.Errorf("%s %s has no keyword", code, l["name"])
		}
		for _, w := range words {
			if slices.Contains(tooBroad, w) && !tr.parts[tr.one(code)] {
				t.Errorf("%s %s has the keyword %s, which is wider than it", code, l["name"], w)
			}
		}
	}
}

// TestFormerCodesLeadOn checks that renamed.csv and the column former_codes agree,
// and that no former code is one of the present.
func TestFormerCodesLeadOn(t *testing.T) {
	f, err := os.Open("renamed.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tr := readTree(t)
	stated := map[string]string{}
	for code, l := range tr.links {
		for _, former := range strings.Split(l["former_codes"], ";") {
			if former != "" {
				stated[former] = code
			}
		}
	}
	for _, line := range lines[1:] {
		if stated[line[0]] != line[1] {
			t.Errorf("renamed.csv leads from %s to %s, the pack to %q", line[0], line[1], stated[line[0]])
		}
		if tr.links[line[0]] != nil {
			t.Errorf("%s is a former code and a present one", line[0])
		}
	}
	if len(stated) != len(lines)-1 {
		t.Errorf("the pack has %d former codes, renamed.csv %d", len(stated), len(lines)-1)
	}
}

// TestRolesArePublished checks that nobody but a dated publication gives a link
// a role, and that the link holds companies.
func TestRolesArePublished(t *testing.T) {
	all, tr := sheets(t), readTree(t)
	published := map[string]string{}
	for _, s := range all["Source"] {
		if s["licence"] == "公开网页" {
			published[s["name"]] = s["data_date"]
		}
	}
	for i, r := range all["Link"] {
		if r["declared_role"] == "" {
			continue
		}
		if day := published[r["source"]]; day == "" || day != r["as_of"] {
			t.Errorf("Link.csv:%d: %s has a role by %s of %s, which is no publication of that day", i+2, r["code"], r["source"], r["as_of"])
		}
		if tr.links[r["code"]]["holds"] != "" {
			t.Errorf("Link.csv:%d: %s has a role and holds no companies", i+2, r["code"])
		}
	}
}
