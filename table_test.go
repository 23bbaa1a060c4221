package main

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/schema"
)

func TestTableLinesUpChinese(t *testing.T) {
	var out bytes.Buffer
	a := &app{stdout: &out, lang: "zh"}
	tab := &table{columns: []column{
		{name: "link", head: schema.Text{Zh: "环节", En: "LINK"}, flex: true},
		{name: "n", head: schema.Text{Zh: "企业数", En: "FIRMS"}, right: true},
		{name: "why", head: schema.Text{Zh: "理由", En: "WHY"}, flex: true},
	}}
	tab.add(word("光刻胶"), count(0), word("全国有 12 家，本地一家也没有"))
	tab.add(word("LED chips"), count(12), word("ok"))
	if err := a.draw(tab, screen{}); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"环节       企业数  理由",
		"光刻胶          0  全国有 12 家，本地一家也没有",
		"LED chips      12  ok",
		"",
	}, "\n")
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}

	out.Reset()
	if err := a.draw(tab, screen{width: 34, color: true}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "全国有 12 家，…") {
		t.Errorf("the last column is not shortened to the screen:\n%s", out.String())
	}
	if !strings.HasPrefix(out.String(), ansiBold) {
		t.Errorf("the head is not bold on a screen with colours: %q", out.String())
	}
}

// Whatever the cells hold, every cell of a column starts at the same place,
// and no line is wider than the screen unless no column may be shortened.
func TestTableColumnsStartTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var out bytes.Buffer
		a := &app{stdout: &out, lang: "en"}
		tab := &table{columns: []column{
			{name: "a", head: schema.Text{En: "A"}, flex: true},
			{name: "b", head: schema.Text{En: "B"}},
		}}
		text := rapid.StringMatching(`[a-z企业链图、…—]{1,40}`)
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			tab.add(word(text.Draw(t, "cell")), word("|"))
		}
		width := rapid.IntRange(20, 100).Draw(t, "width")
		if err := a.draw(tab, screen{width: width}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		at := measure.StringWidth(lines[1][:strings.Index(lines[1], "|")])
		for _, line := range lines[1:] {
			if got := measure.StringWidth(line[:strings.Index(line, "|")]); got != at {
				t.Fatalf("second column starts at cell %d and at %d:\n%s", at, got, out.String())
			}
			if got := measure.StringWidth(line); got > width {
				t.Fatalf("line is %d cells wide on a screen of %d:\n%s", got, width, out.String())
			}
		}
	})
}
