package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"liantu/schema"
	"liantu/sheets"
)

func newTemplate(a *app) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "template KIND",
		Short: "Write an empty workbook to fill in for a kind of node or edge",
		Long: `Write a workbook with a column for everything that a kind of node or edge may
tell: lists to choose from, an example to overwrite or delete, and a second sheet
that explains each column in Chinese and English. What is filled in loads as it is:

  liantu template Company --out companies.xlsx
  liantu load companies.xlsx`,
		Example: `  liantu template Company
  liantu template 所处环节 --out links.xlsx`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			kind, err := kindNamed(args[0])
			if err != nil {
				return err
			}
			return a.writeTemplate(kind, out)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the .xlsx file, or a folder (default: named after the kind, in the current folder)")
	return cmd
}

// kindNamed finds a kind by its name or label.
func kindNamed(text string) (*schema.Kind, error) {
	model := schema.Default()
	var names []string
	for _, k := range slices.Concat(model.Nodes, model.Edges) {
		if strings.EqualFold(k.Name, text) || k.Label.Zh == text || strings.EqualFold(k.Label.En, text) {
			return k, nil
		}
		names = append(names, k.Name)
	}
	return nil, hint(fmt.Errorf("unknown kind %q%s", text, didYouMean(text, names)), schema.Text{
		Zh: "种类有：" + strings.Join(names, "、"), En: "the kinds are " + strings.Join(names, ", "),
	})
}

// writeTemplate writes the workbook of a kind.
func (a *app) writeTemplate(kind *schema.Kind, out string) error {
	name := a.text(schema.Text{Zh: kind.Label.Zh + "_模板.xlsx", En: kind.Name + "_template.xlsx"})
	if out == "" {
		out = name
	} else if isFolder(out) {
		out = filepath.Join(out, name)
	}
	if ext := strings.ToLower(filepath.Ext(out)); ext != ".xlsx" {
		return fmt.Errorf("--out: %q does not end in .xlsx", out)
	}
	var b bytes.Buffer
	if err := a.template(kind).Write(&b); err != nil {
		return err
	}
	if err := replaceFile(out, b.Bytes()); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	_, err := fmt.Fprintln(a.stderr, a.text(schema.Text{Zh: "已写入 " + out, En: "wrote " + out}))
	return err
}

// templateColumn is a column of a template.
type templateColumn struct {
	label, about schema.Text
	needs        schema.Text // whether it has to be filled in
	form         schema.Text // what may stand in it
	example      string
	choices      []string
	text, strong bool
}

// template makes the workbook of a kind.
func (a *app) template(kind *schema.Kind) *sheets.Book {
	columns := templateColumns(schema.Default(), kind)
	data := sheets.Sheet{Name: sheets.Name(kind.Label.Zh)}
	help := sheets.Sheet{Name: "填写说明 how to fill in", Columns: []sheets.Column{
		{Head: "栏 · column"},
		{Head: "要求 · needed", Wrap: true},
		{Head: "填法 · form", Wrap: true},
		{Head: "示例 · for example"},
		{Head: "解释", Wrap: true},
		{Head: "explained", Wrap: true},
	}}
	example := make([]any, len(columns))
	for i, c := range columns {
		// None of these texts is a head, so that a load passes the sheet over.
		shown := ""
		if c.example != "" {
			shown = "例：" + c.example
		}
		data.Columns = append(data.Columns, sheets.Column{Head: c.label.Zh, Text: c.text, Strong: c.strong, Choices: c.choices})
		example[i] = c.example
		help.Rows = append(help.Rows, []any{both(c.label), both(c.needs), both(c.form), shown, c.about.Zh, c.about.En})
	}
	data.Rows = [][]any{example}
	for _, note := range []schema.Text{
		{Zh: "第二行是虚构的示例，填写前请改写或删除。", En: "The second row is an invented example; overwrite or delete it."},
		{Zh: "不知道的请留空，不要填 0 或“无”。", En: "Leave empty what is not known; write neither 0 nor a dash for it."},
		{Zh: "表头可用中文或英文，不需要的栏可以删除；填好后用 liantu load 导入。", En: "Heads may be Chinese or English, and columns that are not needed may go; load the file with liantu load."},
	} {
		help.Rows = append(help.Rows, []any{nil, nil, nil, nil, note.Zh, note.En})
	}
	return &sheets.Book{Title: kind.Label.Zh + " " + kind.Label.En, Sheets: []sheets.Sheet{data, help}}
}

func both(t schema.Text) string {
	if t.Zh == "" {
		return ""
	}
	return t.Zh + " · " + t.En
}
