package gaps

import (
	"liantu/graph"
	"liantu/schema"
)

// Valuation is one term of a score before it is weighed. A value may be known
// only in part; Unknown then states what is missing.
type Valuation struct {
	Value   Figure      // or why there is none
	Text    schema.Text // the sentence for it
	Edges   []graph.ID  // that it rests on
	Unknown Code
}

// Unvalued returns the valuation of a term without a known value.
func Unvalued(why Code) Valuation { return Valuation{Value: Missing(why), Unknown: why} }
