// Package lines finds, of links that a list is to show, those that stand for the others:
// links of one PART_OF line at which the same companies are give one row, and so do those of
// several chains that are the same. The rule is in the documentation of package gaps.
//
// Package gaps and those above it, api, the program and tests may import lines; it imports
// projection and schema.
package lines

import (
	"slices"

	"liantu/graph/projection"
	"liantu/schema"
)

// Levels says which links of a tree a list shows.
type Levels string

// The levels; the first is the default.
const (
	Leaves Levels = "LEAVES" // the links that stand for themselves and for the others
	All    Levels = "ALL"    // every link
)

// Choices returns all levels.
func Choices() []Levels { return []Levels{Leaves, All} }

// Label returns the words for the levels in both languages.
func (l Levels) Label() schema.Text {
	return map[Levels]schema.Text{Leaves: {Zh: "末级", En: "leaves"}, All: {Zh: "全部层级", En: "all levels"}}[l]
}

// Meaning says what the levels hold, in both languages.
func (l Levels) Meaning() schema.Text {
	return map[Levels]schema.Text{
		Leaves: {
			Zh: "末级环节，上下级企业相同的只列一个；仅在上级环节才显出薄弱、缺口或优势的，上级一并列出",
			En: "the lowest links, of links above each other with the same companies only one; and those above them that call for work or are strong where none below does or is",
		},
		All: {Zh: "各级环节逐一列出", En: "every link"},
	}[l]
}

// Standing is what decides whether a link has a row of its own.
type Standing struct {
	// Companies is how many there are. A link below another one has no others, so that
	// they have the same companies if they have as many.
	Companies int
	// Expected says that enough companies are expected to fill it, Work that it calls for
	// work, Strong that it is a strength.
	Expected, Work, Strong bool
}

// telling reports whether another link cannot stand for this one.
func (s Standing) telling() bool { return s.Expected || s.Work || s.Strong }

// Rows reports for each of some links, which are ascending, whether it has a row of its
// own. Every other one is above or below one that has, or the same; if it calls for work or
// is a strength, above one that does, that is, or the same as it.
func Rows(p *projection.Projection, links []projection.Vertex, of func(projection.Vertex) Standing) []bool {
	t := tree{p: p, links: links, standings: make([]Standing, len(links))}
	for i, link := range links {
		t.standings[i] = of(link)
	}
	alike := t.where(func(i int) bool {
		return !t.any(p.CountedAt(links[i]), func(k int) bool {
			return t.above(i, k) && (t.standings[k].Companies != t.standings[i].Companies || t.standings[k].telling())
		})
	})
	mixed := t.where(func(i int) bool {
		return slices.ContainsFunc(p.Same(links[i]), func(same projection.Vertex) bool {
			return t.any(p.ParentsOf(same), func(k int) bool { return !alike[k] })
		})
	})
	stands := t.where(func(i int) bool {
		return alike[i] && !t.any(p.CountedAt(links[i]), func(k int) bool { return t.above(i, k) && mixed[k] })
	})
	return t.once(t.where(func(i int) bool {
		return stands[i] && !t.any(p.CountsAt(links[i]), func(k int) bool { return t.above(k, i) && stands[k] }) ||
			t.lowest(i, func(s Standing) bool { return s.Work }) || t.lowest(i, func(s Standing) bool { return s.Strong })
	}))
}

// once leaves out the row of a link if one that is the same has a row, too, and the same
// companies, and calls for work and is strong where that one does and is. Where both have
// rows, the one of the smaller code does so, as it has one for that alone.
func (t *tree) once(rows []bool) []bool {
	return t.where(func(i int) bool {
		b := t.standings[i]
		return rows[i] && !t.any(t.p.Same(t.links[i]), func(k int) bool {
			a := t.standings[k]
			return k < i && rows[k] && a.Companies == b.Companies && (a.Work || !b.Work) && (a.Strong || !b.Strong)
		})
	})
}

// Distinct returns the items of a list without those of which the link is the same as
// that of an earlier one.
func Distinct[T any](p *projection.Projection, list []T, link func(T) projection.Vertex) []T {
	found, seen := list[:0:0], map[projection.Vertex]bool{}
	for _, x := range list {
		if !seen[link(x)] {
			found = append(found, x)
		}
		for _, same := range p.Same(link(x)) {
			seen[same] = true
		}
	}
	return found
}

// lowest reports whether something holds of a link and of none below it.
func (t *tree) lowest(i int, holds func(Standing) bool) bool {
	return holds(t.standings[i]) &&
		!t.any(t.p.CountedAt(t.links[i]), func(k int) bool { return t.above(i, k) && holds(t.standings[k]) })
}

// tree are the links of a list, by their numbers in it.
type tree struct {
	p         *projection.Projection
	links     []projection.Vertex
	standings []Standing
}

// where reports for each link whether something holds of it.
func (t *tree) where(holds func(i int) bool) []bool {
	found := make([]bool, len(t.links))
	for i := range found {
		found[i] = holds(i)
	}
	return found
}

// any reports whether something holds of a vertex that is in the list.
func (t *tree) any(vertices []projection.Vertex, holds func(k int) bool) bool {
	return slices.ContainsFunc(vertices, func(v projection.Vertex) bool {
		k, listed := slices.BinarySearch(t.links, v)
		return listed && holds(k)
	})
}

// above reports whether the i-th link, which the k-th one leads to, is another one above
// it. In a cycle, and of links that are the same, the one of the smaller code is above.
func (t *tree) above(i, k int) bool {
	if _, cycle := slices.BinarySearch(t.p.CountedAt(t.links[k]), t.links[i]); cycle {
		return i < k
	}
	return true
}
