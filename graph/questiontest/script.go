package questiontest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"liantu/graph"
	"liantu/graph/candidates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
)

var update = flag.Bool("update", false, "write the expected rows of the scripts in testdata anew")

// RunScripts runs the scripts in the folder testdata of the package under test. A
// script consists of blocks that an empty line ends. The first line of a block is
// a command, the others are what it must print; lines that begin with # are
// comments.
//
//	load                       the lines of the block are a graph, see [Parse]
//	ask REGION name=value …    asks: scope, peers, grade, states, actions, order;
//	                           lists are separated by commas; prints the states counted
//	show column …              prints the verdicts of the last answer
//	reasons LINK               prints why, in Chinese and English
//	changes LINK               prints what would change the verdict
//	evidence LINK              prints the companies and who says so
//	candidates REGION LINK     prints the candidates with their points
//	terms COMPANY              prints the sentences of one of these candidates
//
// The commands of the other questions are those of [questions].
//
// Run with -update to write what is printed to the scripts.
func RunScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := runScript(t, string(text))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(text) {
				t.Errorf("%s prints something else; run the test with -update to see it as a difference:\n%s", file, difference(string(text), got))
			}
		})
	}
}

// difference lists the lines that only one of two texts has.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out strings.Builder
	for i := range max(len(w), len(g)) {
		a, b := "", ""
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			fmt.Fprintf(&out, "line %d\n  want %s\n  got  %s\n", i+1, a, b)
		}
	}
	return out.String()
}

type script struct {
	t          *testing.T
	store      graph.Store
	p          *projection.Projection
	answer     *gaps.Answer
	candidates *candidates.Answer
}

// runScript returns the script with what its commands print.
func runScript(t *testing.T, text string) string {
	s := &script{t: t}
	var out []string
	for _, block := range strings.Split(strings.TrimRight(text, "\n"), "\n\n") {
		lines := strings.Split(block, "\n")
		head := slices.IndexFunc(lines, func(l string) bool { return !strings.HasPrefix(l, "#") && strings.TrimSpace(l) != "" })
		if head < 0 {
			out = append(out, block)
			continue
		}
		words := strings.Fields(lines[head])
		if words[0] == "load" {
			s.load(strings.Join(lines[head+1:], "\n"))
			out = append(out, block)
			continue
		}
		printed := strings.TrimRight(s.run(words), "\n")
		updated := strings.Join(lines[:head+1], "\n")
		if printed != "" {
			updated += "\n" + printed
		}
		out = append(out, updated)
	}
	return strings.Join(out, "\n\n") + "\n"
}

func (s *script) load(text string) {
	batch, err := Parse(text)
	if err != nil {
		s.t.Fatal(err)
	}
	s.store = Store(s.t, s.t, batch)
	s.p = Picture(s.t, s.t, s.store)
}

func (s *script) run(words []string) string {
	switch words[0] {
	case "ask":
		return s.ask(words[1:])
	case "show":
		return s.show(words[1:])
	case "reasons":
		return s.reasons(s.verdict(words[1]))
	case "changes":
		var out strings.Builder
		for _, c := range s.verdict(words[1]).WhatWouldChange() {
			fmt.Fprintf(&out, "%s %d %s\n  %s\n  %s\n", c.Kind, c.Count, c.State, c.Text.Zh, c.Text.En)
		}
		return out.String()
	case "evidence":
		return s.evidence(s.verdict(words[1]))
	case "candidates":
		return s.find(words[1:])
	case "terms":
		return s.terms(words[1])
	}
	question, ok := questions[words[0]]
	if !ok {
		s.t.Fatalf("unknown command %q", words[0])
	}
	return question.print(s, optionsOf(s.t, words[1:], question.takes))
}

func list(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

func (s *script) ask(words []string) string {
	q := gaps.Question{Region: words[0]}
	for _, word := range words[1:] {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "scope":
			q.Scope = list(value)
		case "peers":
			q.Peers = list(value)
		case "grade":
			q.MinGrade = graph.Grade(value)
		case "order":
			q.OrderBy = gaps.Order(value)
		case "states":
			for _, state := range list(value) {
				q.States = append(q.States, gaps.State(state))
			}
		case "actions":
			for _, action := range list(value) {
				q.Actions = append(q.Actions, gaps.Action(action))
			}
		default:
			s.t.Fatalf("unknown part %q of a question", name)
		}
	}
	answer, err := gaps.Ask(s.t.Context(), s.p, gaps.DefaultSettings(), q)
	if err != nil {
		return "error: " + err.Error()
	}
	s.answer = answer
	s.checkOracle(q)
	out := fmt.Sprintf("N=%d A=%d U=%d of NP=%d AP=%d", answer.Coverage.Companies, answer.Coverage.Attributed,
		answer.Coverage.Unattributed, answer.Reference.Companies, answer.Reference.Attributed)
	for _, sum := range answer.Summaries {
		out += fmt.Sprintf("\n%s: %d of %d links present", s.p.Code(sum.Scope), sum.Present, sum.Links)
		for _, state := range gaps.States() {
			if sum.States[state] > 0 {
				out += fmt.Sprintf(", %d %s", sum.States[state], state)
			}
		}
	}
	return out
}

// checkOracle compares the answer with that of the oracle.
func (s *script) checkOracle(q gaps.Question) {
	all := gaps.Question{Region: q.Region, Peers: q.Peers, MinGrade: q.MinGrade, OrderBy: gaps.ByCode}
	answer, err := gaps.Ask(s.t.Context(), s.p, gaps.DefaultSettings(), all)
	if err != nil {
		s.t.Fatal(err)
	}
	all.Region = s.p.Code(answer.Region) // the oracle knows no short names
	for _, fault := range Disagreements(s.t, s.store, s.p, answer, all) {
		s.t.Errorf("ask %s: %s", q.Region, fault)
	}
}

// columns are what show can print of a verdict.
func (s *script) column(name string, v *gaps.Verdict) string {
	switch name {
	case "link":
		return s.p.Code(v.Link)
	case "name":
		return s.p.Caption(v.Link)
	case "state":
		return string(v.State)
	case "action":
		return string(v.Action)
	case "declared":
		return orDash(string(v.Declared))
	case "computed":
		return orDash(string(v.Computed))
	case "flags":
		return orDash(strings.Trim(fmt.Sprint(v.Flags), "[]"))
	case "depth":
		return fmt.Sprint(v.Depth)
	case "confidence":
		return fmt.Sprintf("%.2f", v.Confidence)
	case "priority":
		return fmt.Sprintf("%.4f", v.Priority)
	case "n":
		return fmt.Sprint(v.Numbers.Companies)
	case "nP":
		return fmt.Sprint(v.Numbers.ReferenceCompanies)
	case "measure":
		return orDash(v.Numbers.Measure)
	}
	n := &v.Numbers
	figures := map[string]gaps.Figure{
		"E": n.Expected, "hidden": n.Hidden, "a": n.Prior, "LQ": n.LQ, "mean": n.Mean, "low": n.Low, "high": n.High,
		"weak": n.ProbabilityWeak, "fair": n.ProbabilityFair, "strong": n.ProbabilityStrong, "top1": n.Top1,
		"capacity_LQ": n.CapacityLQ, "capacity_mean": n.CapacityMean, "down": n.PullDown, "up": n.PullUp,
		"leaked": n.Leaked, "density": n.Density, "median": n.DensityMedian, "rank": n.DensityRank,
		"momentum": n.Momentum, "presence": n.ChainPresence, "severity": v.Severity,
	}
	f, ok := figures[name]
	if !ok {
		s.t.Fatalf("unknown column %q", name)
	}
	return figure(f)
}

// figure prints three digits, or why there are none.
func figure(f gaps.Figure) string {
	if x, ok := f.Get(); ok {
		return fmt.Sprintf("%.3g", x)
	}
	return string(f.Why())
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func (s *script) show(columns []string) string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	for _, v := range s.answer.Verdicts {
		cells := make([]string, len(columns))
		for i, name := range columns {
			cells[i] = s.column(name, v)
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	if err := w.Flush(); err != nil {
		s.t.Fatal(err)
	}
	return trimLines(out.String())
}

// trimLines takes the blanks off the ends of lines.
func trimLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func (s *script) verdict(code string) *gaps.Verdict {
	i := slices.IndexFunc(s.answer.Verdicts, func(v *gaps.Verdict) bool { return s.p.Code(v.Link) == code })
	if i < 0 {
		s.t.Fatalf("no verdict on %q", code)
	}
	return s.answer.Verdicts[i]
}

func (s *script) reasons(v *gaps.Verdict) string {
	var out strings.Builder
	for _, r := range v.Reasons() {
		fmt.Fprintf(&out, "%.4f %s\n  %s\n  %s\n", r.Points, r.Code, r.Text.Zh, r.Text.En)
	}
	return out.String()
}

func (s *script) evidence(v *gaps.Verdict) string {
	var out strings.Builder
	for _, e := range v.Evidence() {
		leads := ""
		if e.Leader {
			leads = " leader"
		}
		fmt.Fprintf(&out, "%s at %s: %s %s %s%s%s\n", s.p.Caption(e.Company), s.p.Code(e.Link), e.Grade, e.Source, e.AsOf, assumed(e.Assumed), leads)
	}
	for _, use := range v.Sources() {
		fmt.Fprintf(&out, "source %s: %d statements, %s to %s%s\n", use.Name, use.Statements, use.Oldest, use.Newest, assumed(use.Assumed))
	}
	return out.String()
}

func (s *script) find(words []string) string {
	q := candidates.Question{Region: words[0], Link: words[1]}
	answer, err := candidates.Ask(s.t.Context(), s.p, gaps.DefaultSettings(), q)
	if err != nil {
		return "error: " + err.Error()
	}
	s.candidates = answer
	var out strings.Builder
	for _, c := range answer.First(answer.Len()) {
		fmt.Fprintf(&out, "%s %s %.4f", c.Kind, s.p.Caption(c.Company), c.Score)
		for _, term := range c.Terms {
			fmt.Fprintf(&out, " %s=%s", term.Code, figure(term.Value))
		}
		fmt.Fprintln(&out)
	}
	return out.String()
}

func (s *script) terms(company string) string {
	var out strings.Builder
	for _, c := range s.candidates.First(s.candidates.Len()) {
		if s.p.Caption(c.Company) != company {
			continue
		}
		for _, r := range c.Reasons {
			fmt.Fprintf(&out, "%.4f %s\n  %s\n  %s\n", r.Points, r.Code, r.Text.Zh, r.Text.En)
		}
		fmt.Fprintln(&out, "unknown:", strings.Trim(fmt.Sprint(c.Unknowns), "[]"))
	}
	return out.String()
}
