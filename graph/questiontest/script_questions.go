package questiontest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/introductions"
	"liantu/graph/lines"
	"liantu/graph/matching"
	"liantu/graph/newcomers"
	"liantu/graph/projection"
	"liantu/graph/quality"
	"liantu/graph/ties"
)

// questions are the commands of scripts for the other questions:
//
//	compare REGION … scope=… peers=N reference=… grade=… levels=LEAVES
//	                                                       how regions stand at the same links; dates=yes with their data dates
//	whatif REGION land=… leave=… close=… newcomer=NAME;LINK,… peers=… grade=…   what would be if companies came or went; dates=yes likewise
//	layer LAYER scope=… region=… grade=…                   how links are joined in a layer
//	intermediaries                                         the grades that their records earn
//	match REGION LINK, match force=… by=… hide=…           which intermediary fits which need
//	plan force=… region=… each=N least=X                   intermediaries for all needs at once
//	introductions REGION company=… link=… person=… today=… most=N grade=… hide=…
//	                                                       who can introduce the region
//	quality REGION ecosystem=… years=N grade=…             how good the data are; advice=1 where no population is
//
// Lists are separated by commas. An option that a command does not take fails the
// test.
var questions = map[string]scriptQuestion{
	"compare":        {scriptCompare, "scope peers reference grade levels dates"},
	"whatif":         {scriptWhatIf, "land leave close newcomer peers grade dates frames"},
	"layer":          {scriptLayer, "scope region grade"},
	"intermediaries": {scriptIntermediaries, ""},
	"match":          {scriptMatch, "force by hide"},
	"plan":           {scriptPlan, "force region each least"},
	"introductions":  {scriptIntroductions, "company link person today most grade hide"},
	"quality":        {scriptQuality, "ecosystem years grade advice"},
}

// scriptQuestion prints the answer to a command that takes some options.
type scriptQuestion struct {
	print func(*script, options) string
	takes string
}

// options are the words behind a command: those without a name, and the others.
type options struct {
	t     *testing.T
	plain []string
	named map[string]string
}

func optionsOf(t *testing.T, words []string, takes string) options {
	o := options{t: t, named: map[string]string{}}
	for _, word := range words {
		if name, value, ok := strings.Cut(word, "="); ok {
			if !slices.Contains(strings.Fields(takes), name) {
				t.Fatalf("unknown option %q: the command takes %s", name, takes)
			}
			o.named[name] = value
		} else {
			o.plain = append(o.plain, word)
		}
	}
	return o
}

// first returns the first word without a name, "" if there is none.
func (o options) first() string {
	if len(o.plain) == 0 {
		return ""
	}
	return o.plain[0]
}

func (o options) number(name string) int {
	if o.named[name] == "" {
		return 0
	}
	n, err := strconv.Atoi(o.named[name])
	if err != nil {
		o.t.Fatal(err)
	}
	return n
}

func (o options) grade() graph.Grade { return graph.Grade(o.named["grade"]) }

// visible hides the vertices that the option "hide" names.
func (o options) visible(p *projection.Projection) func(projection.Vertex) bool {
	hidden := list(o.named["hide"])
	if len(hidden) == 0 {
		return nil
	}
	return func(v projection.Vertex) bool {
		return !slices.Contains(hidden, p.Caption(v)) && !slices.Contains(hidden, p.Code(v))
	}
}

func scriptCompare(s *script, o options) string {
	c, err := gaps.Compare(s.t.Context(), s.p, s.settings, gaps.CompareQuestion{
		Scope: list(o.named["scope"]), Regions: o.plain, Peers: o.number("peers"),
		Reference: list(o.named["reference"]), MinGrade: o.grade(), Levels: cmp.Or(lines.Levels(o.named["levels"]), lines.All),
	})
	if err != nil {
		return "error: " + err.Error()
	}
	var out strings.Builder
	for i, region := range c.Regions {
		fmt.Fprintf(&out, "%s N=%d A=%d\n", s.p.Code(region), c.Coverage[i].Companies, c.Coverage[i].Attributed)
		if o.named["dates"] != "" {
			fmt.Fprintf(&out, "%s\n", datesLine(c.RegionDates[i].Now()))
		}
	}
	if o.named["dates"] != "" {
		fmt.Fprintf(&out, "together %s\n", datesLine(c.DataDates.Now()))
	}
	for i, link := range c.Links {
		fmt.Fprint(&out, s.p.Code(link))
		for _, v := range c.Cells[i] {
			fmt.Fprintf(&out, " %d:%s", v.Numbers.Companies, v.State)
		}
		at := c.Quadrants[i]
		fmt.Fprintf(&out, " %s presence=%s fit=%s\n", orDash(string(at.Quadrant)+string(at.Why)), figure(at.Presence), figure(at.Fit))
	}
	if c.Represented > 0 {
		fmt.Fprintf(&out, "%d links are represented\n", c.Represented)
	}
	return out.String()
}

func scriptWhatIf(s *script, o options) string {
	var supposed []newcomers.Newcomer
	if text := o.named["newcomer"]; text != "" {
		n, err := newcomers.Parse(text)
		if err != nil {
			return "error: " + err.Error()
		}
		supposed = []newcomers.Newcomer{n}
	}
	w, err := gaps.WhatIf(s.t.Context(), s.p, s.settings, gaps.WhatIfQuestion{
		Region: o.first(), Peers: list(o.named["peers"]), MinGrade: o.grade(),
		Land: list(o.named["land"]), Leave: list(o.named["leave"]), Close: list(o.named["close"]), Newcomers: supposed,
	})
	if err != nil {
		return "error: " + err.Error()
	}
	var out strings.Builder
	fmt.Fprintf(&out, "N=%d A=%d U=%d becomes N=%d A=%d U=%d\n", w.Before.Companies, w.Before.Attributed, w.Before.Unattributed,
		w.After.Companies, w.After.Attributed, w.After.Unattributed)
	if o.named["dates"] != "" {
		fmt.Fprintf(&out, "%s\n", datesLine(w.DataDates.Now()))
	}
	for _, x := range w.Shifts {
		fmt.Fprint(&out, s.p.Code(x.Link))
		for i, v := range []*gaps.Verdict{x.Before, x.After} {
			fmt.Fprintf(&out, "%s n=%d nF=%s nP=%s %s %s top1=%s down=%s up=%s leaked=%s hidden=%s", [2]string{"", " becomes"}[i], v.Numbers.Companies,
				figure(v.Numbers.FrameCompanies), figure(v.Numbers.ReferenceCompanies), v.State, v.Action, figure(v.Numbers.Top1), figure(v.Numbers.PullDown),
				figure(v.Numbers.PullUp), figure(v.Numbers.Leaked), figure(v.Numbers.Hidden))
		}
		fmt.Fprintln(&out)
	}
	for _, x := range w.Shifts {
		if f := x.After.Comparable; f != nil && o.named["frames"] != "" {
			fmt.Fprintf(&out, "%s by %s N=%d A=%d newcomers=%d\n", s.p.Code(x.Link), f.Name, f.Coverage.Companies, f.Coverage.Attributed, len(x.After.Newcomers()))
		}
	}
	for _, n := range w.Nearer {
		fmt.Fprintf(&out, "%s could buy from %s here\n", s.p.Caption(n.Buyer), s.p.Caption(n.Supplier))
	}
	return out.String()
}

func scriptLayer(s *script, o options) string {
	a, err := ties.LayerTiesOf(s.t.Context(), s.p, s.settings, ties.LayerQuestion{
		Layer: ties.Layer(o.first()), Scope: list(o.named["scope"]), Region: o.named["region"], MinGrade: o.grade(),
	})
	if err != nil {
		return "error: " + err.Error()
	}
	out := fmt.Sprintf("%d links, %d ties of companies\n", len(a.Links), a.Companies)
	for _, tie := range a.Ties {
		out += fmt.Sprintf("%s to %s weight=%.3g count=%d share=%s\n", s.p.Code(tie.From), s.p.Code(tie.To), tie.Weight, tie.Count, figure(tie.Share))
	}
	return out
}

func scriptIntermediaries(s *script, _ options) string {
	var out strings.Builder
	for _, one := range matching.Standings(s.p, s.settings) {
		fmt.Fprintf(&out, "%s grade=%s introduced=%d landed=%d track=%s capacity=%d stated=%v load=%d free=%d\n",
			s.p.Caption(one.Intermediary), one.Grade, one.Introduced, one.Landed, figure(one.Track), one.Capacity, one.CapacityStated, one.Load, one.Free())
	}
	return out.String()
}

func scriptMatch(s *script, o options) string {
	q := matching.Question{
		Region: o.first(), TaskForce: o.named["force"], Intermediary: o.named["by"], Visible: o.visible(s.p),
	}
	if len(o.plain) > 1 {
		q.Link = o.plain[1]
	}
	a, err := matching.Ask(s.t.Context(), s.p, s.settings, q)
	if err != nil {
		return "error: " + err.Error()
	}
	var out strings.Builder
	for _, m := range a.Matches {
		fmt.Fprintf(&out, "%.4f %s for %s at %s", m.Score, s.p.Caption(m.Standing.Intermediary), s.p.Code(m.Need.Link), s.p.Code(m.Need.Region))
		for _, term := range m.Terms {
			fmt.Fprintf(&out, " %s=%s", term.Code, figure(term.Value))
		}
		fmt.Fprintf(&out, "\n  %s\n", m.Reasons[0].Text.Zh)
	}
	return out.String()
}

func scriptPlan(s *script, o options) string {
	least := gaps.Missing(gaps.NoCapacity) // that of the settings
	if text := o.named["least"]; text != "" {
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			s.t.Fatal(err)
		}
		least = gaps.Known(x)
	}
	a, err := matching.Plan(s.t.Context(), s.p, s.settings, matching.PlanQuestion{
		TaskForce: o.named["force"], Region: o.named["region"], PerNeed: o.number("each"), MinScore: least,
	})
	if err != nil {
		return "error: " + err.Error()
	}
	out := fmt.Sprintf("%d of %d needs are met\n", a.Met, len(a.Needs))
	for _, need := range a.Needs {
		out += fmt.Sprintf("%s at %s priority=%.4f", s.p.Code(need.Need.Link), s.p.Code(need.Need.Region), need.Need.Priority)
		for _, x := range need.Intermediaries {
			instead := "nobody"
			if x.Instead != projection.None {
				instead = s.p.Caption(x.Instead)
			}
			out += fmt.Sprintf(" %s score=%.4f loss=%.3f else %s", s.p.Caption(x.Standing.Intermediary), x.Score, x.Loss, instead)
		}
		out += need.Why.Zh + "\n"
	}
	return out
}

func scriptIntroductions(s *script, o options) string {
	a, err := introductions.Ask(s.t.Context(), s.p, s.settings, introductions.Question{
		Region: o.first(), Company: o.named["company"], Link: o.named["link"], Person: o.named["person"],
		Today: o.named["today"], Most: o.number("most"), MinGrade: o.grade(), Visible: o.visible(s.p),
	})
	if err != nil {
		return "error: " + err.Error()
	}
	name := func(v projection.Vertex) string {
		if s.p.Kind(v) == projection.Company || s.p.Kind(v) == projection.Intermediary {
			return s.p.Caption(v)
		}
		return s.p.Code(v)
	}
	var out strings.Builder
	for _, x := range a.Introductions {
		link := ""
		if x.Link != projection.None {
			link = fmt.Sprintf(" for %s score=%.4g", s.p.Code(x.Link), x.Score)
		}
		fmt.Fprintf(&out, "strength=%.4g%s: %s", x.Strength, link, name(x.Hops[0].From))
		for _, h := range x.Hops {
			former := ""
			if h.Former {
				former = " former"
			}
			fmt.Fprintf(&out, " [%s %.3g×%.3g%s] %s", h.Kind, h.Strength/h.Recency, h.Recency, former, name(h.To))
		}
		fmt.Fprintln(&out)
	}
	if len(a.Introductions) == 0 {
		return "nobody"
	}
	return out.String()
}

// undated and assumed mark what rests on assumed days; what does not is not
// marked.
func undated(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" undated=%d", n)
}

func assumed(is bool) string {
	if !is {
		return ""
	}
	return " assumed"
}

// number prints a number that may be unknown.
func number(x *float64) string {
	if x == nil {
		return "-"
	}
	return fmt.Sprintf("%.2f", *x)
}

// codes joins the codes of vertices by commas, behind a prefix if there are any.
func codes(p *projection.Projection, prefix string, vertices []projection.Vertex) string {
	if len(vertices) == 0 {
		return ""
	}
	list := make([]string, len(vertices))
	for i, v := range vertices {
		list[i] = p.Code(v)
	}
	return prefix + strings.Join(list, ",")
}

func scriptQuality(s *script, o options) string {
	q, err := quality.Ask(s.t.Context(), s.p, s.settings.MinGrade, quality.Question{
		Region: o.first(), Ecosystem: o.named["ecosystem"], StaleYears: o.number("years"), MinGrade: o.grade(),
	})
	if err != nil {
		return "error: " + err.Error()
	}
	var out strings.Builder
	fmt.Fprintf(&out, "as of %s, stale after %d years\n", q.AsOf, q.StaleYears)
	for _, r := range q.Regions {
		fmt.Fprintf(&out, "%s N=%d A=%d uscc=%d name_only=%d stale=%d disputed=%d suspected=%d synthetic=%d%s\n", s.p.Code(r.Region),
			r.Companies, r.Attributed, r.WithUSCC, r.NameOnly, r.Stale, r.Disputed, r.Suspected, r.Synthetic, undated(r.Undated))
	}
	for _, x := range q.Populations {
		fmt.Fprintf(&out, "%s%s complete=%v %s years=%s in %s lacking %s by %s members=%d attributed=%d share=%s read=%d review=%d rejected=%d unread=%d\n",
			x.Population, codes(s.p, " ", x.Scope), x.Complete, orDash(x.Date), number(x.Years), codes(s.p, "", x.In), orDash(codes(s.p, "", x.Lacking)),
			strings.Join(x.Sources, ","), x.Members, x.Attributed, number(x.Share), x.Read, x.UnderReview, x.Rejected, x.Unread)
	}
	if q.Advice != nil && len(q.Populations)+o.number("advice") > 0 {
		fmt.Fprintf(&out, "%s\n%s\n", q.Advice.Zh, q.Advice.En)
		if q.AdviceCommand != nil {
			fmt.Fprintf(&out, "%s\n", q.AdviceCommand.En)
		}
	}
	for _, e := range q.Ecosystems {
		fmt.Fprintf(&out, "%s %d of %d links covered by %d companies\n", s.p.Code(e.Ecosystem), e.Covered, e.Links, e.Companies)
	}
	for _, source := range q.Sources {
		fmt.Fprintf(&out, "source %s described=%v facts=%d grades=%v %s to %s%s\n", source.Name, source.Source != projection.None,
			source.Facts, source.Grades, source.Oldest, source.Newest, assumed(source.Assumed))
	}
	for _, d := range q.Disputes {
		fmt.Fprintf(&out, "disputed %s.%s %d\n", d.Kind, d.Property, d.Elements)
	}
	return out.String()
}
