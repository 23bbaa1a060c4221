package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// small is a curation of two chains of one section, one group and some links
// each, with the files of a folder.
func small(t *testing.T, files map[string]string) (cur *curation, dir string) {
	t.Helper()
	cur = &curation{ByCode: map[string]*link{}}
	for _, code := range []string{"a", "b"} {
		c := &chain{Code: code, Parts: []*link{{Name: "上游", English: "first", Position: "UPSTREAM", Parts: []*link{
			{Name: "组", English: "group", Parts: []*link{{Name: "泵", English: "pumps"}, {Name: "水泵", English: "water pumps", Companies: []string{"甲"}}}},
		}}, {Name: "中游", English: "second", Position: "MIDSTREAM"}}}
		if err := c.finish(); err != nil {
			t.Fatal(err)
		}
		c.walk(func(l *link) { cur.ByCode[l.Code] = l })
		cur.Chains = append(cur.Chains, c)
	}
	dir = filepath.Join(t.TempDir(), "curation")
	if err := os.MkdirAll(filepath.Join(dir, "keywords"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return cur, dir
}

func TestAlter(t *testing.T) {
	cur, dir := small(t, map[string]string{
		"../renamed.csv":  "old,new\na.group.water-pumps,a.group.pumps\n",
		"changes.yaml":    "rename: {a.group: {name: 流体机械, en: fluid machinery}}\nmove: {a.group: a.mid}\nadd: {}\n",
		"keywords/x.yaml": "a.group.pumps: [离心泵]\n",
	})
	if err := cur.alter(dir); err != nil {
		t.Fatal(err)
	}
	if err := cur.addKeywords(dir); err != nil {
		t.Fatal(err)
	}
	group, pumps := cur.ByCode["a.group"], cur.ByCode["a.group.pumps"]
	if group.Name != "流体机械" || group.English != "fluid machinery" || !slices.Equal(group.Former, []string{"组"}) {
		t.Errorf("the renamed group is %+v", group)
	}
	if group.Parent.Code != "a.mid" || pumps.Position != "MIDSTREAM" || len(cur.ByCode["a.up"].Parts) > 0 {
		t.Errorf("the group was not moved: it is below %s, its parts are %s", group.Parent.Code, pumps.Position)
	}
	if cur.ByCode["a.group.water-pumps"] != nil || !slices.Equal(pumps.FormerCodes, []string{"a.group.water-pumps"}) ||
		!slices.Equal(pumps.Companies, []string{"甲"}) || !slices.Equal(pumps.Aliases, []string{"水泵"}) || !slices.Equal(pumps.Keywords, []string{"离心泵"}) {
		t.Errorf("the merged link is %+v", pumps)
	}
}

// TestWrongChanges checks that what the files state of links that are not there,
// or cannot be, is an error.
func TestWrongChanges(t *testing.T) {
	cases := []struct{ what, file, text, fault string }{
		{"a rename of nothing", "changes.yaml", "rename: {a.none: {name: x, en: x}}", "no link has the code"},
		{"a merge of a group", "../renamed.csv", "old,new\na.group,a.mid\n", "cannot be merged"},
		{"a merge across chains", "../renamed.csv", "old,new\na.group.pumps,b.group.pumps\n", "cannot be merged"},
		{"a holding of nothing", "holds.yaml", "HEADING: [a.none]", "no link has the code"},
		{"a holding twice", "holds.yaml", "HEADING: [a.up]\nCUSTOMERS: [a.up]", "twice"},
		{"one with a link above", "same.yaml", "- [a.group, a.group.pumps]", "lies below"},
		{"one with two groups", "same.yaml", "- [a.group.pumps, b.group.pumps]\n- [a.group.pumps, b.group]", "twice"},
		{"one with a heading", "same.yaml", "- [a.up, b.group]", "holds companies"},
		{"words of a heading", "keywords/x.yaml", "a.up: [泵]", "holds companies"},
	}
	for _, c := range cases {
		files := map[string]string{"../renamed.csv": "old,new\n", "changes.yaml": "rename: {}", "holds.yaml": "HEADING: [a.up]", "same.yaml": "[]"}
		files[c.file] = c.text
		cur, dir := small(t, files)
		err := cur.alter(dir)
		for _, next := range []func(string) error{cur.addHolds, cur.addSame, cur.addKeywords} {
			if err == nil {
				err = next(dir)
			}
		}
		if err == nil || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%s: %v, want %q", c.what, err, c.fault)
		}
	}
}

// TestOneLink checks that the words of links that are one lead to the first of
// them, that either chain supports a product, and that a link above one of them
// gives way to it.
func TestOneLink(t *testing.T) {
	cur, dir := small(t, map[string]string{"same.yaml": "- [a.group.pumps, b.group.water-pumps]"})
	cur.ByCode["b.group.water-pumps"].Keywords = []string{"离心泵"}
	cur.ByCode["b.group"].Classes = []string{"泵业"}
	if err := cur.addSame(dir); err != nil {
		t.Fatal(err)
	}
	first := cur.ByCode["a.group.pumps"]
	if found := newTerms(cur).match("离心泵"); found == nil || len(found.Links) != 1 || found.Links[0] != first {
		t.Errorf("离心泵 leads to %+v, want %s alone", found, first.Code)
	}
	folio := &portfolio{Classes: []string{"泵业"}}
	folio.add("离心泵", 0.5)
	at := newMatcher(cur, nil).memberships(folio)
	if len(at) != 1 || at[0].Link != first {
		t.Errorf("the firm is at %+v, want %s alone", at, first.Code)
	}
	p := pack{}
	addSameAs(p, cur)
	if rows := p["SAME_AS"]; len(rows) != 1 || rows[0]["from"] != first.Code || rows[0]["to"] != "b.group.water-pumps" {
		t.Errorf("the pack states %v", rows)
	}
}
