package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/api/disclosure"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/dates"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
	"liantu/schema"
)

// asker answers one question about a picture of the store, limited to what the
// caller may see.
type asker struct {
	*env
	picture *projection.Projection
	form    string          // in which the answer is to be printed
	limit   int             // rows at most, see shown
	tuned   tuning.Settings // those of the program, for the population that the flags name
}

// ask runs a question: it reports the faults of the flags, builds the picture, and
// prints the answer that answer computes from it. For an unknown name it suggests
// what may have been meant.
func (e *env) ask(cmd *cobra.Command, f *asking, faults []error, answer func(context.Context, *asker) (show.Answer, error)) error {
	tuned, fault := e.settings.Gaps, error(nil)
	tuned.Population, fault = wordOf("--population", f.population, area.Populations(), area.Population.Label)
	if err := errors.Join(append(faults, f.checkAsOf(), fault)...); err != nil {
		return err
	}
	picture, err := e.build(cmd.Context(), projection.AsOf(f.asOf))
	if err == nil && !f.anyGraph {
		err = wantLinks(picture)
	}
	if err != nil {
		return err
	}
	a := &asker{env: e, picture: picture, form: formOf(cmd), limit: f.limit, tuned: tuned}
	result, err := answer(cmd.Context(), a)
	if err != nil {
		return explain(cmd, picture, err)
	}
	return e.printFrom(cmd, picture, result)
}

// build builds a picture of the store, limited to what the caller may see. The
// store is closed before any question, so that it is held no longer than needed. The picture shows all that is known, or what options say.
func (e *env) build(ctx context.Context, options ...projection.Options) (picture *projection.Projection, err error) {
	if e.paper != nil {
		return e.paper.View, nil
	}
	err = service.WithStore(ctx, &e.settings, func(store graph.Store) (err error) {
		picture, err = projection.Build(ctx, schema.Default(), store, options...)
		return err
	})
	if err != nil {
		return nil, err
	}
	e.whole = picture.Present()
	return e.view(ctx, picture)
}

// view limits a picture to what the bearer of a token may see.
func (e *env) view(ctx context.Context, p *projection.Projection) (*projection.Projection, error) {
	if e.identity == nil {
		return p, nil
	}
	return disclosure.ViewOf(ctx, schema.Default(), p, e.identity)
}

// wantLinks is an error for a picture without a chain, which most questions need.
func wantLinks(p *projection.Projection) error {
	if p.Count(projection.Link) == 0 {
		return message.As(service.ErrNoGraph, "the graph holds no link of an industry chain")
	}
	return nil
}

// shown is how many of n rows to show: as asked, else all but in a table.
func (a *asker) shown(n int) int {
	switch {
	case a.limit > 0:
		return min(a.limit, n)
	case a.limit < 0 && a.form == show.FormTable:
		return min(tableRows, n)
	default:
		return n
	}
}

// nodes are the rows of an answer as JSON, where there is no other.
func (a *asker) nodes(rows []show.Object) show.Object {
	return show.Connection(rows, len(rows)).With("version", a.picture.Version())
}

// rows is an answer of rows under a heading. Of more rows than are to be shown
// the rest is counted; the record holds them all.
func (a *asker) rows(heading []string, t *show.Table, answer any) show.Answer {
	record := show.Record(a.picture, answer)
	total := len(t.Rows)
	t.Rows = t.Rows[:a.shown(total)]
	return show.Answer{
		Table: t, Heading: heading, Record: func() any { return record },
		Above: show.Above(heading, a.notes()),
		Below: a.language.Unlisted(total-len(t.Rows), show.Rows),
	}
}

// notes are the lines to read before an answer, if any.
func (a *asker) notes() []show.Line {
	return show.Lines(show.Yellow, a.language.Notes(a.picture)...)
}

// invented is the warning that invented data took part, if they did.
func (a *asker) invented(synthetic bool) []show.Line {
	return show.Lines(show.Yellow, a.language.Invented(synthetic)...)
}

// label is a cell of a code and its label.
func (e *env) label(code string, label schema.Text) show.Cell { return e.language.Label(code, label) }

// name is the name of a node in the language of the terminal.
func (a *asker) name(v projection.Vertex) string { return a.language.Name(a.picture, v) }

// node is a cell of a node: its code, and its name for people.
func (a *asker) node(v projection.Vertex) show.Cell { return a.language.Node(a.picture, v) }

// named is a cell of a node whose code has a column of its own.
func (a *asker) named(v projection.Vertex) show.Cell { return a.language.Named(a.picture, v) }

// place is the code and the name of a node, as a heading has them.
func (a *asker) place(v projection.Vertex) string {
	return fmt.Sprintf("%s %s", a.picture.Code(v), a.name(v))
}

// data states the grade, data dates and version of an answer.
func (a *asker) data(grade graph.Grade, synthetic bool, counted *dates.Lazy) string {
	return a.language.Data(a.picture, string(grade), synthetic, counted)
}
