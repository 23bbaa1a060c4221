package main

import (
	"io"

	"github.com/spf13/cobra"

	"liantu/schema"
)

// newConfig groups the commands about settings.
func newConfig(a *app) *cobra.Command {
	parent := &cobra.Command{
		Use:   "config",
		Short: "Show the settings and where each came from",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	show := &cobra.Command{
		Use:   "show",
		Short: "Print every setting, its value and its origin; secrets are masked",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			t := &table{columns: []column{
				{name: "key", head: schema.Text{Zh: "设置", En: "SETTING"}},
				{name: "value", head: schema.Text{Zh: "值", En: "VALUE"}},
				{name: "from", head: schema.Text{Zh: "来源", En: "FROM"}},
			}}
			for _, s := range a.settings {
				t.add(word(s.Key), word(s.Value), word(s.Origin))
			}
			return a.print(cmd, t, a.settings)
		},
	}
	addFormatFlag(show)
	defaults := &cobra.Command{
		Use:   "default",
		Short: "Print config.yaml as shipped: every setting with its default and a comment",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := io.WriteString(a.stdout, defaultConfig)
			return err
		},
	}
	parent.AddCommand(show, defaults)
	return parent
}
