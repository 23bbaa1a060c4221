package cli

import (
	"io"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/schema"
)

// newConfig groups the commands about settings.
func newConfig(e *env) *cobra.Command {
	return newGroup("config", "Show the settings and where each came from", newConfigShow(e), newConfigDefault(e))
}

func newConfigShow(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:         "show",
		Short:       "Print every setting, its value and its origin; secrets are masked",
		Args:        help.NoArgs,
		Annotations: revealsNothing(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			t := &show.Table{Columns: []show.Column{
				{Name: "key", Head: schema.Text{Zh: "设置", En: "SETTING"}},
				{Name: "value", Head: schema.Text{Zh: "值", En: "VALUE"}},
				{Name: "from", Head: schema.Text{Zh: "来源", En: "FROM"}},
			}}
			for _, s := range e.origins {
				t.Add(show.Word(s.Key), show.Word(s.Value), show.Word(s.Origin))
			}
			return e.print(cmd, show.Answer{Table: t, Record: func() any { return e.origins }})
		},
	}
	addForm(cmd, "设置", "settings")
	return cmd
}

func newConfigDefault(e *env) *cobra.Command {
	return &cobra.Command{
		Use:         "default",
		Short:       "Print config.yaml as shipped: every setting with its default and a comment",
		Args:        help.NoArgs,
		Annotations: revealsNothing(),
		RunE: func(*cobra.Command, []string) error {
			_, err := io.WriteString(e.stdout, e.program.Config)
			return err
		},
	}
}
