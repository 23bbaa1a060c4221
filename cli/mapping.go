package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"liantu/cli/settings"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/loaders"
	"liantu/loaders/mapping"
	"liantu/message"
	"liantu/schema"
)

func newMapping(e *env) *cobra.Command {
	var o reading
	cmd := &cobra.Command{
		Use:   "mapping [NAME | PATH...]",
		Short: "Show how files would be read, as a mapping to edit and use again",
		Long: `Without arguments list the mappings that come with the program. With the name of
one of them print it. With files or folders print the mapping by which a load
would read them, found by the heads of their columns; columns that are not used
are listed in it as comments. Save it, edit it, and load by it:

  liantu mapping list.xlsx > mine.yaml
  liantu load list.xlsx --map mine.yaml`,
		Example: `  liantu mapping
  liantu mapping qcc
  liantu mapping companies.xlsx --kind Company --source hz-survey-2026 --as-of 2026-03 > mine.yaml`,
		Annotations: revealsNothing(),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return e.listMappings(cmd)
			case len(args) == 1 && slices.Contains(mapping.BuiltIns(), args[0]):
				return e.printBuiltIn(args[0])
			}
			if err := o.read(args); err != nil {
				return err
			}
			return e.propose(cmd, o.Options)
		},
	}
	o.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&o.mapping, "mapping", "", "start from this mapping instead of the heads: "+strings.Join(mapping.BuiltIns(), ", ")+", or a YAML file")
	flags.StringVar(&o.Source, "source", "", "name of the source to write into it")
	flags.StringVar(&o.AsOf, "as-of", "", "day of the facts to write into it")
	flags.StringVar(&o.grade, "grade", "", "grade of evidence A to D to write into it")
	addForm(cmd, "映射清单", "mappings")
	flags.Lookup("format").Usage = "form of the list of mappings: table, json or csv"
	return cmd
}

// findMapping finds a mapping by the name of a built-in one or in a file.
func findMapping(name string) (*mapping.Mapping, error) {
	if slices.Contains(mapping.BuiltIns(), name) {
		return mapping.BuiltIn(name, schema.Default())
	}
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) && filepath.Ext(name) == "" {
		known := mapping.BuiltIns()
		return nil, hint(message.As(graph.ErrNotFound, "there is no mapping %q%s", name, settings.DidYouMean(name, known)), schema.Text{
			Zh: "内置映射：" + strings.Join(known, "、") + "；也可以给出一个 YAML 文件",
			En: "there are the mappings " + strings.Join(known, ", ") + ", or give a YAML file",
		})
	}
	if err != nil {
		return nil, message.Errorf("mapping: %w", err)
	}
	m, err := mapping.Read(file, schema.Default())
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, message.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// listMappings lists the mappings that come with the program.
func (e *env) listMappings(cmd *cobra.Command) error {
	type listed struct {
		Name        string      `json:"name"`
		Title       schema.Text `json:"title"`
		Description schema.Text `json:"description"`
	}
	t := &show.Table{Columns: []show.Column{
		{Name: "name", Head: schema.Text{Zh: "名称", En: "NAME"}},
		{Name: "title", Head: schema.Text{Zh: "格式", En: "LAYOUT"}},
		{Name: "description", Head: schema.Text{Zh: "说明", En: "WHAT IT READS"}, Flex: true},
	}}
	var all []listed
	for _, name := range mapping.BuiltIns() {
		m, err := mapping.BuiltIn(name, schema.Default())
		if err != nil {
			return err
		}
		t.Add(show.Word(name), show.Word(e.text(m.Title)), show.Word(e.text(m.Description)))
		all = append(all, listed{name, m.Title, m.Description})
	}
	return e.print(cmd, show.Answer{Table: t, Record: func() any { return all }})
}

// printBuiltIn prints a mapping as it was written, with its remarks.
func (e *env) printBuiltIn(name string) error {
	text, err := mapping.BuiltInText(name)
	if err == nil {
		_, err = e.stdout.Write(text)
	}
	return err
}

// propose prints the mapping of files, and what is wrong with them on stderr.
func (e *env) propose(cmd *cobra.Command, options loaders.Options) error {
	options.Language = message.Language(e.language)
	p, err := loaders.Propose(cmd.Context(), options)
	if p != nil {
		for i := range p.Faults {
			fmt.Fprintln(e.stderr, p.Faults[i].In(options.Language))
		}
		for _, name := range p.Ignored {
			fmt.Fprintln(e.stderr, e.text(schema.Text{Zh: name + "：不是数据文件，已略过", En: name + ": not a data file, skipped"}))
		}
	}
	if err != nil {
		return err
	}
	return p.WriteYAML(e.stdout)
}
