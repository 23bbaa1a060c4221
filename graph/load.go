package graph

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"liantu/message"
)

// LoadInfo describes the load that a batch belongs to. The batches of one load
// are taken back together; see [Store]. The zero value is the load without a
// name, which is not listed and cannot be taken back.
type LoadInfo struct {
	ID     string    `json:"id"`               // at most [MaxLoadID] bytes, without control characters
	Source string    `json:"source,omitempty"` // who is named as its source, for people to read
	Files  []string  `json:"files,omitempty"`  // what it was read from, for people to read
	Days   []string  `json:"days,omitempty"`   // the as-of day that was assumed for each of the files, "" for none; nil if for none of them
	At     time.Time `json:"at,omitzero"`      // when it began
	Done   bool      `json:"done"`             // no further batch will come
}

// MaxLoadID is the greatest length of the id of a load in bytes.
const MaxLoadID = 64

// Load is a load as a store lists it.
type Load struct {
	LoadInfo          // At is that of its first batch
	First     Version `json:"first"`     // of the graph with its first batch
	Last      Version `json:"last"`      // of the graph with its last batch
	Batches   int     `json:"batches"`   // different ones
	Nodes     int     `json:"nodes"`     // drafts of nodes in them
	Edges     int     `json:"edges"`     // drafts of edges in them
	Created   int     `json:"created"`   // of these drafts, by what they did when they came
	Updated   int     `json:"updated"`   //
	Unchanged int     `json:"unchanged"` //
	Merged    int     `json:"merged"`    // nodes that were merged into another one
}

// Entry is a batch as the ledger of a store holds it.
type Entry struct {
	Version Version // of the graph with the batch in it
	Batch   Batch   // of its LoadInfo only the ID is set
}

// Join returns a load with one more batch counted: fresh reports that the
// ledger had no such batch of the load before.
func (l Load) Join(b Batch, r Result, fresh bool) Load {
	next := l
	if l.Batches == 0 && l.At.IsZero() {
		next.LoadInfo, next.First = b.Load, r.Version
	}
	next.ID, next.Last = b.Load.ID, max(l.Last, r.Version)
	next.Source, next.Files, next.Days, next.Done = b.Load.Source, b.Load.Files, b.Load.Days, b.Load.Done
	if fresh {
		next.Batches++
		next.Nodes += len(b.Nodes)
		next.Edges += len(b.Edges)
		next.Created += r.NodesCreated + r.EdgesCreated
		next.Updated += r.NodesUpdated + r.EdgesUpdated
		next.Unchanged += r.NodesUnchanged + r.EdgesUnchanged
		next.Merged += r.NodesMerged
	} else {
		next.Last = l.Last
	}
	return next
}

// Equal reports whether two loads agree in everything.
func (l Load) Equal(m Load) bool {
	a, b := l, m
	a.Files, b.Files, a.Days, b.Days, a.At, b.At = nil, nil, nil, nil, time.Time{}, time.Time{}
	return fmt.Sprint(a) == fmt.Sprint(b) && slices.Equal(l.Files, m.Files) && slices.Equal(l.Days, m.Days) && l.At.Equal(m.At)
}

// SortLoads puts loads in the order in which stores list them: oldest first, those
// of one time by their first version, then by id.
func SortLoads(loads []Load) {
	slices.SortFunc(loads, func(a, b Load) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.First, b.First), strings.Compare(a.ID, b.ID))
	})
}

// checkLoad says what is wrong with the id of a load.
func checkLoad(id string) error {
	control := func(r rune) bool { return r < ' ' || r == 0x7f }
	if len(id) > MaxLoadID || !utf8.ValidString(id) || strings.ContainsFunc(id, control) {
		return message.As(ErrInvalid, "the id %q of a load is not UTF-8, holds control characters or is longer than %d bytes", cut(id), MaxLoadID)
	}
	return nil
}

// BatchHash distinguishes the batches of one load.
type BatchHash [rawIDLen]byte

// String returns the hash in hexadecimal digits.
func (h BatchHash) String() string { return hex.EncodeToString(h[:]) }

// Undone says what taking back a load did.
type Undone struct {
	Version      Version // of the graph without the load
	NodesRemoved int     // nodes that only this load stated
	NodesChanged int     // nodes that lost facts or keys, or were split
	NodesSplit   int     // additional nodes, since merges were undone
	EdgesRemoved int     // edges that only this load stated
	EdgesChanged int     // edges that lost facts or got other ends
}

// Dependency is a draft of another load that depends on a load to be taken back.
type Dependency struct {
	Load string // that the draft belongs to
	Kind string // of the node or edge that the draft is about
	Key  Key    // that only the load to be taken back states
}

// DependencyError says that a load cannot be taken back since others depend on
// it: their drafts join a node, or name it by a key, that no other load states.
// It wraps [ErrConflict].
type DependencyError struct {
	Load         string
	Dependencies []Dependency // in order, without repetition; if there are many, some of them
	Count        int          // of all drafts that depend on it
}

// MaxDependencies is how many of them a [DependencyError] lists at most.
const MaxDependencies = 20

// Error returns the text in English.
func (e *DependencyError) Error() string { return e.In(message.English) }

// In returns the text in a language.
func (e *DependencyError) In(language message.Language) string {
	text := message.New("load %q: %d drafts of other loads depend on it", e.Load, e.Count).In(language)
	for _, n := range e.Dependencies[:min(len(e.Dependencies), 3)] {
		text += message.New("; a %s of %s needs the key %q", n.Kind, loadName(n.Load), n.Key).In(language)
	}
	return text
}

func loadName(id string) message.Text {
	if id == "" {
		return message.New("an unnamed load")
	}
	return message.New("load %q", id)
}

// Unwrap returns ErrConflict.
func (e *DependencyError) Unwrap() error { return ErrConflict }
