package graph

import (
	"context"

	"liantu/message"
)

// The errors of the domain. Stores and questions wrap them with %w, and callers
// distinguish them with [errors.Is].
var (
	// ErrNotFound says that something requested by name is not in the graph.
	ErrNotFound = message.Errorf("not found")
	// ErrInvalid says that the input breaks the schema or the contract.
	ErrInvalid = message.Errorf("invalid")
	// ErrConflict says that the graph is not in the state that the caller saw.
	ErrConflict = message.Errorf("conflict")
	// ErrUnavailable says that the store cannot be reached now.
	ErrUnavailable = message.Errorf("unavailable")
	// ErrDenied says that the store refuses the given credentials or that the
	// file system refuses access.
	ErrDenied = message.Errorf("denied")
	// ErrLocked says that another process holds the store.
	ErrLocked = message.Errorf("locked")
	// ErrClosed says that the store was closed before.
	ErrClosed = message.Errorf("closed")
)

// Result says what a batch did. Every draft of the batch is counted once, as
// Created, Updated or Unchanged. Of several drafts of one new element the first
// counts as Created; a further one counts as Updated if it adds to those before
// it, else as Unchanged. A draft that merges two nodes counts as Updated.
type Result struct {
	Version                                    Version // of the graph with the batch in it
	NodesCreated, NodesUpdated, NodesUnchanged int
	EdgesCreated, EdgesUpdated, EdgesUnchanged int
	NodesMerged                                int // nodes that were merged into another one
}

// Change is one element that changed. Exactly one field is set. A merge removes
// the lost node, and the edges that got another end and thus another id; taking
// a load back and forgetting a node remove elements too.
type Change struct {
	Node        *Node
	Edge        *Edge
	NodeRemoved *Node // only ID and Kind are set
	EdgeRemoved *Edge // only ID and Kind are set
}

// Reader is the part of a [Store] that reads the graph.
type Reader interface {
	// Changes calls yield for every element that changed after the given
	// version, in its present form, and returns the version that this describes:
	// removed edges first, then removed nodes, nodes and edges, each sorted by
	// kind and id. What it yields is one consistent cut, whatever is applied
	// meanwhile, even by yield itself. With version 0 it yields the whole
	// graph and no removals. It may report the removal of an element that the
	// caller never saw. A version that the graph has not reached gives
	// ErrConflict. The yielded elements belong to the caller. An error from
	// yield ends the stream and is returned as it is, and so is the error of a
	// context that is done. After Close it returns ErrClosed.
	Changes(ctx context.Context, after Version, yield func(Change) error) (Version, error)

	// Version returns the version that the last change made, 0 for a graph that
	// was never written. After Close it returns ErrClosed.
	Version(ctx context.Context) (Version, error)

	// Namer returns what makes the ids of the graph, the same for as long as the
	// graph exists: stores with the same secret give the same ids, whatever the
	// store and the order of loading, and stores with different ones share no id
	// that is keyed. After Close it returns ErrClosed.
	Namer(ctx context.Context) (*Namer, error)
}

// Store stores a graph. It is safe for concurrent use. Each sentence here is a
// promise with a subtest in graph/storetest.
type Store interface {
	Reader

	// Apply adds the facts of a batch to the graph, all of them or none, and
	// returns what changed once that is durable. The same batch applied again
	// changes nothing and leaves the version as it was. Batches that succeed
	// give the same graph in any order and however the facts are divided among
	// them. A node is found by any of its keys; drafts and nodes that share a key
	// become one node, which keeps the smallest of the ids it had, all their
	// facts and all their edges, and is found by the lost ids. Values are no keys:
	// nodes of one name stay apart if each is stated by its own codes, in whatever
	// order they and a draft that has only the name are applied. Edges that then
	// join the same nodes become one edge with the facts of all. An edge with an
	// end that is not found, an unknown kind or property, a value that the schema
	// does not allow, or a draft without a key fails the batch with ErrInvalid,
	// and the error, an [*InvalidError], names every such draft. Where
	// Batch.Unchanged is not 0 and an element that the batch would change has
	// changed after that version, nothing is applied and the error, a
	// [*ConflictError] that wraps ErrConflict, says which and when; other changes
	// of the graph are no conflict, nor is a batch that changes nothing. A
	// context that is done at the call gives its error and changes nothing; if it
	// ends later, or the error is ErrUnavailable, the batch may or may not have
	// been applied, and applying it again makes sure. After Close it returns
	// ErrClosed.
	Apply(ctx context.Context, batch Batch) (Result, error)

	// Loads returns the loads of all batches that were not taken back, oldest
	// first, then by first version and id; when ids are given, those of them that
	// are listed, each once. A load is listed from its first batch on, as unfinished
	// until a batch says that it is done. A batch that is applied again under the same load
	// counts once. After Close it returns ErrClosed.
	Loads(ctx context.Context, ids ...string) ([]Load, error)

	// Ledger calls yield for every batch that was applied and not taken back,
	// also for those that changed nothing because another load had stated the
	// same; those of one load follow one another, and loads are in the order of
	// their ids. A key that was the id of a node appears as the [RefKey] of a key
	// of the node. The drafts of the ledger give the same graph when they are
	// applied again, nodes before edges. What it yields is one consistent cut. An
	// error from yield ends the stream and is returned as it is, and so is the
	// error of a context that is done. After Close it returns ErrClosed.
	Ledger(ctx context.Context, yield func(Entry) error) error

	// Undo takes a load back, as a whole or not at all, and returns what changed
	// once that is durable: the graph is then as if the load had never been
	// applied, whatever came before, between and after its batches. Facts that
	// another load states as well stay; nodes that only this load merged are
	// split. The load may be unfinished, and may be loaded again afterwards. Undo
	// increases the version by one if anything in the graph changes, and Changes
	// reports it like any batch. Where a draft of another load depends on this
	// one, because it is an edge to a node, or names a node by its id, that only
	// this load states, nothing is taken back and the error, a
	// [*DependencyError], lists such drafts. A load that is not listed gives
	// ErrNotFound. After Close it returns ErrClosed.
	Undo(ctx context.Context, load string) (Undone, error)

	// Forget removes a node permanently, as a whole or not at all, and returns
	// what was removed once that is durable: the node, its edges, its keys, and
	// in the ledger every draft about it or an edge of it, so that no Undo brings
	// it back; everything else of its loads stays and can be taken back as
	// before. Forget increases the version by one, and Changes reports it like
	// any batch. A [Tombstone] of the node is left. From then on Apply refuses
	// drafts with a key that the node had, and edges to it, as [Fault.Forgotten],
	// until a batch with Lift adds it again, which removes the tombstone. A key
	// that finds nothing gives ErrNotFound, a request that does not say who and
	// why ErrInvalid. After Close it returns ErrClosed.
	Forget(ctx context.Context, f Forgetting) (Forgotten, error)

	// Tombstones returns, for each of the keys that a forgotten node had, the
	// tombstone of the node, across restarts too. After Close it returns
	// ErrClosed.
	Tombstones(ctx context.Context, keys []Key) (map[Key]Tombstone, error)

	// Close frees the store once the calls in progress have returned. A second
	// Close does nothing.
	Close() error
}
