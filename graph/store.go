package graph

import (
	"context"
	"errors"
)

// The errors of the domain. Stores and questions wrap them with %w, and
// callers tell them apart with [errors.Is].
var (
	// ErrNotFound says that something asked for by name is not in the graph.
	ErrNotFound = errors.New("not found")
	// ErrInvalid says that the input breaks the schema or the contract.
	ErrInvalid = errors.New("invalid")
	// ErrConflict says that the graph is not the one that the caller looked at.
	ErrConflict = errors.New("conflict")
	// ErrUnavailable says that the store cannot be reached now.
	ErrUnavailable = errors.New("unavailable")
	// ErrDenied says that the store refuses the given credentials or that the
	// file system refuses access.
	ErrDenied = errors.New("denied")
	// ErrLocked says that another process holds the store.
	ErrLocked = errors.New("locked")
	// ErrClosed says that the store was closed before.
	ErrClosed = errors.New("closed")
)

// Result says what a batch did. Every draft of the batch is counted once, in
// one of Created, Updated and Unchanged of its sort. Of several drafts of one
// new element the first counts as Created; a further one counts as Updated if
// it adds to what was said before it, else as Unchanged. A draft that makes
// two nodes one counts as Updated.
type Result struct {
	Revision                                   Revision // of the graph with the batch in it
	NodesCreated, NodesUpdated, NodesUnchanged int
	EdgesCreated, EdgesUpdated, EdgesUnchanged int
	NodesMerged                                int // nodes that turned out to be another one
}

// Change is one element that changed. Exactly one field is set. Elements are
// removed by merges, the lost node and the edges that got another end and with
// it another id, and when a load is taken back.
type Change struct {
	Node        *Node
	Edge        *Edge
	NodeRemoved *Node // only ID and Kind are set
	EdgeRemoved *Edge // only ID and Kind are set
}

// Reader is the part of a [Store] that tells what is in the graph.
type Reader interface {
	// Changes calls yield for every element that changed after the given
	// revision, in its present form, and returns the revision it describes:
	// removed edges first, then removed nodes, nodes and edges, each sorted by
	// kind and id. What it yields is one consistent cut, whatever is applied
	// meanwhile, even by yield itself. With revision 0 it yields the whole
	// graph and no removals. It may report the removal of an element that the
	// caller never saw. A revision that the graph has not reached gives
	// ErrConflict. The yielded elements belong to the caller. An error from
	// yield ends the stream and is returned as it is, and so is the error of a
	// context that is done. After Close it returns ErrClosed.
	Changes(ctx context.Context, after Revision, yield func(Change) error) (Revision, error)

	// Revision returns the revision of the last batch or Undo that changed
	// something, 0 for a graph that was never written. After Close it returns ErrClosed.
	Revision(ctx context.Context) (Revision, error)
}

// Store keeps a graph. It is safe for use by several goroutines. Each
// sentence here is a promise with a subtest in graph/storetest.
type Store interface {
	Reader

	// Apply joins the facts of a batch to the graph, all of them or none, and
	// returns what changed once that is durable. The same batch applied again
	// changes nothing and leaves the revision as it was. Batches that succeed
	// give the same graph in any order and in any portions. A node is found by
	// any of its keys; drafts and nodes that share a key become one node, which
	// keeps the smallest of the ids it had, all their facts and all their
	// edges, and answers to the lost ids. Edges that come to join the same
	// nodes become one edge with the facts of all. An edge whose end is found
	// nowhere, an unknown kind or property, a value that the schema does not
	// allow, or a draft without a key fails the batch with ErrInvalid, and the
	// error, an [*InvalidError], names every such draft. Where Batch.Unchanged is
	// not 0 and an element that the batch would change has changed after that
	// revision, nothing is joined and the error, a [*ConflictError] that wraps
	// ErrConflict, says which and when; other changes of the graph are no
	// conflict, nor is a batch that changes nothing. A context that is done
	// at the call gives its error and changes nothing; one that ends later may
	// leave open whether the batch was joined, as ErrUnavailable does, and
	// applying the batch again settles it. After Close it returns ErrClosed.
	Apply(ctx context.Context, batch Batch) (Result, error)

	// Loads returns the loads that batches belonged to and that were not taken
	// back, oldest first, then by id; when ids are given, those of them that are
	// listed, each once. A load is listed from its first batch on, as unfinished
	// until a batch says that it is done. A batch that the load brought before
	// counts once. After Close it returns ErrClosed.
	Loads(ctx context.Context, ids ...string) ([]Load, error)

	// Ledger calls yield for every batch that was joined and not taken back,
	// also those that changed nothing since another load had told the same;
	// those of one load follow one another, in the order of ids. A key that was
	// the id of a node stands there as [RefKey] of a key of the node. The drafts
	// of the ledger make the graph when they are joined again, nodes before
	// edges. What it yields is one consistent cut. An error from yield ends the
	// stream and is returned as it is, and so is the error of a context that is
	// done. After Close it returns ErrClosed.
	Ledger(ctx context.Context, yield func(Entry) error) error

	// Undo takes a load back, as a whole or not at all, and returns what changed
	// once that is durable: the graph is then as if the load had never been
	// joined, whatever came before, between and after its batches. What another
	// load told as well stays; nodes that only the load made one come apart.
	// The load may be unfinished, and may be loaded again afterwards. Undo
	// grows the revision by one if anything in the graph changes, and Changes
	// tell of it as of any batch. Where a draft of another load needs what only
	// this one tells, because an edge leads there or an id names it, nothing is
	// taken back and the error, a [*DependencyError], says what needs it. A load
	// that is not listed gives ErrNotFound. After Close it returns ErrClosed.
	Undo(ctx context.Context, load string) (Undone, error)

	// Forget removes a node for good, as a whole or not at all, and returns what
	// went once that is durable: the node, its edges, what finds it, and in the
	// ledger every draft that speaks of it or of an edge of it, so that no Undo
	// brings it back; everything else of its loads stays and can be taken back as
	// before. Forget grows the revision by one, and Changes tell of it as of any
	// batch. Of the node a [Tombstone] is left. From then on Apply refuses drafts
	// with a key that the node had, and edges to it, as [Fault.Forgotten], until
	// a batch that says Lift brings it again, which takes the tombstone away. A
	// key that finds nothing gives ErrNotFound, a request that does not say who
	// and why ErrInvalid. After Close it returns ErrClosed.
	Forget(ctx context.Context, f Forgetting) (Forgotten, error)

	// Tombstones returns, for those of the keys that a forgotten node had, the
	// tombstone of the node; they are there across restarts too. After Close it
	// returns ErrClosed.
	Tombstones(ctx context.Context, keys []Key) (map[Key]Tombstone, error)

	// Close frees the store once the calls under way have returned. A second
	// Close does nothing.
	Close() error
}
