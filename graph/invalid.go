package graph

import "liantu/message"

// Fault is one thing that is wrong with one draft of a batch.
type Fault struct {
	Edge     bool         // whether the draft is in Edges, else it is in Nodes
	Index    int          // the position of the draft there, from 0
	Kind     string       // the kind that the draft claims
	Property string       // the property at fault, "" if it is the draft as a whole
	Reason   message.Text // what is wrong, with the value quoted

	// Forgotten reports that the draft is about a node that was forgotten on
	// request; see [Store]. The reason then quotes nothing.
	Forgotten bool
}

// String describes the fault with its place, in English.
func (f Fault) String() string { return f.In(message.English) }

// In describes the fault with its place in a language.
func (f Fault) In(language message.Language) string {
	sort, reason := message.New("node"), f.Reason
	if f.Edge {
		sort = message.New("edge")
	}
	if f.Property != "" {
		reason = message.New("property %q: %s", f.Property, reason)
	}
	return message.New("%s draft %d (%s): %s", sort, f.Index, f.Kind, reason).In(language)
}

// InvalidError says why a batch was refused. It wraps [ErrInvalid].
type InvalidError struct {
	Faults []Fault // every fault: of nodes first, then of edges, by position
}

// maxFaultsShown limits the text of an InvalidError; its list is complete.
const maxFaultsShown = 20

// Error names the number of faults and describes the first of them, in English.
func (e *InvalidError) Error() string { return e.In(message.English) }

// In returns the text of Error in a language.
func (e *InvalidError) In(language message.Language) string {
	all := message.Clauses{message.New("invalid batch: %d faults", len(e.Faults))}
	for i, f := range e.Faults {
		if i == maxFaultsShown {
			all = append(all, message.New("and %d more", len(e.Faults)-i))
			break
		}
		all = append(all, f)
	}
	return all.In(language)
}

// Unwrap returns ErrInvalid.
func (e *InvalidError) Unwrap() error { return ErrInvalid }
