package questiontest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"liantu/graph/candidates"
)

// find prints the candidates for links, or for the links of scopes and opportunities that
// the region lacks, with what is special of them: the project that they are in hand by, and
// of many links their scores at each. Behind them stand who is excluded, by whom, and how
// many the filters removed.
func (s *script) find(o options) string {
	q := candidates.Question{
		Region: o.first(), Scope: list(o.named["scope"]), Opportunity: o.named["opportunity"],
		Kind: candidates.Kind(o.named["kind"]), Exclude: list(o.named["exclude"]),
	}
	if len(o.plain) > 1 {
		q.Links = list(o.plain[1])
	}
	var faults [2]error
	q.Filters.Ownership, q.Filters.Places, q.Filters.Listed = list(o.named["ownership"]), list(o.named["places"]), o.named["listed"] != ""
	if text := o.named["employees"]; text != "" {
		q.Filters.Employees, faults[0] = strconv.Atoi(text)
	}
	if text := o.named["capital"]; text != "" {
		q.Filters.CapitalWan, faults[1] = strconv.ParseFloat(text, 64)
	}
	if err := errors.Join(faults[:]...); err != nil {
		s.t.Fatal(err)
	}
	answer, err := candidates.Ask(s.t.Context(), s.p, s.settings, q)
	if err != nil {
		return "error: " + err.Error()
	}
	s.candidates = answer
	var out strings.Builder
	if len(answer.Links) != 1 {
		fmt.Fprint(&out, "links:")
		for _, link := range answer.Links {
			fmt.Fprint(&out, " ", s.p.Code(link))
		}
		fmt.Fprintln(&out)
	}
	for _, c := range answer.First(answer.Len()) {
		fmt.Fprintln(&out, s.candidate(answer, c))
	}
	for _, x := range answer.Excluded {
		by := "the question"
		if x.Pursuit != nil {
			by = s.p.Caption(x.Pursuit.TaskForce)
		}
		fmt.Fprintf(&out, "excluded: %s by %s\n", s.p.Caption(x.Company), by)
	}
	for _, x := range answer.NotSought {
		fmt.Fprintf(&out, "not sought: %s %s %s\n", s.p.Code(x.Link), x.Text.Zh, x.Text.En)
	}
	for _, f := range answer.Filtered {
		fmt.Fprintf(&out, "filtered: %s removed %d, unknown %d\n", f.Filter, f.Removed, f.Unknown)
	}
	return out.String()
}

func (s *script) candidate(answer *candidates.Answer, c *candidates.Candidate) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s %.4f", c.Kind, s.p.Caption(c.Company), c.Score)
	for _, term := range c.Terms {
		fmt.Fprintf(&out, " %s=%s", term.Code, figure(term.Value))
	}
	if h := c.InHand; h != nil {
		fmt.Fprintf(&out, " HAND=%s/%s/%s/%s alive=%v", s.p.Code(h.Project), s.p.Code(h.Link), orDash(h.Stage), h.News, h.Alive)
		if h.Synthetic {
			fmt.Fprint(&out, " invented")
		}
	}
	if len(answer.Links) > 1 {
		fmt.Fprint(&out, " AT")
		for _, x := range c.Links {
			fmt.Fprintf(&out, " %s=%.4f", s.p.Code(x.Link), x.Score)
		}
	}
	return out.String()
}
