package cli

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"liantu/cli/help"
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
	cmd := &cobra.Command{
		Use:   "store",
		Short: "Read the whole store and print its version, counts and digest",
		Long: `Read the whole store and print its version, the number of elements of each kind
and a digest of the contents. Two graphs with the same contents have the same
digest, in any kind of store and loaded in any order.`,
		Args:        help.NoArgs,
		Annotations: mayDo(schema.MaySteward),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return service.WithStore(cmd.Context(), &e.settings, func(store graph.Store) error {
				summary, err := summarise(cmd.Context(), store)
				if err != nil {
					return err
				}
				return e.print(cmd, show.Answer{Table: summary.table(), Record: func() any { return summary }})
			})
		},
	}
	addForm(cmd, "图谱核对", "store")
	return cmd
}

// storeSummary is what check store reports.
type storeSummary struct {
	Version graph.Version  `json:"version"`
	Digest  string         `json:"digest"`
	Nodes   map[string]int `json:"nodes"` // by kind
	Edges   map[string]int `json:"edges"` // by kind
	Facts   int            `json:"facts"`
}

func summarise(ctx context.Context, store graph.Store) (storeSummary, error) {
	s := storeSummary{Nodes: map[string]int{}, Edges: map[string]int{}}
	var err error
	s.Version, err = store.Changes(ctx, 0, func(c graph.Change) error {
		switch {
		case c.Node != nil:
			s.Nodes[c.Node.Kind]++
			s.Facts += len(c.Node.Facts)
		case c.Edge != nil:
			s.Edges[c.Edge.Kind]++
			s.Facts += len(c.Edge.Facts)
		}
		return nil
	})
	if err != nil {
		return s, err
	}
	s.Digest, err = graph.Digest(ctx, store)
	return s, err
}

func (s storeSummary) table() *show.Table {
	t := &show.Table{Columns: []show.Column{
		{Name: "what", Head: schema.Text{Zh: "项目", En: "WHAT"}},
		{Name: "value", Head: schema.Text{Zh: "值", En: "VALUE"}, Right: true},
	}}
	t.Add(show.Pair("revision", "version"), show.Count(int(s.Version)))
	for _, counts := range []map[string]int{s.Nodes, s.Edges} {
		for _, kind := range slices.Sorted(maps.Keys(counts)) {
			t.Add(show.Word(kind), show.Count(counts[kind]))
		}
	}
	t.Add(show.Word("facts"), show.Count(s.Facts))
	t.Add(show.Word("digest"), show.Word(s.Digest))
	return t
}
