package names

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/resolve"
	"liantu/schema"
)

// judgement is the decision of one steward about two names.
type judgement struct {
	node  graph.Node
	fresh bool // stated by this load
}

// judge adds the judgement that a node states.
func (b *Book) judge(keys []graph.Key, facts []graph.Fact, at Place) {
	o := b.opinions[keys[0]]
	if o == nil {
		o = &judgement{}
		b.opinions[keys[0]] = o
	}
	o.node.Facts = append(o.node.Facts, facts...)
	o.fresh = o.fresh || at.File != nil
}

// verdict is the joint decision of the stewards about two names.
type verdict string

// The verdicts, as the schema names them.
const (
	judgedSame      verdict = "SAME"
	judgedDifferent verdict = "DIFFERENT"
	judgedUnsure    verdict = "UNSURE"
)

// beats reports whether a verdict counts more than another: different wins,
// then same.
func (v verdict) beats(w verdict) bool {
	order := []verdict{"", judgedUnsure, judgedSame, judgedDifferent}
	return slices.Index(order, v) > slices.Index(order, w)
}

// judged returns what was decided, by the texts of the two names in order, and
// which texts this load judges.
func (b *Book) judged() (together map[[2]string]verdict, fresh map[string]bool) {
	together, fresh = map[[2]string]verdict{}, map[string]bool{}
	for _, o := range b.opinions {
		slices.SortFunc(o.node.Facts, graph.CompareFacts)
		text := func(property string) string {
			v, _ := o.node.Get(property)
			s, _ := v.(string)
			return s
		}
		left, right := text("left"), text("right")
		pair := [2]string{min(left, right), max(left, right)}
		if v := verdict(text("verdict")); v.beats(together[pair]) {
			together[pair] = v
		}
		if o.fresh {
			fresh[left], fresh[right] = true, true
		}
	}
	return together, fresh
}

// directory finds companies by their names in a judgement.
type directory struct {
	kind   *schema.Kind
	byKey  map[graph.Key]int
	byName map[string][]int
}

func newDirectory(kind *schema.Kind, list []*Entry) *directory {
	d := &directory{kind: kind, byKey: map[graph.Key]int{}, byName: map[string][]int{}}
	for i, e := range list {
		for _, k := range e.Keys {
			d.byKey[k] = i
		}
		for _, t := range e.Titles {
			name := schema.NormalName(t.Text)
			if !slices.Contains(d.byName[name], i) {
				d.byName[name] = append(d.byName[name], i)
			}
		}
	}
	return d
}

// lookup returns the companies that a text names: the one found by an
// identifier or key, else all with that name.
func (d *directory) lookup(text string) []int {
	if i, ok := d.byKey[graph.Key(text)]; ok {
		return []int{i}
	}
	for _, property := range []string{"uscc", "stock_code", "lei"} {
		value, err := d.kind.Property(property).Parse(text)
		if err != nil {
			continue
		}
		for _, k := range graph.KeysOf(d.kind, map[string]any{property: value}) {
			if i, ok := d.byKey[k]; ok {
				return []int{i}
			}
		}
	}
	return d.byName[schema.NormalName(text)]
}

// decisions turns judgements into pairs of companies. A text that names several
// companies judges each of them different, but none of them the same: that 大华
// is not 大华股份 holds for every 大华.
func (d *directory) decisions(together map[[2]string]verdict) resolve.Decisions {
	var out resolve.Decisions
	for _, pair := range slices.SortedFunc(maps.Keys(together), comparePairs) {
		left, right := d.lookup(pair[0]), d.lookup(pair[1])
		for _, a := range left {
			for _, b := range right {
				if a == b {
					continue
				}
				p := resolve.Pair{A: a, B: b}
				switch v := together[pair]; {
				case v == judgedDifferent:
					out.Different = append(out.Different, p)
				case v == judgedUnsure:
					out.Unsure = append(out.Unsure, p)
				case len(left) == 1 && len(right) == 1:
					out.Same = append(out.Same, p)
				default:
					out.Unsure = append(out.Unsure, p)
				}
			}
		}
	}
	return out
}

// Describe returns the name of a company for people: its best name and an
// identifier.
func (e *Entry) Describe() string {
	name := e.Key
	if len(e.Titles) > 0 {
		best := slices.MinFunc(e.Titles, compareTitles)
		name = fmt.Sprintf("%q", best.Text)
	}
	if len(e.Codes) > 0 {
		_, code, _ := strings.Cut(e.Codes[0], "=")
		return fmt.Sprintf("%s (%s)", name, code)
	}
	return name
}
