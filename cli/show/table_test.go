package show

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/schema"
)

func TestTableLinesUpChinese(t *testing.T) {
	var out bytes.Buffer
	tab := &Table{Columns: []Column{
		{Name: "link", Head: schema.Text{Zh: "环节", En: "LINK"}, Flex: true},
		{Name: "n", Head: schema.Text{Zh: "企业数", En: "FIRMS"}, Right: true},
		{Name: "why", Head: schema.Text{Zh: "理由", En: "WHY"}, Flex: true},
	}}
	tab.Add(Word("光刻胶"), Count(0), Word("全国有 12 家，本地一家也没有"))
	tab.Add(Word("LED chips"), Count(12), Word("ok"))
	out.WriteString(tab.draw(Chinese, screen{}))
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
	out.WriteString(tab.draw(Chinese, screen{width: 34, color: true}))
	if !strings.Contains(out.String(), "全国有 12 家，…") {
		t.Errorf("the last column is not shortened to the screen:\n%s", out.String())
	}
	if !strings.HasPrefix(out.String(), string(Bold)) {
		t.Errorf("the head is not bold on a screen with colours: %q", out.String())
	}
}

// Whatever the cells hold, every cell of a column starts at the same place,
// and no line is wider than the screen unless no column may be shortened.
func TestTableColumnsStartTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var out bytes.Buffer
		tab := &Table{Columns: []Column{
			{Name: "a", Head: schema.Text{En: "A"}, Flex: true},
			{Name: "b", Head: schema.Text{En: "B"}},
		}}
		text := rapid.StringMatching(`[a-z企业链图、…—]{1,40}`)
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			tab.Add(Word(text.Draw(t, "cell")), Word("|"))
		}
		width := rapid.IntRange(20, 100).Draw(t, "width")
		out.WriteString(tab.draw("en", screen{width: width}))
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
