package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"liantu/graph/projection"
	"liantu/schema"
	"liantu/sheets"
)

// The forms of an answer.
var formats = []string{"table", "json", "csv", "xlsx"}

// addFormatFlag lets a command print its answer as a table, JSON, CSV or a
// workbook, and write it to a file.
func addFormatFlag(cmd *cobra.Command) {
	cmd.Flags().String("format", "table", "form of the answer: table, json, csv or xlsx")
	cmd.Flags().String("out", "", "write the answer to this .xlsx, .csv or .json file, or to a folder under a name of its own")
}

// checkFormat refuses a --format or an --out that makes no sense before any
// work is done. Without --format the name of the file tells the form, and a
// folder gets a workbook.
func (a *app) checkFormat(cmd *cobra.Command) error {
	a.asked = cmd
	f := cmd.Flags().Lookup("format")
	if f == nil {
		return nil
	}
	if err := oneOf(formats...)(f.Value.String()); err != nil {
		return fmt.Errorf("--format: %q %w", f.Value.String(), err)
	}
	out := cmd.Flags().Lookup("out")
	if out == nil || out.Value.String() == "" {
		return nil
	}
	format := "xlsx"
	if name := out.Value.String(); !isFolder(name) {
		format = strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
		if !f.Changed && (format == "table" || !slices.Contains(formats, format)) {
			return hint(fmt.Errorf("--out: the name %q tells no form", name), schema.Text{
				Zh: "文件名请以 .xlsx、.csv 或 .json 结尾，或用 --format 指定，或给出一个已有的文件夹",
				En: "end the name in .xlsx, .csv or .json, give a --format, or name a folder that is there",
			})
		}
	}
	if !f.Changed {
		return f.Value.Set(format)
	}
	if f.Value.String() == "table" {
		return errors.New("--out: a table is for the terminal; use --format xlsx, csv or json")
	}
	return nil
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return strings.HasSuffix(name, "/") || strings.HasSuffix(name, string(filepath.Separator)) || err == nil && info.IsDir()
}

// deliver writes an answer to where it is asked for: to the file or folder of
// --out, else to the standard output. A workbook, which no terminal can show,
// goes to a file in the current folder instead. The file appears whole or not
// at all, and is told on the standard error.
func (a *app) deliver(write func(w io.Writer, file bool) error) error {
	format, out := "json", ""
	if f := a.asked; f != nil && f.Flags().Lookup("out") != nil {
		format, out = f.Flags().Lookup("format").Value.String(), f.Flags().Lookup("out").Value.String()
	}
	if out == "" && format == "xlsx" && onTerminal(a.stdout) {
		out = "."
	}
	if out == "" {
		return write(a.stdout, false)
	}
	if isFolder(out) {
		if err := os.MkdirAll(out, 0o777); err != nil {
			return fmt.Errorf("--out: %w", err)
		}
		out = filepath.Join(out, a.fileName(time.Now())+"."+format)
	}
	var b bytes.Buffer
	if err := write(&b, true); err != nil {
		return err
	}
	if err := a.recordExport(format); err != nil {
		return err
	}
	if err := replaceFile(out, b.Bytes()); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	_, err := fmt.Fprintln(a.stderr, a.text(schema.Text{Zh: "已写入 " + out, En: "wrote " + out}))
	return err
}

func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// replaceFile writes a file beside its place and then puts it there.
func replaceFile(name string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".liantu-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(data)
	if err := errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// print writes an answer in the form that --format asks for: the table for
// people, as CSV or as a workbook, or the value as JSON.
func (a *app) print(cmd *cobra.Command, t *table, value any) error {
	format, err := cmd.Flags().GetString("format")
	if err != nil {
		return err
	}
	switch format {
	case "json":
		return a.printJSON(value)
	case "csv":
		return a.deliver(t.writeCSV)
	case "xlsx":
		book := a.workbook(cmd, t)
		return a.deliver(func(w io.Writer, _ bool) error { return book.Write(w) })
	default:
		return a.draw(t, screenOf(a.stdout))
	}
}

// writeCSV writes the table as programs read it. A file begins with the mark
// by which Excel knows UTF-8; a stream, which other programs read, does not.
func (t *table) writeCSV(out io.Writer, file bool) error {
	if file {
		if _, err := io.WriteString(out, "\ufeff"); err != nil {
			return err
		}
	}
	w := csv.NewWriter(out)
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	records := [][]string{names}
	for _, row := range t.rows {
		record := make([]string, len(row))
		for i, c := range row {
			record[i] = sheets.Plain(c.raw)
			if _, number := t.columns[i].number(c); number {
				record[i] = c.raw
			}
		}
		records = append(records, record)
	}
	return w.WriteAll(records)
}

// number returns the number in a cell of a column of numbers. Digits in other
// columns are codes.
func (c *column) number(x cell) (float64, bool) {
	if !c.right {
		return 0, false
	}
	n, err := strconv.ParseFloat(x.raw, 64)
	return n, err == nil
}

// fileTitles are what files with the answers of commands are called.
var fileTitles = map[string]schema.Text{
	"gaps":                    {Zh: "补链清单", En: "gaps"},
	"candidates":              {Zh: "候选企业清单", En: "candidates"},
	"introductions":           {Zh: "引荐路径", En: "introductions"},
	"match need":              {Zh: "中介撮合清单", En: "matches"},
	"match needs":             {Zh: "中介可接需求", En: "needs"},
	"match plan":              {Zh: "中介撮合方案", En: "match plan"},
	"match partners":          {Zh: "中介机构名录", En: "partners"},
	"compare":                 {Zh: "地区对比", En: "comparison"},
	"what-if":                 {Zh: "落地推演", En: "what if"},
	"anchor":                  {Zh: "链主延链清单", En: "anchor"},
	"ties":                    {Zh: "环节联系", En: "ties"},
	"changes":                 {Zh: "结论变化", En: "changes"},
	"conflicts":               {Zh: "数据分歧", En: "conflicts"},
	"quality":                 {Zh: "数据质量", En: "quality"},
	"review":                  {Zh: "同名复核清单", En: "review"},
	"batches":                 {Zh: "导入批次", En: "batches"},
	"load":                    {Zh: "导入问题清单", En: "faults"},
	"undo":                    {Zh: "撤销结果", En: "undo"},
	"mapping":                 {Zh: "映射清单", En: "mappings"},
	"audit show":              {Zh: "审计记录", En: "audit"},
	"users list":              {Zh: "用户清单", En: "users"},
	"keys list":               {Zh: "密钥清单", En: "keys"},
	"config show":             {Zh: "设置", En: "settings"},
	"check store":             {Zh: "图谱核对", En: "store"},
	"evaluate entry":          {Zh: "回测_企业进入", En: "back-test of entries"},
	"evaluate suppliers":      {Zh: "回测_供应商", En: "back-test of suppliers"},
	"evaluate products":       {Zh: "回测_原料", En: "back-test of products"},
	"evaluate intermediaries": {Zh: "回测_中介机构", En: "back-test of intermediaries"},
}

// title is what the answer of a command is called.
func (a *app) title(cmd *cobra.Command) string {
	path := strings.TrimPrefix(cmd.CommandPath(), "liantu ")
	if t, ok := fileTitles[path]; ok {
		return a.text(t)
	}
	return path
}

// subjects are the flags that say what a question is about, in the order in
// which a file is named after them, with the kind of node that each names.
var subjects = []struct{ flag, kind string }{
	{"region", projection.Region},
	{"regions", projection.Region},
	{"ecosystem", projection.Ecosystem},
	{"chain", projection.Chain},
	{"link", projection.Link},
	{"company", projection.Company},
	{"partner", projection.Intermediary},
	{"task-force", projection.TaskForce},
}

// fileName names the file of an answer without its extension: by what is asked
// about, what the answer is, and the day.
func (a *app) fileName(today time.Time) string {
	var parts []string
	for _, s := range subjects {
		if f := a.asked.Flags().Lookup(s.flag); f != nil && f.Changed {
			parts = append(parts, a.subject(s.kind, f))
		}
	}
	parts = append(parts, a.title(a.asked), today.Format("20060102"))
	const unwanted = `/\:*?"<>|'`
	clean := func(r rune) rune {
		switch {
		case r < ' ' || strings.ContainsRune(unwanted, r):
			return -1
		case r == ' ':
			return '-'
		}
		return r
	}
	for i, p := range parts {
		const longest = 30
		if short := []rune(strings.Map(clean, p)); len(short) > longest {
			parts[i] = string(short[:longest])
		} else {
			parts[i] = string(short)
		}
	}
	return strings.Join(parts, "_")
}

// subject is what the nodes that a flag names are called for short.
func (a *app) subject(kind string, f *pflag.Flag) string {
	texts := []string{f.Value.String()}
	if list, ok := f.Value.(pflag.SliceValue); ok {
		texts = list.GetSlice()
	}
	for i, text := range texts {
		if a.picture == nil {
			break
		}
		if v, err := a.picture.Lookup(text, kind); err == nil {
			texts[i] = a.shortName(v)
		}
	}
	const most = 3
	if len(texts) > most {
		texts = append(texts[:most], a.text(schema.Text{Zh: "等", En: "etc"}))
	}
	return strings.Join(texts, "-")
}

// shortName is what people call a place or a company, else the name of a node.
func (a *app) shortName(v projection.Vertex) string {
	switch p := a.picture; p.Kind(v) {
	case projection.Region, projection.Company:
		if short := p.Text(v, "short_name"); short != "" {
			return short
		}
	}
	return a.name(a.picture, v)
}
