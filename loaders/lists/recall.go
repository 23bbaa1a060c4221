package lists

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/shrinkage"
	"liantu/message"
	"liantu/schema"
)

// A list that is declared complete lacks too many if even the upper end of the interval of
// its recall is below wanted; with fewer known companies than enough nothing else is said.
const (
	wanted     = .9
	enough     = 5
	quantile   = 1.6448536269514722 // of the normal distribution, for an interval of 90 %
	maxMissing = 3
)

// Recall states how many of the companies that other sources know a list holds.
type Recall struct {
	Source       string
	Known, Found int
	Missing      []string // the names of some that it does not hold
	Low, High    float64  // of the share found, an interval of 90 %
}

// Shown is what a graph shows of a source.
type Shown struct {
	Declaration
	name      string
	placement bool // it is no list
}

// Graph is the contents of a graph: nodes before edges.
type Graph func(do func(graph.Change) error) error

// Census counts companies of a graph by the sources that state them.
type Census struct {
	shown   map[string]*Shown
	regions map[graph.ID]string   // codes
	places  map[graph.ID][]string // of companies
	links   map[graph.ID]string   // codes of what a scope may name
	wholes  map[graph.ID][]graph.ID
	at      map[graph.ID][]graph.ID // the links of companies
}

// Take reads what a graph shows of sources, and where companies are and what they do.
func Take(contents Graph) (*Census, error) {
	c := &Census{
		shown: map[string]*Shown{}, regions: map[graph.ID]string{}, places: map[graph.ID][]string{},
		links: map[graph.ID]string{}, wholes: map[graph.ID][]graph.ID{}, at: map[graph.ID][]graph.ID{},
	}
	return c, contents(func(change graph.Change) error {
		switch n, e := change.Node, change.Edge; {
		case n != nil && n.Kind == SourceKind:
			s := shownOf(n)
			c.shown[s.name] = s
		case n != nil && n.Kind == "Region":
			c.regions[n.ID] = textOf(n, "code")
		case n != nil && IsLink(n.Kind):
			c.links[n.ID] = textOf(n, "code")
		case e != nil && e.Kind == "LOCATED_IN":
			c.places[e.From] = append(c.places[e.From], c.regions[e.To])
		case e != nil && e.Kind == "PART_OF":
			c.wholes[e.From] = append(c.wholes[e.From], e.To)
		case e != nil && e.Kind == "OPERATES_IN":
			c.at[e.From] = append(c.at[e.From], e.To)
		}
		return nil
	})
}

func shownOf(n *graph.Node) *Shown {
	s := &Shown{name: textOf(n, "name")}
	s.Population, s.CompleteOn = textOf(n, population), textOf(n, completeOn)
	s.CompleteIn, s.Scope = textsOf(n, completeIn), textsOf(n, scope)
	placement, _ := n.Get("is_placement")
	s.placement, _ = placement.(bool)
	return s
}

func textOf(n *graph.Node, property string) string {
	v, _ := n.Get(property)
	text, _ := v.(string)
	return text
}

func textsOf(n *graph.Node, property string) []string {
	v, _ := n.Get(property)
	texts, _ := v.([]string)
	return texts
}

// Shows reports whether the graph shows of a source what is declared of it, its newest
// row being of a day.
func (c *Census) Shows(source string, d *Declaration, newest string) bool {
	s := c.shown[source]
	return s != nil && s.Population == d.Population && s.CompleteOn == d.Day(newest) &&
		slices.Equal(s.CompleteIn, d.CompleteIn) && slices.Equal(s.Scope, d.Scope)
}

// CompleteOn returns the day as of which the graph shows a source as complete, "" for none.
func (c *Census) CompleteOn(source string) string {
	if s := c.shown[source]; s != nil && len(s.CompleteIn) > 0 {
		return s.CompleteOn
	}
	return ""
}

// Recalls compares those of some sources that the graph shows as complete lists with the
// companies that independent sources know in their regions: with those of other lists of
// the same population, and of the population REGISTERED with all.
func (c *Census) Recalls(contents Graph, sources []string) ([]Recall, error) {
	var lists []*Shown
	var recalls []Recall
	for _, name := range sources {
		if s := c.shown[name]; s != nil && s.complete() {
			lists, recalls = append(lists, s), append(recalls, Recall{Source: name})
		}
	}
	if len(lists) == 0 {
		return nil, nil
	}
	err := contents(func(change graph.Change) error {
		n := change.Node
		if n == nil || n.Kind != CompanyKind || graph.Inactive(textOf(n, "status")) {
			return nil
		}
		for i, list := range lists {
			if c.within(n.ID, list) && c.inScope(n.ID, list) && c.expected(n, list) {
				recalls[i].count(c.holds(list, n), nameOf(n))
			}
		}
		return nil
	})
	for i := range recalls {
		r := &recalls[i]
		r.Low, r.High = shrinkage.Share(float64(r.Found), float64(r.Known), quantile)
	}
	return recalls, err
}

func (r *Recall) count(found bool, name string) {
	r.Known++
	if found {
		r.Found++
		return
	}
	at, _ := slices.BinarySearch(r.Missing, name)
	r.Missing = slices.Insert(r.Missing, at, name)
	r.Missing = r.Missing[:min(len(r.Missing), maxMissing)]
}

// nameOf is a company as people know it.
func nameOf(n *graph.Node) string {
	return cmp.Or(textOf(n, "name"), textOf(n, "short_name"), strings.Join(n.Keys[0].Values(), " "))
}

// complete reports whether a source is declared a complete list.
func (s *Shown) complete() bool {
	return len(s.CompleteIn) > 0 && s.Population != "" && s.Population != selection && !s.placement
}

// joint reports whether two lists are complete together, as those of two exchanges are:
// they hold the same population and scope as of the same day.
func (s *Shown) joint(other *Shown) bool {
	return other != nil && other.complete() && s.Population == other.Population && slices.Equal(s.Scope, other.Scope) &&
		lastDay(s.CompleteOn) == lastDay(other.CompleteOn)
}

// lastDay is the last day of a date, "" of none.
func lastDay(date string) string {
	if date == "" {
		return ""
	}
	return schema.LastDay(date)
}

// holds reports whether a list names a company, or one that is complete together with it.
func (c *Census) holds(list *Shown, n *graph.Node) bool {
	return slices.ContainsFunc(n.Facts, func(f graph.Fact) bool {
		other := c.shown[f.Source]
		return (f.Source == list.name || list.joint(other)) && other.names(n)
	})
}

// names reports whether a list states a fact of a company on or after the day as of which
// it is complete.
func (s *Shown) names(n *graph.Node) bool {
	return slices.ContainsFunc(n.Facts, func(f graph.Fact) bool {
		return f.Source == s.name && schema.LastDay(f.AsOf) >= lastDay(s.CompleteOn)
	})
}

// expected reports whether a source that is independent of a list says that a company
// belongs into it.
func (c *Census) expected(n *graph.Node, list *Shown) bool {
	return slices.ContainsFunc(n.Facts, func(f graph.Fact) bool {
		other := c.shown[f.Source]
		if f.Source == list.name || f.IsEdit() || list.joint(other) {
			return false
		}
		return list.Population == "REGISTERED" || other != nil && other.Population == list.Population && !other.placement && other.names(n)
	})
}

// within reports whether all places of a company lie in regions that a list holds whole.
func (c *Census) within(company graph.ID, list *Shown) bool {
	if slices.Contains(list.CompleteIn, schema.Country) {
		return true
	}
	places := c.places[company]
	return len(places) > 0 && !slices.ContainsFunc(places, func(place string) bool {
		return !slices.ContainsFunc(list.CompleteIn, func(region string) bool { return schema.Within(place, region) })
	})
}

// inScope reports whether a company is at a link of the scope of a list or below one.
func (c *Census) inScope(company graph.ID, list *Shown) bool {
	if len(list.Scope) == 0 {
		return true
	}
	seen := map[graph.ID]bool{}
	for next := c.at[company]; len(next) > 0; {
		at := next[0]
		next = next[1:]
		if seen[at] {
			continue
		}
		if seen[at] = true; slices.Contains(list.Scope, c.links[at]) {
			return true
		}
		next = append(slices.Clone(next), c.wholes[at]...)
	}
	return false
}

// Lacks reports whether the list lacks so many that it is hardly complete.
func (r *Recall) Lacks() bool { return r.Known > 0 && r.High < wanted }

// Text states the recall; it is empty where too few companies are known to say anything.
func (r *Recall) Text() message.Text {
	switch {
	case r.Lacks():
		return message.New("the list %q is declared complete and holds %d of %d companies that other sources know there (%d %%, 90 %% interval %d to %d %%); missing are %s; load what is missing, or declare the list a selection",
			r.Source, r.Found, r.Known, percent(float64(r.Found)/float64(r.Known)), percent(r.Low), percent(r.High), message.ListOf(r.Missing))
	case r.Known >= enough:
		return message.New("the list %q holds %d of %d companies that other sources know there (%d %%, 90 %% interval %d to %d %%)",
			r.Source, r.Found, r.Known, percent(float64(r.Found)/float64(r.Known)), percent(r.Low), percent(r.High))
	}
	return message.Text{}
}

// percent is a share in whole hundredths.
func percent(share float64) int { return int(math.Round(100 * share)) }
