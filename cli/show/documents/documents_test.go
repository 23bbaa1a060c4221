package documents_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"liantu/cli/show/documents"
)

// paper is a document with a part of each sort.
func paper() *documents.Document {
	return &documents.Document{
		Title: "会商材料 <一> & 二", Line: "内部资料", Foot: "链图 · 版本 <1>", Made: time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC),
		Page: documents.Words{Before: "第 ", Between: " 页，共 ", After: " 页"},
		Box:  []documents.Run{{Text: "口径　", Bold: true}, {Text: "上市公司"}},
		Sections: []documents.Section{{Head: "一　结论", Blocks: []documents.Block{
			documents.Plain("缺失  两个空格与\t制表"),
			{Table: &documents.Table{
				Columns: []documents.Column{{Head: "环节", Width: 3}, {Head: "企业", Width: 1, Right: true}},
				Rows:    [][]documents.Cell{{{{Text: "客车", Bold: true}, {Text: "汽车"}}, {{Text: "0 / 1.4"}}}, {{}, {}}},
			}},
			{Table: &documents.Table{Columns: []documents.Column{{Head: "地区", Width: 1}}, Rows: [][]documents.Cell{{{{Text: "江苏"}}}}}},
		}}},
	}
}

// parts writes a document and reads its parts, each of which must be XML.
func parts(t *testing.T, d *documents.Document) map[string]string {
	t.Helper()
	var file bytes.Buffer
	if err := d.Write(&file); err != nil {
		t.Fatal(err)
	}
	book, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, part := range book.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[part.Name] = string(text)
		for in := xml.NewDecoder(bytes.NewReader(text)); ; {
			if _, err := in.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", part.Name, err)
			}
		}
	}
	return all
}

func TestDocument(t *testing.T) {
	all := parts(t, paper())
	for part, texts := range map[string][]string{
		"word/document.xml": {
			"会商材料 &lt;一&gt; &amp; 二", "内部资料", "上市公司", "一　结论", ">缺失  两个空格与", "0 / 1.4", "江苏",
			`<w:tblHeader`, `<w:cantSplit`, `<w:footerReference`, `w:w="11906"`, `xml:space="preserve"`,
		},
		"word/footer1.xml":    {"链图 · 版本 &lt;1&gt;", "PAGE", "NUMPAGES", "第 ", " 页，共 "},
		"word/styles.xml":     {"宋体", "黑体"},
		"docProps/core.xml":   {"会商材料 &lt;一&gt;", "2026-12-03T09:00:00Z", "<dc:creator>liantu</dc:creator>"},
		"[Content_Types].xml": {"/word/footer1.xml"},
	} {
		for _, text := range texts {
			if !strings.Contains(all[part], text) {
				t.Errorf("%s lacks %q", part, text)
			}
		}
	}
	if strings.Count(all["word/document.xml"], "<w:tblHeader") != 2 || strings.Count(all["word/document.xml"], "<w:cantSplit") != 5 {
		t.Error("not every head is repeated, or a page may break a row")
	}
	if _, ok := all["docProps/thumbnail.jpeg"]; ok || strings.Contains(all["_rels/.rels"], "thumbnail") {
		t.Error("the picture of the template is there")
	}
	// Two tables next to each other are one for a word processor.
	if strings.Contains(all["word/document.xml"], "</w:tbl><w:tbl>") {
		t.Error("nothing stands between two tables")
	}
}

func TestSameDocumentIsTheSame(t *testing.T) {
	var one, two bytes.Buffer
	if err := paper().Write(&one); err != nil {
		t.Fatal(err)
	}
	if err := paper().Write(&two); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two documents of the same contents differ")
	}
}
