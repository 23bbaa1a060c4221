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
	"liantu/graph/tuning"
)

var update = flag.Bool("update", false, "write the expected rows of the scripts in testdata anew")

// RunScripts runs the scripts in the folder testdata of the package under test. A
// script consists of blocks that an empty line ends. The first line of a block is
// a command, the others are what it must print; lines that begin with # are
// comments.
//
//	load                       the lines of the block are a graph, see [Parse]
//	set name=value …           changes settings of the questions that follow, by their
//	                           names in files: min_population=1 importance.core=.5; and
//	                           the population that they name: population=LISTED
//	ask REGION name=value …    asks: scope, peers, grade, states, actions, order, and
//	                           the word empty for links where nobody in the country is,
//	                           the word leaves for those that have a row only;
//	                           lists are separated by commas; prints who is known, the
//	                           populations that are complete, and the states counted
//	show column …              prints the verdicts of the last answer; see column
//	dates                      prints the data dates of the last answer
//	reasons LINK               prints why, in Chinese and English
//	changes LINK               prints what would change the verdict
//	evidence LINK              prints the companies and who says so
//	candidates REGION [LINK,…] name=value …
//	                           prints the candidates with their points, see [script.find]
//	terms COMPANY              prints the sentences of one of these candidates, its landing last
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
	settings   tuning.Settings
}

// runScript returns the script with what its commands print.
func runScript(t *testing.T, text string) string {
	s := &script{t: t, settings: tuning.Default()}
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
	case "set":
		s.set(words[1:])
		return ""
	case "ask":
		return s.ask(words[1:])
	case "show":
		return s.show(words[1:])
	case "dates":
		return datesLine(s.answer.DataDates.Now())
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
		return s.find(optionsOf(s.t, words[1:], "scope opportunity kind exclude ownership places employees capital listed"))
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
		if l := c.Landing; l != nil {
			fmt.Fprintf(&out, "landing: %s%s\n  %s\n  %s\n", l.Kind, l.Unknown, l.Text.Zh, l.Text.En)
		}
	}
	return out.String()
}
