package resolve

import (
	"slices"
	"strings"

	"liantu/schema"
)

// Use says what kind of name a name of a company is.
type Use uint8

// The uses of names.
const (
	Official Use = iota // the registered name, or its substitute
	Short               // the short name of a stock, or one in common use
	Former              // an earlier registered name
	Alias               // any other name
	English             // the name in a foreign language
)

// Title is a name with its use.
type Title struct {
	Text string
	Use  Use
}

// Company is what is known of a company when it is compared with another.
type Company struct {
	Key     string   // the key of the caller
	Titles  []Title  // its names
	Codes   []string // its identifiers as kind=value, such as stock_code=600519.SH
	Regions []string // codes of the regions of its registration, stated beside its name
}

// Entity is a company prepared for comparisons. It is immutable and may be used
// by several goroutines.
type Entity struct {
	Company
	names   []Name
	foreign []string // the distinctive words of its foreign names
	places  []string // regions in its names or stated beside them
	full    bool     // one of the names is a registered one
}

// Prepare parses the names of a company for comparisons.
func Prepare(c Company) *Entity {
	e := &Entity{Company: c, names: make([]Name, 0, len(c.Titles))}
	add := func(text string) {
		n := Parse(text)
		if n.Core == "" || slices.ContainsFunc(e.names, func(k Name) bool { return k.Plain == n.Plain && k.Place == n.Place }) {
			return
		}
		e.names = append(e.names, n)
		if n.Foreign != "" && !slices.Contains(e.foreign, n.Foreign) {
			e.foreign = append(e.foreign, n.Foreign)
		}
		e.full = e.full || n.Full && !n.Latin
		e.place(n.Place)
	}
	for _, title := range c.Titles {
		add(title.Text)
		if n := len(e.names); n > 0 {
			for _, more := range e.names[n-1].Also {
				add(more)
			}
		}
	}
	for _, code := range c.Regions {
		e.place(code)
	}
	return e
}

func (e *Entity) place(code string) {
	if code != "" && code != schema.Country && !slices.Contains(e.places, code) {
		e.places = append(e.places, code)
	}
}

// Verdict is the result of comparing two companies.
type Verdict struct {
	Band    Band     `json:"band"`
	Points  float64  `json:"points"`
	Decided bool     `json:"decided"` // by an identifier, not by points
	Reasons []Reason `json:"reasons"`
	// Left and Right are the two names that agree best.
	Left  string `json:"left"`
	Right string `json:"right"`
	// Relation is how the companies may be related when they are not the
	// same: "branch" or "affiliate"; else "".
	Relation Relation `json:"relation,omitempty"`
}

// Label returns the name of the relation in both languages.
func (r Relation) Label() schema.Text { return relationLabels[r] }

var relationLabels = map[Relation]schema.Text{
	Branch:    {Zh: "分支机构", En: "branch"},
	Affiliate: {Zh: "母子公司或关联企业", En: "parent, subsidiary or sister"},
}

// Relation is how two companies with related names may be related.
type Relation string

// The relations.
const (
	Branch    Relation = "branch"    // one is a 分公司 of the other
	Affiliate Relation = "affiliate" // one may be a parent, a subsidiary or a sister of the other
)

// Compare returns whether two companies are the same, and why. It is symmetric
// except for Left and Right, and depends on nothing but the two.
func Compare(a, b *Entity) Verdict {
	if v, ok := decide(a, b); ok {
		return v
	}
	best, i, j := match(a, b)
	if i < 0 {
		return Verdict{Band: Different, Points: coreOther}
	}
	v := Verdict{
		Band: best.band(), Points: best.points(), Left: a.names[i].Plain, Right: b.names[j].Plain,
		Reasons: best.reasons(&a.names[i], &b.names[j]),
	}
	v.Relation = best.relation(v.Band)
	return v
}

// Decide is [Compare] without reasons, for many pairs: it returns the band, the
// relation and the points.
func Decide(a, b *Entity) (Band, Relation, float64) {
	if v, ok := decide(a, b); ok {
		return v.Band, "", v.Points
	}
	e, i, _ := match(a, b)
	if i < 0 {
		return Different, "", coreOther
	}
	band := e.band()
	return band, e.relation(band), e.points()
}

// Register returns the register of which a code, such as stock_code=600519.SH, is
// an entry: the kind of the code, and for a stock code of Hong Kong or the NEEQ
// (.HK, .NQ) also the exchange. A company has at most one code of a register. It is
// listed in Shanghai, Shenzhen or Beijing once, but may be listed in Hong Kong too,
// and may have been quoted on the NEEQ before.
func Register(code string) string {
	kind, value, _ := strings.Cut(code, "=")
	if kind != "stock_code" {
		return kind
	}
	switch _, exchange, _ := strings.Cut(value, "."); exchange {
	case "HK", "NQ":
		return kind + "." + exchange
	}
	return kind
}

// Apart returns two codes of one register that differ, the first in the order of
// the lists; "" if there are none.
func Apart(a, b []string) (x, y string) {
	for _, x := range a {
		for _, y := range b {
			if x != y && Register(x) == Register(y) {
				return x, y
			}
		}
	}
	return "", ""
}

// Contrary returns what [Apart] returns, but for a stock code and the one that replaced
// it, which a company may have one after the other.
func Contrary(a, b []string) (x, y string) {
	for _, x := range a {
		for _, y := range b {
			if holding(x) != holding(y) && Register(x) == Register(y) {
				return x, y
			}
		}
	}
	return "", ""
}

// holding returns the code that replaced a code such as stock_code=300114.SZ, else the
// code itself.
func holding(code string) string {
	if former, ok := strings.CutPrefix(code, "stock_code="); ok && schema.Recoded(former) != "" {
		return "stock_code=" + schema.Recoded(former)
	}
	return code
}

// decide compares the identifiers: a shared one makes two companies the same, two
// values of one register make them different. Of a stock code and the one that
// replaced it a person decides, since the company behind the share may have changed.
func decide(a, b *Entity) (Verdict, bool) {
	if len(a.Codes) == 0 || len(b.Codes) == 0 {
		return Verdict{}, false
	}
	for _, x := range a.Codes {
		if slices.Contains(b.Codes, x) {
			return decided(Same, 100, "标识一致：", "the same identifier: ", x), true
		}
	}
	if x, y := Contrary(a.Codes, b.Codes); x != "" {
		return decided(Different, -100, "标识不同：", "different identifiers: ", x+" ≠ "+y), true
	}
	for _, x := range a.Codes {
		for _, y := range b.Codes {
			if holding(y) == x {
				x, y = y, x
			}
			if holding(x) == y {
				return decided(Review, 0, "证券代码已变更：", "the stock code was replaced: ", strings.TrimPrefix(x, "stock_code=")+" → "+strings.TrimPrefix(y, "stock_code=")), true
			}
		}
	}
	return Verdict{}, false
}

func decided(band Band, points float64, zh, en, what string) Verdict {
	return Verdict{
		Band: band, Points: points, Decided: true,
		Reasons: []Reason{{PartCode, points, schema.Text{Zh: zh + what, En: en + what}}},
	}
}

// match finds the two names that are the strongest evidence for one company.
func match(a, b *Entity) (best evidence, i, j int) {
	foreign := agreeForeign(a.foreign, b.foreign)
	i, j = -1, -1
	most := 0.0
	for x := range a.names {
		for y := range b.names {
			e := weigh(&a.names[x], &b.names[y])
			if !e.exact && (a.names[x].outranks(&b.names[y], b) || b.names[y].outranks(&a.names[x], a)) {
				continue
			}
			if e.place == silent || e.place == none {
				e.place = otherPlaces(a, b, &a.names[x], &b.names[y])
			}
			e.foreign = foreign
			if a.names[x].Latin && b.names[y].Latin {
				e.foreign = silent // the foreign names are the names compared here
			}
			p := e.points()
			if i < 0 || p > most || p == most && earlier(&a.names[x], &b.names[y], &a.names[i], &b.names[j]) {
				best, i, j, most = e, x, y, p
			}
		}
	}
	return best, i, j
}

// earlier orders pairs of names with equal evidence, whichever side each is on,
// so that the comparison is symmetric.
func earlier(x, y, before, other *Name) bool {
	written := func(a, b *Name) (string, string) {
		one, two := a.Plain+"\x00"+a.Place, b.Plain+"\x00"+b.Place
		return min(one, two), max(one, two)
	}
	low, high := written(x, y)
	first, second := written(before, other)
	return low < first || low == first && high < second
}

// outranks reports whether a name must not be compared with the short name of a
// company whose registered name is known: a registered name, or one with a trade
// or a group, since only the registered name shows whether the company has that
// trade or is that group.
func (n *Name) outranks(short *Name, of *Entity) bool {
	return of.full && !short.Full && !short.Latin && (n.Full || n.Group && !short.Group || n.Trade != "" && short.Trade == "")
}

// otherPlaces compares the places of two names of which one has none, by the
// places of the other names and the regions of its company.
func otherPlaces(a, b *Entity, x, y *Name) agreement {
	left, right := a.places, b.places
	if x.Place != "" && x.Place != schema.Country {
		left = []string{x.Place}
	}
	if y.Place != "" && y.Place != schema.Country {
		right = []string{y.Place}
	}
	best := silent
	for _, p := range left {
		for _, q := range right {
			switch how := relate(p, q); how {
			case equal, partial:
				return partial
			case contrary:
				best = contrary
			}
		}
	}
	return best
}

func (e *evidence) band() Band {
	switch p := e.points(); {
	case p >= SameFrom:
		return Same
	case p >= ReviewFrom:
		return Review
	}
	return Different
}

// relation returns how companies that are not the same may be related.
func (e *evidence) relation(band Band) Relation {
	switch {
	case band == Same || e.core != equal || e.weak && e.trade != equal || e.place == contrary:
		return ""
	case e.branch == contrary && !e.siblings && e.points()-branchOther >= SameFrom:
		return Branch
	case e.branch == contrary:
		return ""
	case e.group == contrary || e.trade == contrary || e.trade == silent:
		return Affiliate
	}
	return ""
}
