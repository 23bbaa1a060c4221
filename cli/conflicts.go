package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/readback"
	"liantu/cli/show"
	"liantu/message"
	"liantu/schema"
)

func newConflicts(e *env) *cobra.Command {
	o := asking{anyGraph: true}
	var kind, property string
	cmd := &cobra.Command{
		Use:   "conflicts",
		Short: "List where sources state different values, and which one is shown",
		Long: `List where sources state different values of one property. Shown is the newest, then
the best graded; the others stay. A day that was assumed, since the source states
none, ranks after every stated one. To settle a conflict load the right value with
a newer date or a better grade. Personal values are masked.`,
		Example: `  liantu conflicts --kind Company --property employees
  liantu conflicts --format csv > conflicts.csv`,
		Args:        help.NoArgs,
		Annotations: mayAsk("quality"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var fault error
			if kind != "" {
				if k, err := kindNamed(kind); err != nil {
					fault = message.Errorf("--kind: %w", err)
				} else {
					kind = k.Name
				}
			}
			return e.ask(cmd, &o, []error{fault}, func(_ context.Context, a *asker) (show.Answer, error) {
				reading, err := e.reading(a.picture, readback.Use{})
				if err != nil {
					return show.Answer{}, err
				}
				t := reading.Conflicts(a.language, kind, property)
				heading := []string{a.text(schema.Text{
					Zh: fmt.Sprintf("分歧 %d 处；显示日期最新、等级最好者，其余保留", len(t.Rows)),
					En: fmt.Sprintf("%d conflicts; shown is the newest, then the best graded value, the others stay", len(t.Rows)),
				})}
				return a.rows(heading, t, a.nodes(readback.ConflictRecords(t))), nil
			})
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "only conflicts of this kind of node or edge")
	cmd.Flags().StringVar(&property, "property", "", "only conflicts of this property")
	o.addLimit(cmd)
	o.addAsOf(cmd)
	addForm(cmd, "数据分歧", "conflicts")
	return cmd
}
