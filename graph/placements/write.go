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
)

// Source is the name of the source of all placements.
const Source = "placement"

// perBatch is how many companies a batch holds.
const perBatch = 2000

// Batches returns the batches that state an answer, in one load that has no id yet. frames
// are the frames of which the placement is one; see [Frames].
func Batches(p *projection.Projection, a *Answer, frames []Frame) []graph.Batch {
	load := graph.LoadInfo{Source: Source}
	out := []graph.Batch{{Load: load, Nodes: sourceNodes(frames, a)}}
	for from := 0; from < len(a.Rows); from += perBatch {
		b := graph.Batch{Load: load}
		for _, row := range a.Rows[from:min(from+perBatch, len(a.Rows))] {
			addRow(&b, p, &row, frames)
		}
		out = append(out, b)
	}
	out[len(out)-1].Load.Done = true
	return out
}

// Write applies the batches of an answer as one load, whose id is a hash of their contents,
// and takes back what placement stated before. It returns the id; again is true when the
// graph holds the same placements already, and then nothing is written. What broke off is
// completed by the next run.
func Write(ctx context.Context, store graph.Store, batches []graph.Batch, at time.Time) (id string, again bool, err error) {
	hash := sha256.New()
	for _, b := range batches {
		encoded, _, err := graph.AppendBatch(nil, b)
		if err != nil {
			return "", false, err
		}
		hash.Write(encoded)
	}
	id = Source + "-" + hex.EncodeToString(hash.Sum(nil))[:16]
	loads, err := store.Loads(ctx)
	if err != nil {
		return "", false, err
	}
	again = slices.ContainsFunc(loads, func(l graph.Load) bool { return l.ID == id && l.Done })
	if !again {
		for i := range batches {
			batches[i].Load.ID, batches[i].Load.At = id, at
			if _, err := store.Apply(ctx, batches[i]); err != nil {
				return "", false, err
			}
		}
	}
	for _, l := range loads {
		if l.Source == Source && l.ID != id {
			again = false
			if _, err := store.Undo(ctx, l.ID); err != nil {
				return "", false, err
			}
		}
	}
	return id, again, nil
}

// addRow adds what came of one company.
func addRow(b *graph.Batch, p *projection.Projection, row *Row, frames []Frame) {
	by := graph.Provenance{Source: Source, AsOf: row.By.AsOf, Assumed: row.By.Assumed, Grade: graph.GradeC}
	company := graph.IDKey(p.ID(row.Company))
	outcome := row.outcome()
	for _, l := range row.Links {
		if l.Outcome != outcome {
			continue // what is for review beside a link that is confirmed says nothing of absence
		}
		kind := projection.OperatesIn
		if outcome == place.Review {
			kind = projection.MayOperate
		}
		draft := graph.EdgeDraft{Kind: kind, From: company, To: graph.NewKey(projection.Link, []string{"code"}, []string{l.Link})}
		for _, name := range names(frames) {
			by.Source = name
			draft.Facts = append(draft.Facts,
				graph.Fact{Provenance: by},
				graph.Fact{Property: "probability", Value: rounded(l.Probability), Provenance: by},
				graph.Fact{Property: "evidence", Value: Evidence(l), Provenance: by})
		}
		b.Edges = append(b.Edges, draft)
	}
	if outcome != place.Confirmed {
		state := "READ"
		if outcome == place.Review {
			state = "UNDER_REVIEW"
		}
		by.Source = Source
		b.Nodes = append(b.Nodes, graph.NodeDraft{
			Kind: projection.Company, Keys: []graph.Key{company},
			Facts: []graph.Fact{{Property: "placement", Value: state, Provenance: by}},
		})
	}
}

// Evidence is the sentence that the graph holds as the evidence of a placement, with its
// probability. It is in Chinese, as the words that it quotes.
func Evidence(l place.Placement) string {
	return l.Evidence.In(message.Chinese) + "；概率 " + strconv.FormatFloat(rounded(l.Probability), 'f', 2, 64)
}

// rounded is a probability to two places.
func rounded(p float64) float64 {
	x, _ := strconv.ParseFloat(strconv.FormatFloat(p, 'f', 2, 64), 64)
	return x
}

// names are the names of the sources that state each edge: of the frames, and [Source].
func names(frames []Frame) []string {
	out := []string{Source}
	for _, f := range frames {
		if !slices.Contains(out, f.Name) {
			out = append(out, f.Name)
		}
	}
	return out
}

// Frame is a population with a scope whose members were placed.
type Frame struct {
	Name       string // of its source
	Population string
	Scope      []string
}

// Frames returns the frames that lists of a picture declare to be complete anywhere, in
// order of population and scope. The first takes the name [Source], each other one
// a name of its own.
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
	for i := range out {
		out[i].Name = Source
		if i > 0 {
			out[i].Name += "-" + strings.ToLower(strings.Join(append([]string{out[i].Population}, out[i].Scope...), "-"))
		}
	}
	return out
}

// sourceNodes are the nodes of the sources.
func sourceNodes(frames []Frame, a *Answer) []graph.NodeDraft {
	day := ""
	for i := range a.Rows {
		day = max(day, a.Rows[i].By.AsOf)
	}
	area := a.Area
	if area == "" {
		area = projection.Country
	}
	if len(frames) == 0 {
		frames = []Frame{{Name: Source}}
	}
	var out []graph.NodeDraft
	for _, f := range frames {
		by := graph.Provenance{Source: f.Name, AsOf: day, Grade: graph.GradeC}
		facts := []graph.Fact{
			{Provenance: by},
			{Property: "name", Value: f.Name, Provenance: by},
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
		out = append(out, graph.NodeDraft{Kind: projection.Source, Keys: []graph.Key{graph.NewKey(projection.Source, []string{"name"}, []string{f.Name})}, Facts: facts})
	}
	return out
}
