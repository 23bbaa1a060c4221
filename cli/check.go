package cli

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/cli/help"
	"liantu/cli/readback"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// newCheck groups the commands that search for faults and change nothing.
func newCheck(e *env) *cobra.Command {
	return newGroup("check", "Check the schema or the store; changes nothing", newCheckSchema(e), newCheckStore(e))
}

func newCheckSchema(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "schema [FOLDER]",
		Short: "Lint the kinds, their labels, keys and column names",
		Long: `Lint a vocabulary: kinds, properties, labels in both languages, keys and column
names that collide. Without FOLDER it is the vocabulary of this program; with
it, the YAML files there.`,
		Args:        help.MaximumNArgs(1),
		Annotations: revealsNothing(),
		RunE: func(_ *cobra.Command, args []string) error {
			model := schema.Default()
			if len(args) == 1 {
				if _, err := os.ReadDir(args[0]); err != nil {
					return err
				}
				var err error
				if model, err = schema.Read(os.DirFS(args[0])); err != nil {
					return message.Errorf("%s: %w", args[0], err)
				}
			}
			faults := model.Check()
			for _, f := range faults {
				fmt.Fprintln(e.stdout, f)
			}
			if len(faults) > 0 {
				return message.As(graph.ErrInvalid, "schema: %d faults", len(faults))
			}
			properties := 0
			for _, k := range append(model.Nodes, model.Edges...) {
				properties += len(k.Properties)
			}
			_, err := fmt.Fprintf(e.stdout, "schema: %d node kinds, %d edge kinds, %d properties, no faults\n",
				len(model.Nodes), len(model.Edges), properties)
			return err
		},
	}
}

func newCheckStore(e *env) *cobra.Command {
	var secretTo string
	cmd := &cobra.Command{
		Use:   "store",
		Short: "Read the whole store and print its version, counts and digest",
		Long: `Read the whole store and print its version, the number of elements of each kind
and a digest of the contents. Two graphs with the same contents have the same
digest, in any kind of store and loaded in any order. For a user with a token small
numbers of persons are left out, and the digest is keyed with the secret of the
graph, so that only graphs with the same secret, such as copies, have the same.

With --secret-to FILE the secret that ids of persons are made with is written to a
new file that only you can read, and the audit log says so. Another graph that is
made with it (LIANTU_STORE_SECRET) has the same ids.`,
		Args:        help.NoArgs,
		Annotations: mayDo(schema.MaySteward),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return service.WithStore(cmd.Context(), &e.settings, func(store graph.Store) error {
				if secretTo != "" {
					record := func() error {
						return e.log().Append(e.entry(schema.RoleSteward, access.Export, "the secret of the graph, to a file"))
					}
					if err := service.CarrySecret(cmd.Context(), store, secretTo, record); err != nil {
						return err
					}
				}
				summary, err := e.summarise(cmd.Context(), store)
				if err != nil {
					return err
				}
				return e.print(cmd, show.Answer{Table: summary.Table(), Record: func() any { return summary }})
			})
		},
	}
	cmd.Flags().StringVar(&secretTo, "secret-to", "", "write the secret of the graph to this new file, for another graph with the same ids")
	addForm(cmd, "图谱核对", "store")
	return cmd
}

// summarise reads the whole store, for the user of the machine or a user with a token.
func (e *env) summarise(ctx context.Context, store graph.Store) (show.StoreSummary, error) {
	s, err := show.Summarise(ctx, store, schema.Default())
	if err != nil || e.identity == nil {
		return s, err
	}
	namer, err := store.Namer(ctx)
	if err != nil {
		return s, err
	}
	readback.MaskSummary(&s, schema.Default(), namer, e.identity)
	return s, nil
}
