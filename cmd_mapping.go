package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"liantu/graph"
	"liantu/loaders"
	"liantu/schema"
)

func newMapping(a *app) *cobra.Command {
	var options loaders.Options
	var mapping, grade string
	cmd := &cobra.Command{
		Use:   "mapping [NAME | PATH...]",
		Short: "Show how files would be read, as a mapping to edit and use again",
		Long: `Without arguments list the mappings that come with the program. With the name of
one of them print it. With files or folders print the mapping by which a load
would read them, found by the heads of their columns; columns that nothing is made
of stand in it as remarks. Keep it, edit it, and load by it:

  liantu mapping list.xlsx > mine.yaml
  liantu load list.xlsx --map mine.yaml`,
		Example: `  liantu mapping
  liantu mapping qcc
  liantu mapping companies.xlsx --kind Company --source hz-survey-2026 --as-of 2026-03 > mine.yaml`,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			switch {
			case len(args) == 0:
				return a.listMappings(cmd)
			case len(args) == 1 && slices.Contains(loaders.BuiltIns(), args[0]):
				return a.printBuiltIn(args[0])
			}
			options.Paths, options.Model, options.Grade = args, schema.Default(), graph.Grade(strings.ToUpper(grade))
			if mapping != "" {
				if options.Mapping, err = findMapping(mapping); err != nil {
					return err
				}
			}
			return a.propose(cmd, options)
		},
	}
	flags := cmd.Flags()
	flags.SetNormalizeFunc(shortFlags)
	flags.StringVar(&mapping, "mapping", "", "start from this mapping instead of the heads: "+strings.Join(loaders.BuiltIns(), ", ")+", or a YAML file")
	flags.StringVar(&options.Kind, "kind", "", "kind of node or edge that every file holds")
	flags.StringVar(&options.Source, "source", "", "name of the source to write into it")
	flags.StringVar(&options.AsOf, "as-of", "", "day of the facts to write into it")
	flags.StringVar(&grade, "grade", "", "grade of evidence A to D to write into it")
	flags.StringVar(&options.Encoding, "encoding", "", "of text: utf-8, gb18030 (gbk), utf-16le or utf-16be (default: byte order mark, else UTF-8)")
	flags.StringVar(&options.Sheet, "sheet", "", "sheet of workbooks by name or number (default: all visible ones that hold data)")
	flags.IntVar(&options.HeaderRow, "header-row", 0, "line of the column heads (default: found by the heads)")
	addFormatFlag(cmd)
	flags.Lookup("format").Usage = "form of the list of mappings: table, json or csv"
	return cmd
}

// listMappings lists the mappings that come with the program.
func (a *app) listMappings(cmd *cobra.Command) error {
	type listed struct {
		Name        string      `json:"name"`
		Title       schema.Text `json:"title"`
		Description schema.Text `json:"description"`
	}
	t := &table{columns: []column{
		{name: "name", head: schema.Text{Zh: "名称", En: "NAME"}},
		{name: "title", head: schema.Text{Zh: "格式", En: "LAYOUT"}},
		{name: "description", head: schema.Text{Zh: "说明", En: "WHAT IT READS"}, flex: true},
	}}
	var all []listed
	for _, name := range loaders.BuiltIns() {
		m, err := loaders.BuiltIn(name, schema.Default())
		if err != nil {
			return err
		}
		t.add(word(name), word(a.text(m.Title)), word(a.text(m.Description)))
		all = append(all, listed{name, m.Title, m.Description})
	}
	return a.print(cmd, t, all)
}

// printBuiltIn prints a mapping as it was written, with its remarks.
func (a *app) printBuiltIn(name string) error {
	text, err := loaders.BuiltInText(name)
	if err == nil {
		_, err = a.stdout.Write(text)
	}
	return err
}

// propose prints the mapping of files, and what is wrong with them on stderr.
func (a *app) propose(cmd *cobra.Command, options loaders.Options) error {
	p, err := loaders.Propose(cmd.Context(), options)
	if p != nil {
		for i := range p.Faults {
			fmt.Fprintln(a.stderr, p.Faults[i].String())
		}
		for _, name := range p.Ignored {
			fmt.Fprintln(a.stderr, a.text(schema.Text{Zh: name + "：不是数据文件，已略过", En: name + ": not a data file, passed over"}))
		}
	}
	if err != nil {
		return err
	}
	return p.WriteYAML(a.stdout)
}
