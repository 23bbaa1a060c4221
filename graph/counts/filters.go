package counts

import (
	"slices"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/message"
)

// Filters select verdicts; the zero value selects all.
type Filters struct {
	MinDepth, MaxDepth *int
	Positions          []string // UPSTREAM, MIDSTREAM, DOWNSTREAM
	Declared           []gaps.Class
	HasPipeline        *bool
}

// Where returns the filters in the form that a question takes, nil if they select all. A
// depth below 1, or a range of depths without any, gives [graph.ErrInvalid].
func (f Filters) Where() (func(*gaps.Verdict) bool, error) {
	for name, depth := range map[string]*int{"minDepth": f.MinDepth, "maxDepth": f.MaxDepth} {
		if depth != nil && *depth < 1 {
			return nil, message.As(graph.ErrInvalid, "%s is %d; the first level is 1", name, *depth)
		}
	}
	if f.MinDepth != nil && f.MaxDepth != nil && *f.MinDepth > *f.MaxDepth {
		return nil, message.As(graph.ErrInvalid, "minDepth %d is more than maxDepth %d", *f.MinDepth, *f.MaxDepth)
	}
	if f.MinDepth == nil && f.MaxDepth == nil && len(f.Positions)+len(f.Declared) == 0 && f.HasPipeline == nil {
		return nil, nil
	}
	return f.selects, nil
}

func (f Filters) selects(v *gaps.Verdict) bool {
	return (f.MinDepth == nil || v.Depth >= *f.MinDepth) && (f.MaxDepth == nil || v.Depth <= *f.MaxDepth) &&
		(len(f.Positions) == 0 || slices.Contains(f.Positions, v.Position)) &&
		(len(f.Declared) == 0 || slices.Contains(f.Declared, v.Declared)) &&
		(f.HasPipeline == nil || len(v.Pipeline()) > 0 == *f.HasPipeline)
}
