package main

import (
	"liantu/graph/projection"
)

// former returns the codes that links had before, with those that they have now.
func former(p *projection.Projection) map[string]string {
	out := map[string]string{}
	first, end := p.Range(projection.Link)
	for v := first; v < end; v++ {
		value, _ := p.Value(v, "former_codes")
		codes, _ := value.([]string)
		for _, code := range codes {
			out[code] = p.Code(v)
		}
	}
	return out
}
