package cli

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"liantu/cli/files"
	"liantu/cli/help"
	"liantu/cli/settings"
	"liantu/cli/show"
	"liantu/message"
	"liantu/schema"
)

func newTemplate(e *env) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "template KIND",
		Short: "Write an empty workbook to fill in for a kind of node or edge",
		Long: `Write a workbook with a column for everything that a kind of node or edge may
hold: lists to choose from, an example to overwrite or delete, and a second sheet
that explains each column in Chinese and English. The filled-in workbook can be loaded as it is:

  liantu template Company --out companies.xlsx
  liantu load companies.xlsx`,
		Example: `  liantu template Company
  liantu template 所处环节 --out links.xlsx`,
		Args:        help.ExactArgs(1),
		Annotations: revealsNothing(),
		RunE: func(_ *cobra.Command, args []string) error {
			kind, err := kindNamed(args[0])
			if err != nil {
				return err
			}
			return e.writeTemplate(kind, out)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the .xlsx file, or a folder (default: named after the kind, in the current folder)")
	return cmd
}

// kindNamed finds a kind by its name or label.
func kindNamed(text string) (*schema.Kind, error) {
	model := schema.Default()
	if k := model.Called(text); k != nil {
		return k, nil
	}
	names := model.Names()
	return nil, hint(message.Errorf("unknown kind %q%s", text, settings.DidYouMean(text, names)), schema.Text{
		Zh: "种类有：" + strings.Join(names, "、"), En: "the kinds are " + strings.Join(names, ", "),
	})
}

// writeTemplate writes the workbook of a kind.
func (e *env) writeTemplate(kind *schema.Kind, out string) error {
	name := e.text(schema.Text{Zh: kind.Label.Zh + "_模板.xlsx", En: kind.Name + "_template.xlsx"})
	if out == "" {
		out = name
	} else if show.IsFolder(out) {
		out = filepath.Join(out, name)
	}
	if ext := strings.ToLower(filepath.Ext(out)); ext != ".xlsx" {
		return message.Errorf("--out: %q does not end in .xlsx", out)
	}
	var b bytes.Buffer
	if err := show.Template(kind).Write(&b); err != nil {
		return err
	}
	if err := files.Write(out, b.Bytes()); err != nil {
		return message.Errorf("--out: %w", err)
	}
	_, err := fmt.Fprintln(e.stderr, e.text(show.Wrote(out)))
	return err
}
