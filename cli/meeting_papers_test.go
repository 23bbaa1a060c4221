package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbookOf opens a workbook.
func workbookOf(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	})
	return book
}

// rowsOf are the rows of a sheet below its title, its line and its head, and the head.
func rowsOf(t *testing.T, book *excelize.File, sheet string) (head []string, rows [][]string) {
	t.Helper()
	all, err := book.GetRows(sheet)
	if err != nil || len(all) < 4 {
		t.Fatalf("%s: %d rows, error %v", sheet, len(all), err)
	}
	return all[2], all[3:]
}

// TestMeetingPapersAgreeWithTheQuestions makes both papers of a region, and compares what
// they say with the answers of the questions that they are made of.
func TestMeetingPapersAgreeWithTheQuestions(t *testing.T) {
	t.Setenv("LIANTU_STORE_PATH", sampleFile(t))
	t.Setenv("LIANTU_LANGUAGE", "zh")
	var asked struct {
		TotalCount int
		Nodes      []struct {
			Link    struct{ Code string }
			State   string
			Numbers struct{ Companies int }
		}
	}
	code, out, errs := program(t, "gaps", "--region", "330000", "--action", "BUILD,FILL,STRENGTHEN,EXTEND", "--format", "json")
	if code != exitOK {
		t.Fatal(errs)
	}
	if err := json.Unmarshal([]byte(out), &asked); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, form := range []string{"xlsx", "docx"} {
		if code, _, errs := program(t, "meeting", "--region", "330000", "--out", filepath.Join(dir, "材料."+form)); code != exitOK {
			t.Fatal(errs)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "材料.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	book := workbookOf(t, data)
	if got := book.GetSheetList(); !slices.Equal(got, []string{"作战图", "招商目标清单", "引荐路径", "对比", "口径说明"}) {
		t.Fatalf("sheets %q", got)
	}
	head, rows := rowsOf(t, book, "作战图")
	if len(rows) != asked.TotalCount || len(rows) == 0 {
		t.Errorf("%d links are listed, %d asked for", len(rows), asked.TotalCount)
	}
	name, number, link := slices.Index(head, "环节"), slices.Index(head, "企业"), slices.Index(head, "环节编号")
	for i, row := range rows {
		if want := asked.Nodes[i]; row[link] != want.Link.Code || row[number] != fmt.Sprint(want.Numbers.Companies) {
			t.Errorf("row %d is %q, want %+v", i, row, want)
		}
	}
	if name > link {
		t.Error("codes come before names")
	}
	if head, rows := rowsOf(t, book, "引荐路径"); !strings.Contains(rows[0][slices.Index(head, "路径")], "联系人“V0") {
		t.Errorf("introductions %q", rows)
	}
	if _, rows := rowsOf(t, book, "对比"); len(rows) != asked.TotalCount {
		t.Errorf("%d links are compared of %d", len(rows), asked.TotalCount)
	}
	whole, err := readWhole(filepath.Join(dir, "材料.docx"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"浙江省产业链补链强链会商材料", "一　结论", "五　还不知道什么", fmt.Sprintf("需要办理的 %d 个", asked.TotalCount), rows[0][name], "含虚构的示例数据"} {
		if !strings.Contains(whole, text) {
			t.Errorf("the document lacks %q", text)
		}
	}
}

// TestMeetingPapersNarrowed asks for less: the actions, the number of links and the regions to
// compare with are those asked for, and a list without rows says so.
func TestMeetingPapersNarrowed(t *testing.T) {
	t.Setenv("LIANTU_STORE_PATH", sampleFile(t))
	t.Setenv("LIANTU_LANGUAGE", "zh")
	file := filepath.Join(t.TempDir(), "a.xlsx")
	if code, _, errs := program(t, "meeting", "--region", "330000", "--ecosystem", "biomed", "--action", "FILL", "--limit", "3", "--against", "江苏", "--out", file); code != exitOK {
		t.Fatal(errs)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	book := workbookOf(t, data)
	head, rows := rowsOf(t, book, "作战图")
	if len(rows) != 3 || rows[0][slices.Index(head, "行动")] != "补链" || rows[0][slices.Index(head, "生态圈")] != "生物医药" {
		t.Errorf("rows %q", rows)
	}
	if head, _ := rowsOf(t, book, "对比"); !slices.Contains(head, "江苏省") || slices.Contains(head, "广东省") {
		t.Errorf("compared are %q", head)
	}
	file = filepath.Join(t.TempDir(), "b.docx")
	if code, _, errs := program(t, "meeting", "--region", "330000", "--link", "生物制药", "--state", "STRONG", "--out", file); code != exitOK {
		t.Fatal(errs)
	}
	if whole, err := readWhole(file); err != nil || !strings.Contains(whole, "没有需要办理的环节") {
		t.Errorf("a list without links does not say so: %v", err)
	}
	file = filepath.Join(t.TempDir(), "c.docx")
	if code, _, errs := program(t, "meeting", "--region", "330000", "--declared-role", "core", "--out", file); code != exitOK {
		t.Fatal(errs)
	}
	if whole, err := readWhole(file); err != nil || !strings.Contains(whole, "没有需要办理的环节") {
		t.Errorf("no link of the sample is declared to be core, and the document has some: %v", err)
	}
	if code, _, errs := program(t, "gaps", "--region", "330000", "--format", "docx"); code == exitOK || !strings.Contains(errs, "docx") {
		t.Errorf("gaps has become a document: %s", errs)
	}
}

// TestMeetingPapersKeepToTheRole makes the papers for a viewer, who may not ask for
// introductions: they say so, and hold none.
func TestMeetingPapersKeepToTheRole(t *testing.T) {
	g := serveGuarded(t)
	response, body := g.paper(t, "kan", "meeting.xlsx?region=330100&lang=zh")
	if response.StatusCode != http.StatusOK || !strings.Contains(fileOf(t, response), "会商材料") {
		t.Fatalf("%d %.300s", response.StatusCode, body)
	}
	book := workbookOf(t, []byte(body))
	rows, err := book.GetRows("引荐路径")
	if err != nil || len(rows) != 4 || !strings.Contains(rows[3][0], "您的角色不能查询这一部分") {
		t.Errorf("rows %q, error %v", rows, err)
	}
	response, body = g.paper(t, "kan", "meeting.docx?region=330100&lang=en")
	if response.StatusCode != http.StatusOK || !strings.HasSuffix(fileOf(t, response), ".docx") {
		t.Fatalf("%d %.300s", response.StatusCode, body)
	}
	if _, err := zip.NewReader(strings.NewReader(body), int64(len(body))); err != nil {
		t.Error(err)
	}
	if response, body := g.paper(t, "kan", "gaps.docx?region=330100"); response.StatusCode != http.StatusNotFound || !strings.Contains(body, "meeting as docx") {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}
