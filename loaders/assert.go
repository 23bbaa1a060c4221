package loaders

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"liantu/graph"
	"liantu/schema"
)

// Assertions are the conditions that a load must meet, or nothing of it is
// written. They are checked on a dry run before the load.
type Assertions struct {
	// Rejected is the greatest share of rows that may be rejected.
	Rejected *float64 `yaml:"rejected"`
	// Kinds holds the assertions by kind of node or edge.
	Kinds map[string]KindAssertions `yaml:"kinds"`
}

// KindAssertions are the assertions on one kind.
type KindAssertions struct {
	// Min and Max limit the number of drafts that the load makes of the kind.
	Min *int `yaml:"min"`
	Max *int `yaml:"max"`
	// Orphans is the greatest share of the nodes that the load states, that no
	// edge leads from or to after the load.
	Orphans *float64 `yaml:"orphans"`
	// Filled is by property the least share of these nodes that have a valid
	// value after the load.
	Filled map[string]float64 `yaml:"filled"`
}

// ReadAssertions reads assertions from YAML and checks them against the model.
func ReadAssertions(r io.Reader, model *schema.Model) (*Assertions, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	a := new(Assertions)
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(a); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("they are empty")
		}
		return nil, fmt.Errorf("assertions: %w: %w", graph.ErrInvalid, err)
	}
	if err := a.check(model); err != nil {
		return nil, fmt.Errorf("assertions: %w: %w", graph.ErrInvalid, err)
	}
	return a, nil
}

// check reports everything that is wrong with assertions.
func (a *Assertions) check(model *schema.Model) error {
	var faults []error
	share := func(name string, x *float64) {
		if x != nil && (*x < 0 || *x > 1) {
			faults = append(faults, fmt.Errorf("%s: %v is not a share from 0 to 1", name, *x))
		}
	}
	share("rejected", a.Rejected)
	for _, name := range slices.Sorted(maps.Keys(a.Kinds)) {
		k, kind := a.Kinds[name], model.Kind(name)
		if kind == nil {
			faults = append(faults, fmt.Errorf("kinds: unknown kind %q", name))
			continue
		}
		if kind.IsEdge() && (k.Orphans != nil || len(k.Filled) > 0) {
			faults = append(faults, fmt.Errorf("%s: orphans and filled are for nodes, not for edges", name))
		}
		share(name+".orphans", k.Orphans)
		for _, property := range slices.Sorted(maps.Keys(k.Filled)) {
			least := k.Filled[property]
			share(name+".filled."+property, &least)
			if kind.Property(property) == nil {
				faults = append(faults, fmt.Errorf("%s.filled: unknown property %q", name, property))
			}
		}
	}
	return errors.Join(faults...)
}

// Failure is one assertion that does not hold.
type Failure struct {
	Assertion string `json:"assertion"` // as in the file, such as Company.filled.uscc
	Wanted    string `json:"wanted"`    // such as "at least 95.0%"
	Found     string `json:"found"`     // such as "61.3% (1226 of 2000)"
}

// AssertionError states which assertions prevented a load from being written. It
// wraps [graph.ErrInvalid].
type AssertionError struct{ Failures []Failure }

func (e *AssertionError) Error() string {
	lines := []string{fmt.Sprintf("nothing was written: %d assertions do not hold", len(e.Failures))}
	for _, f := range e.Failures {
		lines = append(lines, fmt.Sprintf("%s: found %s, want %s", f.Assertion, f.Found, f.Wanted))
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns [graph.ErrInvalid].
func (e *AssertionError) Unwrap() error { return graph.ErrInvalid }

// assert checks the assertions on the result of a dry run.
func (l *loader) assert(v *rehearsal) error {
	var failures []Failure
	fail := func(name, wanted, found string) { failures = append(failures, Failure{name, wanted, found}) }
	read, rejected := 0, 0
	made := map[string]int{}
	for _, f := range l.files {
		accepted := 0
		for _, n := range f.went {
			if n > 0 {
				accepted++
			}
		}
		read += f.report.Rows.Read - f.report.Rows.Blank
		rejected += f.report.Rows.Read - f.report.Rows.Blank - accepted
		for _, k := range f.kinds {
			made[k.Kind] += k.Created + k.Updated + k.Unchanged
		}
	}
	if most := l.Assert.Rejected; most != nil && float64(rejected) > *most*float64(read) {
		fail("rejected", "at most "+percent(*most), shareOf(rejected, read))
	}
	nodes := v.stated()
	for _, name := range slices.Sorted(maps.Keys(l.Assert.Kinds)) {
		k := l.Assert.Kinds[name]
		if k.Min != nil && made[name] < *k.Min {
			fail(name+".min", fmt.Sprint("at least ", *k.Min), fmt.Sprint(made[name]))
		}
		if k.Max != nil && made[name] > *k.Max {
			fail(name+".max", fmt.Sprint("at most ", *k.Max), fmt.Sprint(made[name]))
		}
		all := nodes[name]
		count := func(is func(*graph.Node) bool) (n int) {
			for _, node := range all {
				if is(node) {
					n++
				}
			}
			return n
		}
		if k.Orphans != nil {
			n := count(func(n *graph.Node) bool { return len(v.touching[n.ID]) == 0 })
			if float64(n) > *k.Orphans*float64(len(all)) {
				fail(name+".orphans", "at most "+percent(*k.Orphans), shareOf(n, len(all)))
			}
		}
		for _, property := range slices.Sorted(maps.Keys(k.Filled)) {
			n := count(func(n *graph.Node) bool { _, ok := n.Get(property); return ok })
			if float64(n) < k.Filled[property]*float64(len(all)) {
				fail(name+".filled."+property, "at least "+percent(k.Filled[property]), shareOf(n, len(all)))
			}
		}
	}
	if len(failures) > 0 {
		return &AssertionError{failures}
	}
	return nil
}

func percent(x float64) string { return fmt.Sprintf("%.1f%%", 100*x) }

func shareOf(n, all int) string {
	if all == 0 {
		return "none"
	}
	return fmt.Sprintf("%s (%d of %d)", percent(float64(n)/float64(all)), n, all)
}

// stated returns by kind the nodes that the load states, as they would be.
func (v *rehearsal) stated() map[string][]*graph.Node {
	seen := map[graph.ID]bool{}
	nodes := map[string][]*graph.Node{}
	for _, k := range v.drafted {
		id := v.keys[k]
		if n := v.nodes[id]; n != nil && !seen[id] {
			seen[id] = true
			nodes[n.Kind] = append(nodes[n.Kind], n)
		}
	}
	return nodes
}
