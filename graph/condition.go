package graph

import "liantu/message"

// ConflictError says that an element which a batch would change has changed
// since the version that the batch names in Unchanged. It wraps [ErrConflict].
type ConflictError struct {
	Kind    string
	ID      ID
	Since   Version // that the batch was made on
	Present Version // of the last change of the element, the latest of all such elements
	Edge    bool
}

// Error names the element and both versions, in English.
func (e *ConflictError) Error() string { return e.In(message.English) }

// In returns the text in a language.
func (e *ConflictError) In(language message.Language) string {
	sort := message.New("node")
	if e.Edge {
		sort = message.New("edge")
	}
	return message.New("%s %q of kind %s was changed at version %d, after version %d", sort, e.ID, e.Kind, e.Present, e.Since).In(language)
}

// Unwrap returns ErrConflict.
func (e *ConflictError) Unwrap() error { return ErrConflict }

// unchanged checks the condition of a batch: nothing that the delta changes may
// have changed after the version that the batch was made on. Edges that only
// move with a node that is merged into another one do not count.
func (p *planner) unchanged() error {
	since := p.batch.Unchanged
	if since == 0 {
		return nil
	}
	latest := ConflictError{Since: since, Present: since}
	note := func(edge bool, kind string, id ID, r Version) {
		if r > latest.Present {
			latest.Edge, latest.Kind, latest.ID, latest.Present = edge, kind, id, r
		}
	}
	for _, n := range p.delta.Nodes {
		note(false, n.Kind, n.ID, n.Version)
	}
	for _, n := range p.delta.NodesRemoved {
		note(false, n.Kind, n.ID, p.nodes[n.ID].Version)
	}
	for _, e := range p.delta.Edges {
		note(true, e.Kind, e.ID, e.Version)
	}
	if latest.Present == since {
		return nil
	}
	return &latest
}
