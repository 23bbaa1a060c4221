package recognise

import (
	"cmp"
	"slices"

	"liantu/message"
	"liantu/schema"
)

// A kind is clear if telling columns, or one in few of those that say what the
// table is about, have a meaning in it.
const (
	enough = 5
	oneIn  = 3
	alone  = 2 // columns that say what a table is about, of which one with a meaning suffices
)

// UnclearError says why the kind of a table is not clear.
type UnclearError struct {
	Kinds      []*schema.Kind // that fit best; none if no kind fits
	Understood []string       // columns with a meaning in the first of them
	Unused     []string       // columns without
	Why        message.Text
}

// Error says what was understood and what not, and the ways on.
func (e *UnclearError) Error() string { return e.In(message.English) }

// In returns the text of Error in a language.
func (e *UnclearError) In(language message.Language) string {
	all := message.Clauses{message.New("what the table holds is not clear: %s", e.Why)}
	if len(e.Understood) > 0 {
		all = append(all, message.New("understood of %s: %s", called(e.Kinds[0]), Quoted(e.Understood)))
	}
	if len(e.Unused) > 0 {
		all = append(all, message.New("not understood: %s", Quoted(e.Unused)))
	}
	all = append(all, message.New("state the kind (--kind), describe the columns (liantu mapping FILE), or fill in a template (liantu template KIND)"))
	return all.In(language)
}

// called is the name of a kind with its label.
func called(kind *schema.Kind) string { return kind.Name + " " + kind.Label.Zh }

// HeaderError says which column a table of a known kind lacks.
type HeaderError struct{ Reason message.Text }

// Error returns the reason in English.
func (e *HeaderError) Error() string { return e.Reason.String() }

// In returns the reason in a language.
func (e *HeaderError) In(language message.Language) string { return e.Reason.In(language) }

// Recognise returns how a table is read. The error is an [*UnclearError] or a
// [*HeaderError].
func (r *Recogniser) Recognise(t Table) (*Reading, error) {
	named, err := r.named(t)
	if err != nil {
		return nil, err
	}
	var as *table
	if named == nil {
		as, err = r.choose(t)
	} else {
		as, err = r.readNamed(named, t)
	}
	if err != nil {
		return nil, err
	}
	if err = as.rule.Prepare(r.model); err != nil {
		return nil, &HeaderError{message.New("the vocabulary gives a faulty rule: %v", err)}
	}
	return &Reading{Kind: as.kind, Rule: as.rule, Doubled: as.doubled}, nil
}

// named returns the kind that the caller, the file or the sheet names, or nil.
func (r *Recogniser) named(t Table) (*schema.Kind, error) {
	if t.Kind != "" {
		if k := r.model.Called(t.Kind); k != nil {
			return k, nil
		}
		return nil, &UnclearError{Why: message.New("unknown kind %q", t.Kind)}
	}
	for _, name := range t.Called {
		if k := r.model.Called(name); k != nil {
			return k, nil
		}
	}
	return nil, nil
}

// readNamed reads a table as one of the kind that is named, unless only the name
// of the file names it and another kind is clear and has a meaning for more
// columns: a file called chain may hold the links of a chain.
func (r *Recogniser) readNamed(named *schema.Kind, t Table) (*table, error) {
	as := r.attempt(r.heads(named), t.Columns)
	if t.Kind == "" {
		best, err := r.choose(t)
		if err == nil && (!as.lacks.IsZero() || r.attempt(r.heads(best.kind), t.Columns).telling > as.telling) {
			return best, nil
		}
	}
	if !as.lacks.IsZero() {
		return nil, &HeaderError{as.lacks}
	}
	return as.table, nil
}

// attempt is a table read as one of a kind, with how well it fits.
type attempt struct {
	*table
	telling    int // columns with a meaning that say what a table is about
	understood int // columns with a meaning
	about      int // columns that say what a table is about
}

func (r *Recogniser) attempt(k *kindHeads, columns []string) attempt {
	a := attempt{table: r.read(k, columns)}
	for _, c := range columns {
		if r.Neutral(c) || a.rowColumn(c) != "" && !a.used[c] || slices.Contains([]string{"source", "as_of", "grade"}, a.rowColumn(c)) {
			continue
		}
		generic := r.has(r.generic, c)
		if !generic {
			a.about++
		}
		if a.used[c] {
			a.understood++
			if !generic {
				a.telling++
			}
		}
	}
	return a
}

// choose returns the table read as one of the only kind that fits it best.
func (r *Recogniser) choose(t Table) (*table, error) {
	columns := t.Columns
	var all []attempt
	for _, k := range r.kinds {
		if a := r.attempt(k, columns); a.lacks.IsZero() && !a.vague() {
			all = append(all, a)
		}
	}
	if len(all) == 0 {
		return nil, &UnclearError{Why: message.New("no column identifies anything"), Unused: columns}
	}
	slices.SortStableFunc(all, func(a, b attempt) int {
		return cmp.Or(cmp.Compare(b.telling, a.telling), cmp.Compare(b.understood, a.understood), cmp.Compare(a.rank(), b.rank()))
	})
	best := all[0]
	equal := slices.IndexFunc(all, func(a attempt) bool {
		return a.telling != best.telling || a.understood != best.understood || a.rank() != best.rank()
	})
	if equal < 0 {
		equal = len(all)
	}
	var why message.Text
	switch {
	case best.telling == 0 || best.telling == 1 && !best.named():
		why = message.New("its heads occur in tables about anything")
	case equal > 1:
		why = message.New("it may be any of %s", message.ListOf(kindNames(all[:equal])))
	case best.telling < enough && (oneIn*best.telling < best.about || best.telling == 1 && best.about > alone):
		why = message.New("most of it means nothing of %s", called(best.kind))
	case !best.typical:
		why = message.New("for %s it lacks a column such as %s", called(best.kind), Quoted(best.typicalHeads()))
	default:
		if c := best.exposed(); c != "" {
			why = message.New("%q is about persons, and nothing of %s is personal", c, called(best.kind))
		}
	}
	if i := slices.IndexFunc(t.Nested, func(c string) bool { return best.used[c] }); i >= 0 {
		why = message.New("%q holds lists or objects, which only a mapping reads", t.Nested[i])
	}
	if why.IsZero() {
		return best.table, nil
	}
	unclear := &UnclearError{Why: why}
	for _, a := range all[:equal] {
		unclear.Kinds = append(unclear.Kinds, a.kind)
	}
	for _, c := range columns {
		if best.used[c] {
			unclear.Understood = append(unclear.Understood, c)
		} else {
			unclear.Unused = append(unclear.Unused, c)
		}
	}
	return nil, unclear
}

// named reports whether a column that says what a table is about identifies the
// node of a row, by its name or by a code.
func (a attempt) named() bool {
	if a.kind.IsEdge() || a.leveled {
		return true
	}
	identifies := func(name string) bool {
		return name == a.kind.Caption || slices.ContainsFunc(a.kind.Identify, func(g []string) bool { return g[0] == name })
	}
	for name, v := range a.emit.Properties {
		if identifies(name) && (v.Column != "" && !a.has(a.generic, v.Column) || len(v.Steps) > 0) {
			return true
		}
	}
	return false
}

// vague reports whether a generic head names an end of the edges of a table.
func (a attempt) vague() bool {
	return a.kind.IsEdge() && (a.has(a.generic, a.row["from"]) || a.has(a.generic, a.row["to"]))
}

// typicalHeads returns a head of each column that is typical of the kind.
func (a attempt) typicalHeads() []string {
	var heads []string
	for _, name := range a.kind.Typical {
		if p := a.kind.Property(name); p != nil {
			heads = append(heads, p.Label.Zh)
			continue
		}
		i := slices.IndexFunc(a.along, func(row alongHeads) bool { return row.Edge.Name == name })
		heads = append(heads, a.along[i].Heads[0])
	}
	return heads
}

// rank orders kinds that fit equally well: those of which a row makes further
// nodes, then nodes, then edges, since a row that is read as a node also states
// that it exists.
func (a attempt) rank() int {
	if a.kind.IsEdge() {
		return 2
	}
	made := 0
	for i := range a.rule.Emit {
		if a.rule.Emit[i].Node != "" {
			made++
		}
	}
	if made > 1 {
		return 0
	}
	return 1
}

// exposed returns a column about persons in a kind of which nothing is personal,
// "" if there is none.
func (a attempt) exposed() string {
	personal := func(p *schema.Property) bool { return p.Sensitivity == schema.Personal }
	if slices.ContainsFunc(a.kind.Properties, personal) {
		return ""
	}
	for _, k := range a.model.Nodes {
		if k.Sensitivity != schema.Personal {
			continue
		}
		for _, c := range a.columns {
			if p := Property(k, c); p != nil && personal(p) && !a.has(a.generic, c) && !a.used[c] {
				return c
			}
		}
	}
	return ""
}

func kindNames(list []attempt) []string {
	var names []string
	for _, a := range list {
		names = append(names, a.kind.Name)
	}
	return names
}
