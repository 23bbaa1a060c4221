package introductions

import (
	"math"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/statements"
	"liantu/schema"
)

// weighedTie is how far one edge carries an introduction, and why.
type weighedTie struct {
	base    float64 // by its kind and what is stated of it
	recency float64 // in (0, 1]
	former  bool    // a post or a membership that has ended
	since   string  // first day, as stated; "" if unknown
	until   string  // last day, as stated; "" if it still holds
	date    string  // the date that its age is counted from; "" for none
}

func (w weighedTie) strength() float64 { return w.base * w.recency }

// held returns the days between which a post is known to have been held. A post
// of which the first day is unknown is known to have been held on its last day,
// or, if it still is, today.
func (w weighedTie) held(today statements.Day) (since, till statements.Day) {
	till = today
	if w.former {
		till = statements.DayOf(schema.LastDay(w.until))
	}
	since = till
	if w.since != "" {
		since = min(statements.DayOf(schema.FirstDay(w.since)), till)
	}
	return since, till
}

// weigh returns how far an edge carries, and false for one that cannot be used:
// it does not hold on the day of the picture, and is neither a post nor a
// membership that once was.
func (t *tieGraph) weigh(kind string, number int32) (weighedTie, bool) {
	edge, _, _ := t.p.Edge(kind, number)
	w := weighedTie{recency: 1, since: statements.Text(edge, "valid_from"), until: statements.Text(edge, "valid_to")}
	current := t.p.Current(kind, number)
	if !current {
		begun := w.since == "" || schema.FirstDay(w.since) <= t.p.AsOf()
		if w.former = begun && (kind == projection.WorksAt || kind == projection.MemberOf); !w.former {
			return weighedTie{}, false
		}
	}
	s, h := t.set.Strength, t.set.HalfLife
	switch kind {
	case projection.NativeOf:
		w.base = s.NativeOf
	case projection.Covers:
		w.base = s.Covers
	case projection.LocatedIn:
		w.base = s.LocatedIn
	case projection.WorksAt:
		w.base = s.WorksAt * t.set.Influence.Of(statements.Text(edge, "influence"))
		t.age(&w, edge, h.WorksAt)
	case projection.MemberOf:
		w.base = s.MemberOf
		t.age(&w, edge, h.MemberOf)
	case projection.Knows:
		w.base = s.Knows * t.set.Closeness.Of(statements.Text(edge, "closeness"))
		t.date(&w, edge, statements.Text(edge, "last_contact"), h.Knows)
	case projection.Supplies:
		w.base = s.Supplies
		t.date(&w, edge, "", h.Supplies)
	case projection.InvestsIn:
		w.base = s.InvestsIn
		t.date(&w, edge, "", h.InvestsIn)
	case projection.Serves:
		w.base = s.Serves
		if date := statements.Text(edge, "date"); date != "" && schema.FirstDay(date) > t.p.AsOf() {
			return weighedTie{}, false
		}
		t.date(&w, edge, statements.Text(edge, "date"), h.Serves)
	}
	return w, true
}

// age weighs a post or membership: a present one does not age, one that has
// ended counts less and ages from its last day.
func (t *tieGraph) age(w *weighedTie, edge *graph.Edge, halfLife float64) {
	w.date = statements.Date(edge)
	if w.former {
		w.base *= t.set.Former
		w.date = w.until
		w.recency = t.recency(w.until, halfLife)
	}
}

// date ages a tie from its stated date, else from the newest as-of date of
// the facts that state it.
func (t *tieGraph) date(w *weighedTie, edge *graph.Edge, date string, halfLife float64) {
	if date == "" {
		date = statements.Date(edge)
	}
	w.date, w.recency = date, t.recency(date, halfLife)
}

// recency is 2^(−age/half-life), the age being counted to the day of the
// picture.
func (t *tieGraph) recency(date string, halfLife float64) float64 {
	if date == "" {
		return t.set.Undated
	}
	at := statements.DayOf(schema.LastDay(date))
	age := max(0, t.today.Years()-at.Years())
	return max(math.Exp2(-age/halfLife), 1e-6)
}
