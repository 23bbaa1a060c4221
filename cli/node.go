package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/cli/help"
	"liantu/cli/readback"
	"liantu/cli/show"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// nodeEdges is how many edges of each kind a table on the terminal has unless
// --limit says.
const nodeEdges = 20

func newNode(e *env) *cobra.Command {
	o := asking{anyGraph: true}
	var kind string
	var use readback.Use
	cmd := &cobra.Command{
		Use:   "node NAME...",
		Short: "Show one node whole: what each source states of it, and its edges in both directions",
		Long: `Show one node whole: its properties with source, day and grade, the values that other
sources state, and its edges in both directions with the nodes at their other ends.
It is found by its id, a code or a name; --kind says which kind is meant where
several have the name. Personal values are masked unless your role may see them for
a stated purpose, which is recorded.`,
		Example: `  liantu node 阳光电源股份有限公司
  liantu node X01 --kind Project
  liantu node 光刻胶 --kind Link --limit 0 --format json`,
		Args:        help.MinimumNArgs(1),
		Annotations: mayAsk("node"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if use.Purpose != "" && o.asOf != "" {
				return message.Errorf("--purpose: consent is that of today, so personal values of another day stay masked; leave out --as-of")
			}
			return e.ask(cmd, &o, nil, func(ctx context.Context, a *asker) (show.Answer, error) {
				v, err := lookupNode(a.picture, args, kind)
				if err != nil {
					meant, stopped := readback.Meant(ctx, a.picture, err)
					if meant != (schema.Text{}) {
						err = hint(err, meant)
					}
					return show.Answer{}, errors.Join(err, stopped)
				}
				reading, err := e.reading(a.picture, use)
				if err != nil {
					return show.Answer{}, err
				}
				answer := reading.Node(e.language, v, edgesShown(o.limit, a.form))
				return answer, e.recordReveals(cmd, reading, a.picture)
			})
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "kind of the node, where several have the name")
	o.addLimit(cmd)
	cmd.Flags().Lookup("limit").Usage = fmt.Sprintf("edges at most of each kind, 0 for all (default %d in a table, all else)", nodeEdges)
	addPurpose(cmd, &use)
	o.addAsOf(cmd)
	addForm(cmd, "节点全貌", "node")
	cmd.Annotations[namesNode] = ""
	return cmd
}

// edgesShown is how many edges of each kind an answer in a form has: as asked, else
// all but in a table; below 0 for all.
func edgesShown(limit int, form string) int {
	switch {
	case limit > 0:
		return limit
	case limit < 0 && form == show.FormTable:
		return nodeEdges
	default:
		return -1
	}
}

// lookupNode finds the node that arguments name, of a kind if one is stated.
func lookupNode(p *projection.Projection, args []string, kind string) (projection.Vertex, error) {
	name := strings.Join(args, " ")
	if kind == "" {
		return p.Lookup(name)
	}
	k, err := kindNamed(kind)
	if err != nil {
		return projection.None, message.Errorf("--kind: %w", err)
	}
	if k.IsEdge() {
		return projection.None, message.Errorf("--kind: %s is a kind of edge; name one of nodes", k.Name)
	}
	return p.Lookup(name, k.Name)
}

// addPurpose lets a command show personal values for a stated purpose.
func addPurpose(cmd *cobra.Command, use *readback.Use) {
	cmd.Flags().StringVar(&use.Purpose, "purpose", "", "what personal values are needed for, such as VISIT; it is recorded, and without it they are masked")
	cmd.Flags().StringVar(&use.Note, "note", "", "more about the purpose, in your own words; recorded with names and numbers masked")
}

// reading is a picture as the caller may read it.
func (e *env) reading(picture *projection.Projection, use readback.Use) (*readback.Reading, error) {
	return readback.For(use, picture, e.whole, cmp.Or(e.identity, access.Local))
}

// recordReveals enters in the audit log which personal values are about to be shown.
// What cannot be recorded must not be shown.
func (e *env) recordReveals(cmd *cobra.Command, reading *readback.Reading, picture *projection.Projection) error {
	entry := access.Entry{Version: int64(picture.Version()), Detail: "command " + commandName(cmd)}
	most := disclosure.Limits{Request: e.settings.Access.RevealsPerRequest, Day: e.settings.Access.RevealsPerDay}
	return reading.Caller.Record(e.log(), most, nil, entry, nil)
}
