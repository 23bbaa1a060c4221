// Package newcomers reads the companies that a graph does not hold and that a question
// supposes to come, and finds for whom those that it holds would be a supplier nearby. What follows from them is defined in the documentation of package gaps.
//
// Packages gaps, api, the program and tests may import newcomers; it imports area,
// projection, graph and message.
package newcomers

import (
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/message"
)

// Newcomer is a company that the graph does not hold and that is supposed to come. Names need
// not be unique.
type Newcomer struct {
	Name  string   // required
	Links []string // at which it will be: codes, ids or names; at least one
	From  string   // the region that it comes from: code, id or name; "" if it is not stated
}

// Found is a [Newcomer] whose texts are found in the picture.
type Found struct {
	Name  string
	Links []projection.Vertex // ascending
	From  projection.Vertex   // projection.None if it is not stated

	above []projection.Vertex // at which they count, ascending
}

// maxLinks is the most links that one newcomer may be at.
const maxLinks = 50

// Parse reads a newcomer from a line such as "name;link,link;region", of which the
// region may be left out. The error is [graph.ErrInvalid].
func Parse(text string) (Newcomer, error) {
	parts := strings.Split(text, ";")
	if len(parts) < 2 || len(parts) > 3 {
		return Newcomer{}, message.As(graph.ErrInvalid, "newcomer %q: not of the form name;link,link or name;link,link;region", text)
	}
	n := Newcomer{Name: strings.TrimSpace(parts[0])}
	for _, link := range strings.Split(parts[1], ",") {
		if link = strings.TrimSpace(link); link != "" {
			n.Links = append(n.Links, link)
		}
	}
	if len(parts) == 3 {
		n.From = strings.TrimSpace(parts[2])
	}
	return n, nil
}

// ParseAll is [Parse] for several lines; the error is the first one's.
func ParseAll(texts []string) ([]Newcomer, error) {
	newcomers := make([]Newcomer, len(texts))
	for i, text := range texts {
		var err error
		if newcomers[i], err = Parse(text); err != nil {
			return nil, err
		}
	}
	return newcomers, nil
}

// Find looks up what the texts of a newcomer mean. An unknown name gives a
// [*projection.NotFoundError], no name, no link or too many [graph.ErrInvalid].
func (n Newcomer) Find(p *projection.Projection) (*Found, error) {
	switch {
	case strings.TrimSpace(n.Name) == "":
		return nil, message.As(graph.ErrInvalid, "newcomer: it has no name")
	case len(n.Links) == 0 || len(n.Links) > maxLinks:
		return nil, message.As(graph.ErrInvalid, "newcomer %q: it is at %d links; give one to %d", n.Name, len(n.Links), maxLinks)
	}
	s := &Found{Name: n.Name, From: projection.None}
	var err error
	if s.Links, err = area.LookupAll(p, n.Links, projection.Link); err != nil {
		return nil, err
	}
	if n.From != "" {
		if s.From, err = p.Lookup(n.From, projection.Region); err != nil {
			return nil, err
		}
	}
	for _, link := range s.Links {
		s.above = append(s.above, p.CountsAt(link)...)
	}
	slices.Sort(s.above)
	s.above = slices.Compact(s.above)
	return s, nil
}

// At reports whether the newcomer would be at one of some links or below it.
func (f *Found) At(links ...projection.Vertex) bool {
	return slices.ContainsFunc(links, func(link projection.Vertex) bool {
		_, is := slices.BinarySearch(f.above, link)
		return is
	})
}
