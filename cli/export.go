package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"liantu/cli/readback"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// exporting are the flags of the command.
type exporting struct {
	readback.Options
	form, out          string
	use                readback.Use
	asTable, overwrite bool
}

func newExport(e *env) *cobra.Command {
	var o exporting
	cmd := &cobra.Command{
		Use:   "export [KIND...]",
		Short: "Write the graph, or some of its kinds, as files that load reads again",
		Long: `Write the graph as files that liantu load reads again without a flag: one for each kind
of node and edge, in which each row is what one source states as of one day. With
--as-table a kind of node is written as the one table in which an office lists it,
a row each, with its edges in columns as in liantu template KIND; its rows show the
values that hold and the newest source, and no longer who states what.

What the built-in table of regions states is left out unless --regions asks for it.
Values that your role may not see are left blank, and the heads of their columns say so.`,
		Example: `  liantu export --out backup/
  liantu export Project FILLS INVOLVES --out projects.xlsx
  liantu export Project --as-table --out ledger.xlsx`,
		Annotations: mayAsk("nodes"),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			for _, name := range args {
				kind, unknown := kindNamed(name)
				o.Kinds, err = append(o.Kinds, kind), errors.Join(err, unknown)
			}
			if err == nil && o.asTable {
				err = readback.Nodes(o.Kinds)
			}
			if err == nil {
				o.form, err = readback.Form(o.form, o.out)
			}
			if err != nil {
				return err
			}
			return e.export(cmd, o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.form, "format", "", "csv, one file a kind, or xlsx, one sheet a kind (default by --out, else csv)")
	flags.StringVar(&o.out, "out", "", "folder of the files, or the .xlsx file (default named after the day, in the current folder)")
	flags.BoolVar(&o.asTable, "as-table", false, "each kind of node as one table, with its edges in columns")
	flags.BoolVar(&o.Regions, "regions", false, "also what the built-in table of regions states")
	flags.BoolVar(&o.overwrite, "overwrite", false, "replace files that are there")
	addPurpose(cmd, &o.use)
	return cmd
}

// export writes the files, and says what they do not hold.
func (e *env) export(cmd *cobra.Command, o exporting) error {
	picture, err := e.build(cmd.Context())
	if err != nil {
		return err
	}
	reading, err := e.reading(picture, o.use)
	if err != nil {
		return err
	}
	read := reading.Export
	if o.asTable {
		read = reading.Table
	}
	x, err := read(cmd.Context(), o.Options)
	if err != nil {
		return err
	}
	if len(x.Sheets) == 0 {
		return hint(message.As(graph.ErrNotFound, "export: the graph has none of it to write"), schema.Text{
			Zh: "先用 liantu load 导入数据，或用 --file 指定另一个图谱文件", En: "load data with liantu load, or name another graph file with --file",
		})
	}
	day := time.Now()
	title, notes := e.text(schema.Text{Zh: "图谱导出_", En: "liantu_export_"})+day.Format("20060102"), reading.Notes(e.language, x)
	files, err := x.Files(o.form, o.out, title, append([]string{reading.About(e.language, day)}, notes...))
	if err == nil && !o.overwrite {
		err = readback.Absent(files)
	}
	switch {
	case errors.Is(err, readback.ErrExists):
		err = hint(err, schema.Text{Zh: "换一个文件夹，或用 --overwrite 覆盖", En: "name another folder, or replace it with --overwrite"})
	case errors.Is(err, readback.ErrCell):
		err = hint(err, schema.Text{Zh: "请用 --format csv", En: "write --format csv"})
	}
	if err == nil {
		err = e.recordReveals(cmd, reading, picture)
	}
	if err == nil {
		err = e.recordFile(cmd, o.form, picture, 0)
	}
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := f.Write(); err != nil {
			return message.Errorf("--out: %w", err)
		}
		notes = append(notes, e.text(show.Wrote(f.Name)))
	}
	for _, line := range notes {
		if _, err := fmt.Fprintln(e.stderr, line); err != nil {
			return err
		}
	}
	return nil
}
