package names

import (
	"context"
	"errors"
	"slices"
	"time"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// LoadID is the load of all joins of companies by similar names and by
// judgements, whichever load caused them. Undoing it leaves what identifiers
// and equal names join; see [EqualID].
const LoadID = "names"

// batchSize is the number of joins in a batch.
const batchSize = 8000

// Batch makes a batch of joins of one of the two loads that hold them, [LoadID] and
// [EqualID].
func Batch(load string, drafts []graph.NodeDraft, at time.Time) graph.Batch {
	return graph.Batch{
		Nodes: drafts,
		Load:  graph.LoadInfo{ID: load, Source: load, At: at.UTC().Truncate(time.Second), Done: true},
	}
}

// JoinAnew undoes all joins by names and judgements and computes them again
// from what is in the store now. The result depends only on the facts and the
// judgements, not on the order in which they were loaded, nor on what was
// loaded and undone in between. Companies of equal full names are joined in any
// store; those of similar names and those judged the same where the store has
// the load [LoadID]. When the call is interrupted, the companies stay separate,
// and the next call joins them.
func JoinAnew(ctx context.Context, store graph.Store, model *schema.Model) (*Counts, error) {
	counts := &Counts{}
	similar := false
	for _, load := range []string{LoadID, EqualID} {
		_, err := store.Undo(ctx, load)
		if err != nil && !errors.Is(err, graph.ErrNotFound) {
			return counts, message.Errorf("names: %w", err)
		}
		similar = similar || load == LoadID && err == nil
	}
	b, err := readBook(ctx, store, model)
	if err != nil {
		return counts, message.Errorf("names: %w", err)
	}
	now := time.Now()
	if similar { // even if it joins nothing now, so that the next call knows
		if _, err := store.Apply(ctx, Batch(LoadID, nil, now)); err != nil {
			return counts, message.Errorf("names: %w", err)
		}
	}
	out, err := b.joinAll(ctx, similar, func(drafts []graph.NodeDraft, load string) error {
		for some := range slices.Chunk(drafts, batchSize) {
			result, err := store.Apply(ctx, Batch(load, some, now))
			if err != nil {
				return err
			}
			counts.Merged += result.NodesMerged
		}
		return nil
	})
	if err != nil {
		return counts, message.Errorf("names: %w", err)
	}
	counts.Review, counts.Contradicted = len(out.Review), len(out.Contradicted)
	return counts, nil
}

// joinAll joins all companies of the book: those of equal full names, and, if
// wanted, those of similar names and those judged the same. It calls apply with
// the drafts that join them, and the load to which these belong.
func (b *Book) joinAll(ctx context.Context, similar bool, apply func(drafts []graph.NodeDraft, load string) error) (*Outcome, error) {
	err := b.Namesakes(true).Join(func(drafts []graph.NodeDraft) error { return apply(drafts, EqualID) })
	if err != nil {
		return nil, err
	}
	if !similar {
		return &Outcome{}, nil
	}
	out, err := b.Settle(ctx, true)
	if err != nil {
		return nil, err
	}
	drafts := out.Drafts()
	if err := apply(drafts, LoadID); err != nil {
		return nil, err
	}
	b.Join(drafts)
	return out, nil
}

// Join joins the companies that drafts of joins name.
func (b *Book) Join(drafts []graph.NodeDraft) {
	for _, d := range drafts {
		b.Add(d.Kind, d.Keys, nil, Place{})
	}
}

// SettleJudged does after a judgement of two names what reviews.Names does
// after a list of them: companies that are judged the same are joined, and
// those judged different are separated, unless other judgements or identifiers
// contradict. The judgement must be in the store. Repeating it changes nothing.
// It returns the version that contains all of it.
func SettleJudged(ctx context.Context, store graph.Store, model *schema.Model, left, right string) (graph.Version, error) {
	b, err := readBook(ctx, store, model)
	if err != nil {
		return 0, message.Errorf("names: %w", err)
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
		return 0, message.Errorf("names: %w", err)
	}
	now := time.Now()
	for drafts := range slices.Chunk(out.Drafts(), batchSize) {
		if _, err := store.Apply(ctx, Batch(LoadID, drafts, now)); err != nil {
			return 0, message.Errorf("names: %w", err)
		}
		b.Join(drafts)
	}
	if b.Mistaken() {
		if _, err := JoinAnew(ctx, store, model); err != nil {
			return 0, err
		}
	}
	return store.Version(ctx)
}

// readBook reads the companies of a store, the edges that relate them, and the judgements.
func readBook(ctx context.Context, store graph.Reader, model *schema.Model) (*Book, error) {
	b, keys := NewBook(model), map[graph.ID]graph.Key{}
	_, err := store.Changes(ctx, 0, func(c graph.Change) error {
		if c.Node != nil {
			b.Add(c.Node.Kind, c.Node.Keys, c.Node.Facts, Place{})
		}
		b.relateChange(model, keys, c)
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
