package gaps

import (
	"liantu/graph"
	"liantu/schema"
)

// Valuation is one term of a score before it is weighed. A value may be known
// only in part; unknown then says what is missing.
type Valuation struct {
	value   Figure      // or why there is none
	text    schema.Text // the sentence for it
	edges   []graph.ID  // that it rests on
	unknown Code
}

// missing is the valuation of a term of which no value is known.
func missing(why Code) Valuation { return Valuation{value: Missing(why), unknown: why} }
