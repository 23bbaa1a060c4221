package placements

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/place"
	"liantu/schema"
)

// Source is the name of the source of placements of the whole country; those of a region have
// its code behind it.
const Source = "placement"

// perBatch is how many companies a batch holds.
const perBatch = 2000

// sourceOf is the name of the source of the placements of an area.
func sourceOf(area string) string {
	if area == projection.Country {
		return Source
	}
	return Source + "-" + area
}

// Write states an answer in a store as one load, in place of what placements of the same
// area, or of a part of it, stated before. frames are the frames of which it is the
// placement; see [Frames]. The id of the load is made of the area and a hash of the
// contents; it is "" where nobody was read. again is true when the graph holds just these
// placements already. Where a placement of a wider area stands nothing is written, and the
// error is a [graph.ErrConflict] that names its load. What broke off is completed by the
// next run.
func Write(ctx context.Context, store graph.Store, p *projection.Projection, a *Answer, frames []Frame, at time.Time) (id string, again bool, err error) {
	before, err := replaced(ctx, store, a.Area)
	if err != nil {
		return "", false, err
	}
	batches := batchesOf(p, a, frames)
	if id, err = idOf(batches, a.Area); err != nil {
		return "", false, err
	}
	again = slices.ContainsFunc(before, func(l graph.Load) bool { return l.ID == id && l.Done })
	if !again {
		for i := range batches {
			batches[i].Load = graph.LoadInfo{ID: id, Source: sourceOf(a.Area), At: at, Done: i == len(batches)-1}
			if _, err := store.Apply(ctx, batches[i]); err != nil {
				return "", false, err
			}
		}
	}
	for _, l := range before {
		if l.ID == id {
			continue
		}
		again = false
		if _, err := store.Undo(ctx, l.ID); err != nil {
			return "", false, err
		}
	}
	return id, again, nil
}

// replaced returns the loads that a placement of an area replaces.
func replaced(ctx context.Context, store graph.Store, area string) ([]graph.Load, error) {
	loads, err := store.Loads(ctx)
	if err != nil {
		return nil, err
	}
	var out []graph.Load
	for _, l := range loads {
		of, ok := areaOf(l.ID)
		switch {
		case !ok:
		case of == area || within(of, area):
			out = append(out, l)
		case within(area, of):
			return nil, message.As(graph.ErrConflict, "a placement of %s stands, which holds that of %s: place the whole again, or take load %s back first", labelOf(of), labelOf(area), l.ID)
		}
	}
	return out, nil
}

// Areas returns the areas of the placements that stand in a store, in order of code; a run
// of each replaces them.
func Areas(ctx context.Context, store graph.Store) ([]string, error) {
	loads, err := store.Loads(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, l := range loads {
		if area, ok := areaOf(l.ID); ok && !slices.Contains(out, area) {
			out = append(out, area)
		}
	}
	slices.Sort(out)
	return out, nil
}

// labelOf is the name of an area in both languages.
func labelOf(area string) schema.Text {
	if area == projection.Country {
		return schema.Text{Zh: "全国", En: "the whole country"}
	}
	if r, ok := schema.RegionByCode(area); ok {
		return schema.Text{Zh: r.Name, En: r.Name}
	}
	return schema.Text{Zh: area, En: area}
}

// within reports whether an area is a part of another one.
func within(area, whole string) bool {
	return area != whole && (whole == projection.Country || schema.Within(area, whole))
}

// idOf makes the id of a load: what it is, the area, and a hash of the drafts; "" for none.
func idOf(batches []graph.Batch, area string) (string, error) {
	if len(batches) == 0 {
		return "", nil
	}
	hash := sha256.New()
	for _, b := range batches {
		_, drafts, err := graph.AppendBatch(nil, b)
		if err != nil {
			return "", err
		}
		hash.Write(drafts[:])
	}
	return Source + "-" + area + "-" + hex.EncodeToString(hash.Sum(nil))[:16], nil
}

// areaOf returns the area of a placement by the id of its load; ok is false for another load.
func areaOf(id string) (area string, ok bool) {
	rest, ok := strings.CutPrefix(id, Source+"-")
	if !ok {
		return "", false
	}
	area, _, ok = strings.Cut(rest, "-")
	return area, ok
}

// batchesOf returns the batches that state an answer, none where nobody was read.
func batchesOf(p *projection.Projection, a *Answer, frames []Frame) []graph.Batch {
	if len(a.Rows) == 0 {
		return nil
	}
	names, newest := names(a.Area, frames), newest(a)
	out := []graph.Batch{{Nodes: sourceNodes(frames, a.Area, newest)}}
	for from := 0; from < len(a.Rows); from += perBatch {
		var b graph.Batch
		for _, row := range a.Rows[from:min(from+perBatch, len(a.Rows))] {
			if row.By.AsOf == "" {
				row.By = &newest // judged, without a text
			}
			addRow(&b, p, &row, names)
		}
		out = append(out, b)
	}
	return out
}

// addRow adds what came of one company. Where a person judged it to be is also stated by the
// source of reviews, of grade B, as of the newest judgement of it.
func addRow(b *graph.Batch, p *projection.Projection, row *Row, names []string) {
	by := graph.Provenance{Source: names[0], AsOf: row.By.AsOf, Assumed: row.By.Assumed, Grade: graph.GradeC}
	company := graph.IDKey(p.ID(row.Company))
	outcome := row.outcome()
	for l := range row.Links() {
		if l.Outcome != outcome {
			continue // what is for review beside a link that is confirmed says nothing of absence
		}
		kind := projection.OperatesIn
		if outcome == place.Review {
			kind = projection.MayOperate
		}
		draft := graph.EdgeDraft{Kind: kind, From: company, To: graph.NewKey(projection.Link, []string{"code"}, []string{l.Link})}
		state := func(by graph.Provenance) {
			draft.Facts = append(draft.Facts,
				graph.Fact{Provenance: by},
				graph.Fact{Property: "probability", Value: l.Stated(), Provenance: by},
				graph.Fact{Property: "evidence", Value: Evidence(l), Provenance: by})
		}
		for _, name := range names {
			by.Source = name
			state(by)
		}
		if l.Evidence.ByPerson {
			state(graph.Provenance{Source: graph.ReviewSource, AsOf: row.Judged.AsOf, Assumed: row.Judged.Assumed, Grade: graph.GradeB})
		}
		b.Edges = append(b.Edges, draft)
	}
	if outcome != place.Confirmed {
		state := "READ"
		if outcome == place.Review {
			state = "UNDER_REVIEW"
		}
		by.Source = names[0]
		b.Nodes = append(b.Nodes, graph.NodeDraft{
			Kind: projection.Company, Keys: []graph.Key{company},
			Facts: []graph.Fact{{Property: "placement", Value: state, Provenance: by}},
		})
	}
}

// Evidence is the sentence that the graph holds as the evidence of a placement, with its
// probability. It is in Chinese, as the words that it quotes.
func Evidence(l place.Placement) string {
	return l.Evidence.In(message.Chinese) + "；概率 " + strconv.FormatFloat(l.Stated(), 'f', 2, 64)
}

// names are the names of the sources that state each edge: that of the area, then one for
// each further frame.
func names(area string, frames []Frame) []string {
	out := []string{sourceOf(area)}
	for _, f := range frames[min(1, len(frames)):] {
		out = append(out, sourceOf(area)+"-"+strings.ToLower(strings.Join(append([]string{f.Population}, f.Scope...), "-")))
	}
	return out
}

// Frame is a population with a scope whose members were placed.
type Frame struct {
	Population string
	Scope      []string
}

// Frames returns the frames that lists of a picture declare to be complete anywhere, in
// order of population and scope.
func Frames(p *projection.Projection) []Frame {
	var out []Frame
	first, end := p.Range(projection.Source)
	for v := first; v < end; v++ {
		population := p.Text(v, "population")
		if placed, _ := p.Value(v, "is_placement"); placed == true || population == "" || population == "SELECTION" || len(texts(p, v, "complete_in")) == 0 {
			continue
		}
		scope := slices.Sorted(slices.Values(texts(p, v, "scope")))
		if !slices.ContainsFunc(out, func(f Frame) bool { return f.Population == population && slices.Equal(f.Scope, scope) }) {
			out = append(out, Frame{Population: population, Scope: scope})
		}
	}
	slices.SortFunc(out, func(a, b Frame) int {
		if a.Population != b.Population {
			return strings.Compare(a.Population, b.Population)
		}
		return slices.Compare(a.Scope, b.Scope)
	})
	return out
}

// newest is the provenance of the newest text that was read; of the newest judgement where
// there is no text.
func newest(a *Answer) (by graph.Provenance) {
	for _, of := range []func(*Row) graph.Provenance{func(r *Row) graph.Provenance { return *r.By }, func(r *Row) graph.Provenance { return *r.Judged }} {
		for i := range a.Rows {
			if day := of(&a.Rows[i]); day.AsOf != "" && (by.AsOf == "" || graph.CompareDates(day, by) < 0) {
				by = day
			}
		}
		if by.AsOf != "" {
			return by
		}
	}
	return by
}

// sourceNodes are the nodes of the sources, as of the newest text that was read.
func sourceNodes(frames []Frame, area string, newest graph.Provenance) []graph.NodeDraft {
	if len(frames) == 0 {
		frames = []Frame{{}}
	}
	var out []graph.NodeDraft
	for i, name := range names(area, frames) {
		f := frames[i]
		by := graph.Provenance{Source: name, AsOf: newest.AsOf, Assumed: newest.Assumed, Grade: graph.GradeC}
		facts := []graph.Fact{
			{Provenance: by},
			{Property: "name", Value: name, Provenance: by},
			{Property: "title", Value: "程序按企业自己的说法挂链", Provenance: by},
			{Property: "is_placement", Value: true, Provenance: by},
		}
		if f.Population != "" {
			facts = append(facts, graph.Fact{Property: "population", Value: f.Population, Provenance: by},
				graph.Fact{Property: "complete_in", Value: []string{area}, Provenance: by})
		}
		if len(f.Scope) > 0 {
			facts = append(facts, graph.Fact{Property: "scope", Value: f.Scope, Provenance: by})
		}
		key := graph.NewKey(projection.Source, []string{"name"}, []string{name})
		out = append(out, graph.NodeDraft{Kind: projection.Source, Keys: []graph.Key{key}, Facts: facts})
	}
	return out
}
