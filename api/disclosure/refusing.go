package disclosure

import (
	"hash/maphash"
	"regexp"
	"strings"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// refusing finds the telephone numbers, addresses and names of persons of whom nothing is
// shown, where they stand in the contact of something else, also beside other words. It
// holds eight bytes a value, a hash under a seed of its own; it belongs to the memo of the
// picture and day.
type refusing struct {
	names   knownNames      // at the companies of the persons: a name alone is that of many
	reaches map[uint64]bool // numbers, by their digits, and addresses
	lengths uint64          // bit n: there is a number of n digits
}

// maxDigits is the most digits of a number that is looked for.
const maxDigits = 63

// refusingOf returns the values of a picture on a day, collected when they are first needed.
func refusingOf(g *projection.Projection, today string) *refusing {
	type key string
	return g.Memo(key(today), func() any {
		r := &refusing{names: knownNames{seed: maphash.MakeSeed()}, reaches: map[uint64]bool{}}
		for _, kind := range g.Model().Nodes {
			for v, end := g.Range(kind.Name); consents(kind) && v < end; v++ {
				if reason := consentOf(g, v, schema.ConsentNotAsked, today); reason != "" {
					r.add(g, kind, v)
				}
			}
		}
		r.names.seal()
		return r
	}).(*refusing)
}

// add notes what would reach a person, and the name at each company of the person.
func (r *refusing) add(g *projection.Projection, kind *schema.Kind, person projection.Vertex) {
	for _, f := range g.Node(person).Facts {
		p := kind.Property(f.Property)
		for _, text := range textsOf(f) {
			switch {
			case p == nil:
			case p.Type == schema.TypePhone:
				r.addNumber(text)
			case p.Type == schema.TypeEmail:
				r.reaches[r.sum(text)] = true
			case p.Name == kind.Caption:
				for _, company := range g.Out(projection.WorksAt, person).Others {
					r.names.addName(g.ID(company), text)
				}
			}
		}
	}
}

// addNumber notes the digits of a number, without the code of the country and without
// that of the area: whoever has it with the code has these, too.
func (r *refusing) addNumber(text string) {
	digits := allDigits(text)
	if n := len(digits); n > 11 && mobile.MatchString(digits) {
		digits = digits[n-11:]
	}
	digits = digits[len(areaCode.FindString(digits)):]
	if n := len(digits); n >= minDigits && n <= maxDigits {
		r.reaches[r.sum(digits)] = true
		r.lengths |= 1 << n
	}
}

// areaCode is the code of an area of China: of three digits in the
// largest cities, else of four.
var areaCode = regexp.MustCompile(`^(?:0(?:10|2\d)|0[3-9]\d\d)`)

// allDigits are the digits of a text.
func allDigits(text string) string {
	return strings.Map(func(c rune) rune {
		if d := digitOf(c); d != 0 {
			return d
		}
		return -1
	}, text)
}

// has reports whether some source gives a node such a value for a property.
func (r *refusing) has(n *graph.Node, p *schema.Property) bool {
	for _, f := range n.Facts {
		if f.Property != p.Name {
			continue
		}
		for _, text := range textsOf(f) {
			if r.hasNumber(text) || r.hasAddress(text) || len(r.names.find(n.ID, text)) > 0 {
				return true
			}
		}
	}
	return false
}

// hasNumber reports whether the digits of a text hold such a number, whatever stands
// between them, and whatever digits are before and after.
func (r *refusing) hasNumber(text string) bool {
	digits := allDigits(text)
	for from := range digits {
		for n := minDigits; n <= min(maxDigits, len(digits)-from); n++ {
			if r.lengths&(1<<n) != 0 && r.reaches[r.sum(digits[from:from+n])] {
				return true
			}
		}
	}
	return false
}

// hasAddress reports whether a text holds such a mail address.
func (r *refusing) hasAddress(text string) bool {
	for _, found := range mailAddress.FindAllString(strings.Map(narrow, text), -1) {
		if r.reaches[r.sum(plainAddress(found))] {
			return true
		}
	}
	return false
}

func (r *refusing) sum(text string) uint64 {
	return maphash.String(r.names.seed, schema.SimplifiedName(text))
}

// textsOf are the texts that a fact states.
func textsOf(f graph.Fact) []string {
	switch value := f.Value.(type) {
	case string:
		return []string{value}
	case []string:
		return value
	}
	return nil
}
