package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Every command that prints a table gives it as a workbook, whose second sheet
// says how to read it, under a name that says what is in it.
func TestEveryTableIsAWorkbook(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks every question of the sample pack")
	}
	dir := t.TempDir()
	graph := filepath.Join(dir, "graph.db")
	if code, _, errs := program(t, "load", "testdata/mini", "--file", graph); code != exitOK {
		t.Fatal(errs)
	}
	faulty := filepath.Join(dir, "list.csv")
	if err := os.WriteFile(faulty, []byte("企业名称,员工人数\n甲山有限公司,多\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	company := "甲一材料股份有限公司"
	for _, c := range []struct{ args, name string }{
		{"load " + faulty + " --kind Company --source list --as-of 2024 --dry-run", "导入问题清单"},
		{"load testdata/mini --batch again", "导入问题清单"},
		{"undo again", "撤销结果"},
		{"mapping", "映射清单"},
		{"gaps --region 杭州 --chain resist", "杭州_光刻胶链_补链清单"},
		{"candidates --region 330100 --link 光刻胶", "杭州_光刻胶_招商目标清单"},
		{"compare --regions 杭州,苏州 --chain resist", "杭州-苏州_光刻胶链_地区对比"},
		{"what-if --region 330100 --land 丙一材料股份有限公司", "杭州_落地推演"},
		{"ties --chain resist", "光刻胶链_环节联系"},
		{"anchor --company " + company, company + "_链主延链清单"},
		{"introductions --region 330100 --link 光刻胶", "杭州_光刻胶_引荐路径"},
		{"match need --region 330100", "杭州_中介匹配清单"},
		{"match plan --region 330100", "杭州_中介匹配方案"},
		{"match intermediaries", "中介机构名录"},
		{"changes --since 0 --region 330100", "杭州_结论变化"},
		{"conflicts", "数据分歧"},
		{"node resist.photoresist", "光刻胶_节点全貌"},
		{"quality --region 330100", "杭州_数据质量"},
		{"batches", "导入批次"},
		{"review", "同名复核清单"},
		{"check store", "图谱核对"},
		{"config show", "设置"},
	} {
		out := filepath.Join(dir, strings.ReplaceAll(c.args, "/", "-"))
		args := append(strings.Fields(c.args), "--file", graph, "--lang", "zh", "--out", out+"/")
		if code, printed, errs := program(t, args...); code != exitOK && code != exitPartial || printed != "" {
			t.Errorf("%s: exit code %d, output %q, errors %s", c.args, code, printed, errs)
			continue
		}
		entries, err := os.ReadDir(out)
		if err != nil || len(entries) != 1 || !strings.HasPrefix(entries[0].Name(), c.name+"_20") {
			t.Errorf("%s wrote %v, %v, want one file %s_DAY.xlsx", c.args, entries, err, c.name)
			continue
		}
		book, err := excelize.OpenFile(filepath.Join(out, entries[0].Name()))
		if err != nil {
			t.Errorf("%s: %v", c.args, err)
			continue
		}
		if names := book.GetSheetList(); len(names) < 2 || names[1] != "口径说明" {
			t.Errorf("%s: the sheets are %v", c.args, names)
		}
		rows, err := book.GetRows(book.GetSheetName(0))
		if err != nil || len(rows) == 0 || slices.Contains(rows[0], "") {
			t.Errorf("%s: the head is %v, %v", c.args, rows, err)
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
}
