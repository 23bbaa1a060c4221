package cli

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"liantu/cli/show"
	"liantu/evaluate"
)

// frozenPages are the pages with the table of the frozen back-test, by language.
var frozenPages = map[string]string{"../README.md": "en", "../README.zh.md": "zh", "../docs/evaluation.md": "en"}

// TestFrozenTablesAreTrue holds the tables of the pages to the frozen results.
// With -update it rewrites them.
func TestFrozenTablesAreTrue(t *testing.T) {
	var windows []struct {
		Name, Digest string
		Methods      []evaluate.Method
	}
	if err := readJSON("../evaluate/testdata/open_window.json", &windows); err != nil {
		t.Fatal(err)
	}
	for page, lang := range frozenPages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		before, rest, ok := strings.Cut(string(text), "<!-- frozen window -->\n")
		_, after, closed := strings.Cut(rest, "<!-- end -->\n")
		if !ok || !closed {
			t.Errorf("%s has no place for the table", page)
			continue
		}
		want := before + "<!-- frozen window -->\n" + frozenTable(lang, windows[0].Methods, windows[1].Methods) + "<!-- end -->\n" + after
		if want == string(text) {
			continue
		}
		if *update {
			if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		t.Errorf("%s does not say what the frozen results say; update it with: go test ./cli -run Frozen -update\n%s", page, firstDifference(string(text), want))
	}
}

func frozenTable(lang string, province, city []evaluate.Method) string {
	var b strings.Builder
	head := "| | province: AUC | precision@10 | city: AUC | precision@10 |\n"
	if lang == "zh" {
		head = "| | 省级：AUC | 前十准确率 | 市级：AUC | 前十准确率 |\n"
	}
	b.WriteString(head + "|---|---|---|---|---|\n")
	for i, m := range province {
		label := show.MethodLabel(m.Name).En
		if lang == "zh" {
			label = show.MethodLabel(m.Name).Zh
		}
		row := []string{label}
		for _, methods := range [][]evaluate.Method{province, city} {
			for _, name := range []string{"auc", "precision_at_10"} {
				f, _ := methods[i].Figure(name)
				row = append(row, fmt.Sprintf("%.3f [%.3f, %.3f]", f.Value, f.Low, f.High))
			}
		}
		if m.Name == evaluate.Ours {
			for j := range row {
				row[j] = "**" + row[j] + "**"
			}
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	return b.String()
}
