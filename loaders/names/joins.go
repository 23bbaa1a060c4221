package names

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"liantu/graph"
	"liantu/schema"
)

// LoadID is the load of all joins of companies by their names and by
// judgements, whichever load caused them. Undoing it leaves what identifiers
// and equal names join.
const LoadID = "names"

// batchSize is the number of joins in a batch.
const batchSize = 8000

// Batch makes a batch of joins.
func Batch(drafts []graph.NodeDraft, at time.Time) graph.Batch {
	return graph.Batch{
		Nodes: drafts,
		Load:  graph.LoadInfo{ID: LoadID, Source: LoadID, At: at.UTC().Truncate(time.Second), Done: true},
	}
}

// JoinAnew undoes all joins by names and judgements and computes them again
// from what is in the store now. The result depends only on the facts and the
// judgements, not on the order in which they were loaded, nor on what was
// loaded and undone in between. A store without the load [LoadID], where
// nothing was joined, stays as it is. When the call is interrupted, the
// companies stay separate, and the next call joins them.
func JoinAnew(ctx context.Context, store graph.Store, model *schema.Model) (*Counts, error) {
	counts := &Counts{}
	_, err := store.Undo(ctx, LoadID)
	if errors.Is(err, graph.ErrNotFound) {
		return counts, nil
	}
	if err != nil {
		return counts, fmt.Errorf("names: %w", err)
	}
	b, err := readBook(ctx, store, model)
	if err != nil {
		return counts, fmt.Errorf("names: %w", err)
	}
	out, err := b.Settle(ctx, true)
	if err != nil {
		return counts, fmt.Errorf("names: %w", err)
	}
	now := time.Now()
	for drafts := range slices.Chunk(out.Drafts(), batchSize) {
		result, err := store.Apply(ctx, Batch(drafts, now))
		if err != nil {
			return counts, fmt.Errorf("names: %w", err)
		}
		counts.Merged += result.NodesMerged
	}
	counts.Review, counts.Contradicted = len(out.Review), len(out.Contradicted)
	return counts, nil
}

// SettleJudged does after a judgement of two names what loaders.TakeReview does
// after a list of them: companies that are judged the same are joined, and
// those judged different are separated, unless other judgements or identifiers
// contradict. The judgement must be in the store. Repeating it changes nothing.
// It returns the version that contains all of it.
func SettleJudged(ctx context.Context, store graph.Store, model *schema.Model, left, right string) (graph.Version, error) {
	b, err := readBook(ctx, store, model)
	if err != nil {
		return 0, fmt.Errorf("names: %w", err)
	}
	for _, o := range b.opinions {
		slices.SortFunc(o.node.Facts, graph.CompareFacts)
		is := func(property, name string) bool {
			value, _ := o.node.Get(property)
			text, _ := value.(string)
			return schema.NormalName(text) == schema.NormalName(name)
		}
		o.fresh = is("left", left) && is("right", right) || is("left", right) && is("right", left)
	}
	out, err := b.Settle(ctx, false)
	if err != nil {
		return 0, fmt.Errorf("names: %w", err)
	}
	now := time.Now()
	for drafts := range slices.Chunk(out.Drafts(), batchSize) {
		if _, err := store.Apply(ctx, Batch(drafts, now)); err != nil {
			return 0, fmt.Errorf("names: %w", err)
		}
		for _, d := range drafts {
			b.Add(d.Kind, d.Keys, nil, Place{})
		}
	}
	if b.Mistaken() {
		if _, err := JoinAnew(ctx, store, model); err != nil {
			return 0, err
		}
	}
	return store.Version(ctx)
}

// readBook reads the companies and judgements of a store.
func readBook(ctx context.Context, store graph.Reader, model *schema.Model) (*Book, error) {
	b := NewBook(model)
	_, err := store.Changes(ctx, 0, func(c graph.Change) error {
		if c.Node != nil {
			b.Add(c.Node.Kind, c.Node.Keys, c.Node.Facts, Place{})
		}
		return nil
	})
	return b, err
}

// Counts counts the results of resolving names of companies.
type Counts struct {
	Merged       int `json:"merged"`       // companies that were joined with another
	Review       int `json:"review"`       // pairs of companies to review
	Contradicted int `json:"contradicted"` // judgements that others contradict
}
