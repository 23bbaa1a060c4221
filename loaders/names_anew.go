package loaders

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"liantu/graph"
	"liantu/schema"
)

// NamesLoad is the load that joins of companies by their names and by
// judgements belong to, whichever load gave rise to them. Taking it back
// leaves what identifiers and equal names join.
const NamesLoad = "names"

// batchSize is the number of joins in a batch.
const batchSize = 8000

// namesBatch is a portion of joins.
func namesBatch(drafts []graph.NodeDraft, at time.Time) graph.Batch {
	return graph.Batch{
		Nodes: drafts,
		Load:  graph.LoadInfo{ID: NamesLoad, Source: NamesLoad, At: at.UTC().Truncate(time.Second), Done: true},
	}
}

// JoinAnew takes back all that names and judgements joined and joins it anew,
// from what is in the store now. The outcome depends on the facts and the
// judgements alone and not on the order in which they were loaded, nor on what
// was loaded and taken back in between. A store without the load [NamesLoad],
// where nothing was joined, stays as it is. When it is broken off, the
// companies are left apart, and the next call joins them.
func JoinAnew(ctx context.Context, store graph.Store, model *schema.Model) (*NameCounts, error) {
	counts := &NameCounts{}
	_, err := store.Undo(ctx, NamesLoad)
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
	out, err := b.settle(ctx, true)
	if err != nil {
		return counts, fmt.Errorf("names: %w", err)
	}
	now := time.Now()
	for drafts := range slices.Chunk(out.drafts(), batchSize) {
		result, err := store.Apply(ctx, namesBatch(drafts, now))
		if err != nil {
			return counts, fmt.Errorf("names: %w", err)
		}
		counts.Merged += result.NodesMerged
	}
	counts.Review, counts.Contradicted = len(out.review), len(out.contradicted)
	return counts, nil
}

// SettleJudged does after a judgement of two names what [TakeReview] does after
// a list of them: what is judged the same becomes one company, and what is judged
// different comes apart, unless other judgements or identifiers say otherwise. The
// judgement must be in the store. Repeating it changes nothing. It returns the
// revision that contains all of it.
func SettleJudged(ctx context.Context, store graph.Store, model *schema.Model, left, right string) (graph.Revision, error) {
	b, err := readBook(ctx, store, model)
	if err != nil {
		return 0, fmt.Errorf("names: %w", err)
	}
	for _, o := range b.opinions {
		slices.SortFunc(o.node.Facts, graph.CompareFacts)
		is := func(property, name string) bool {
			told, _ := o.node.Get(property)
			text, _ := told.(string)
			return schema.NormalName(text) == schema.NormalName(name)
		}
		o.fresh = is("left", left) && is("right", right) || is("left", right) && is("right", left)
	}
	out, err := b.settle(ctx, false)
	if err != nil {
		return 0, fmt.Errorf("names: %w", err)
	}
	now := time.Now()
	for drafts := range slices.Chunk(out.drafts(), batchSize) {
		if _, err := store.Apply(ctx, namesBatch(drafts, now)); err != nil {
			return 0, fmt.Errorf("names: %w", err)
		}
		for _, d := range drafts {
			b.add(d.Kind, d.Keys, nil, Place{})
		}
	}
	if b.mistaken() {
		if _, err := JoinAnew(ctx, store, model); err != nil {
			return 0, err
		}
	}
	return store.Revision(ctx)
}

// readBook reads the companies and judgements of a store.
func readBook(ctx context.Context, store graph.Reader, model *schema.Model) (*book, error) {
	b := newBook(model)
	_, err := store.Changes(ctx, 0, func(c graph.Change) error {
		if c.Node != nil {
			b.add(c.Node.Kind, c.Node.Keys, c.Node.Facts, Place{})
		}
		return nil
	})
	return b, err
}

// NameCounts says what the names of companies came to.
type NameCounts struct {
	Merged       int `json:"merged"`       // companies that became one with another
	Review       int `json:"review"`       // pairs of companies that somebody should look at
	Contradicted int `json:"contradicted"` // judgements that others contradict
}
