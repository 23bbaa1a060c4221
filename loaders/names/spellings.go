package names

import (
	"slices"
	"unicode"

	"liantu/graph"
	"liantu/resolve"
	"liantu/schema"
)

// maxComparisons limits the work of one load on suggestions for unknown names.
const maxComparisons = 3_000_000

// Spellings holds the names of nodes of chosen kinds, to suggest one for an
// unknown name.
type Spellings struct {
	model  *schema.Model
	names  map[string][]string // by kind
	budget int                 // of comparisons
}

// NewSpellings makes a spellings without any name.
func NewSpellings(model *schema.Model) *Spellings {
	return &Spellings{model: model, names: map[string][]string{}, budget: maxComparisons}
}

// Choose chooses a kind whose names are stored from now on.
func (x *Spellings) Choose(kind string) {
	if _, ok := x.names[kind]; !ok {
		x.names[kind] = nil
	}
}

// Add stores the identifying values and the caption of a node of a chosen kind.
func (x *Spellings) Add(kind string, facts []graph.Fact) {
	if _, chosen := x.names[kind]; !chosen {
		return
	}
	k := x.model.Node(kind)
	for i := range facts {
		if p := facts[i].Property; p == k.Caption || p != "" && isIdentity(k, p) {
			if text, ok := facts[i].Value.(string); ok {
				x.names[kind] = append(x.names[kind], text)
			}
		}
	}
}

// isIdentity reports whether a property alone or first of several identifies a
// node of a kind.
func isIdentity(kind *schema.Kind, property string) bool {
	return slices.ContainsFunc(kind.Identify, func(g []string) bool { return g[0] == property })
}

// Near returns the known name of a kind that is most similar to a text, or "".
// A number has no similar one: another number is another thing. Nor has a company one
// with another 字号 or trade.
func (x *Spellings) Near(kind, text string) string {
	wanted := []rune(schema.SimplifiedName(text))
	digits := 0
	for _, r := range wanted {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	most := min(len(wanted)/3, 3)
	if most == 0 || digits > 2 {
		return ""
	}
	best := ""
	for _, name := range x.names[kind] {
		if n := len(name); n < len(text)-4*most || n > len(text)+4*most {
			continue
		}
		if x.budget--; x.budget < 0 {
			return best
		}
		d := distance(wanted, []rune(schema.SimplifiedName(name)), most)
		if d > most || d == most && best != "" && name >= best {
			continue
		}
		if kind == CompanyKind && !similarCompanies(text, name) {
			continue
		}
		most, best = d, name
	}
	return best
}

// similarCompanies reports whether two names of companies differ in at most half of
// their 字号, and in at most a third of 字号 and trade together. What most names have,
// the legal form, makes none similar.
func similarCompanies(a, b string) bool {
	x, y := resolve.Parse(a), resolve.Parse(b)
	return differAtMost(x.Core, y.Core, 2) && differAtMost(x.Core+x.Trade, y.Core+y.Trade, 3)
}

// differAtMost reports whether at most one of so many characters differs.
func differAtMost(a, b string, of int) bool {
	x, y := []rune(a), []rune(b)
	longer := max(len(x), len(y))
	return of*distance(x, y, longer) <= longer
}

// distance counts the insertions, deletions, replacements and swaps of
// neighbours that turn one text into the other; more than most counts as most +
// 1.
func distance(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	before, last, this := []int(nil), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		this[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			this[j] = min(change, last[j]+1, this[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
		}
		if slices.Min(this) > most {
			return most + 1
		}
		before, last, this = last, this, make([]int, len(b)+1)
	}
	return min(last[len(b)], most+1)
}
