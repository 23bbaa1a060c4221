package graph

import (
	"fmt"
	"strings"
)

// Fault is one thing that is wrong with one draft of a batch.
type Fault struct {
	Edge     bool   // whether the draft is in Edges, else it is in Nodes
	Index    int    // the position of the draft there, from 0
	Kind     string // the kind that the draft claims
	Property string // the property at fault, "" if it is the draft as a whole
	Reason   string // what is wrong, with the value quoted

	// Forgotten reports that the draft is about a node that was forgotten on
	// request; see [Store]. The reason then quotes nothing.
	Forgotten bool
}

// String describes the fault with its place.
func (f Fault) String() string {
	var b strings.Builder
	sort := "node"
	if f.Edge {
		sort = "edge"
	}
	fmt.Fprintf(&b, "%s draft %d (%s): ", sort, f.Index, f.Kind)
	if f.Property != "" {
		fmt.Fprintf(&b, "property %q: ", f.Property)
	}
	b.WriteString(f.Reason)
	return b.String()
}

// InvalidError says why a batch was refused. It wraps [ErrInvalid].
type InvalidError struct {
	Faults []Fault // every fault: of nodes first, then of edges, by position
}

// maxFaultsShown limits the text of an InvalidError; its list is complete.
const maxFaultsShown = 20

// Error names the number of faults and describes the first of them.
func (e *InvalidError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "invalid batch: %d faults", len(e.Faults))
	for i, f := range e.Faults {
		if i == maxFaultsShown {
			fmt.Fprintf(&b, "; and %d more", len(e.Faults)-i)
			break
		}
		b.WriteString("; ")
		b.WriteString(f.String())
	}
	return b.String()
}

// Unwrap returns ErrInvalid.
func (e *InvalidError) Unwrap() error { return ErrInvalid }
