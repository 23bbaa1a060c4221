package questiontest

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"liantu/graph"
	areas "liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/lines"
)

// set changes settings, by their names in files.
func (s *script) set(words []string) {
	for _, word := range words {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			s.t.Fatalf("no value in %q", word)
		}
		if name == "population" {
			s.settings.Population = areas.Population(value)
			continue
		}
		parts := strings.Split(name, ".")
		text := strings.Join(parts, ": {") + ": " + value + strings.Repeat("}", len(parts)-1)
		decoder := yaml.NewDecoder(strings.NewReader(text))
		decoder.KnownFields(true)
		if err := decoder.Decode(&s.settings); err != nil {
			s.t.Fatalf("set %s: %v", word, err)
		}
	}
	if err := s.settings.Check(); err != nil {
		s.t.Fatal(err)
	}
}

func (s *script) ask(words []string) string {
	q := gaps.Question{Region: words[0], Levels: lines.All}
	for _, word := range words[1:] {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "empty":
			q.WithEmpty = true
		case "leaves":
			q.Levels = lines.Leaves
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
	answer, err := gaps.Ask(s.t.Context(), s.p, s.settings, q)
	if err != nil {
		return "error: " + err.Error()
	}
	s.answer = answer
	s.checkOracle(q)
	for _, fault := range ListFaults(s.t, s.store, s.p, s.settings, q) {
		s.t.Errorf("ask %s: %s", strings.Join(words, " "), fault)
	}
	out := fmt.Sprintf("N=%d A=%d U=%d of NP=%d AP=%d", answer.Coverage.Companies, answer.Coverage.Attributed,
		answer.Coverage.Unattributed, answer.Reference.Companies, answer.Reference.Attributed)
	for _, line := range framesOf(s.p, answer) {
		out += "\n" + line
	}
	if q.Levels == lines.Leaves {
		out += fmt.Sprintf("\n%d of %d links are represented", answer.Represented, answer.Links)
	}
	for _, sum := range answer.Summaries {
		out += fmt.Sprintf("\n%s: %d of %d links present", s.p.Code(sum.Scope), sum.Present, sum.Links)
		for _, state := range gaps.States() {
			if sum.States[state] > 0 && !state.Apart() {
				out += fmt.Sprintf(", %d %s", sum.States[state], state)
			}
		}
		if sum.Empty > 0 {
			out += fmt.Sprintf(", %d EMPTY apart", sum.Empty)
		}
		if sum.NotJudged > 0 {
			out += fmt.Sprintf(", %d NOT_JUDGED apart", sum.NotJudged)
		}
	}
	return out
}

// checkOracle compares the answer with that of the oracle.
func (s *script) checkOracle(q gaps.Question) {
	all := gaps.Question{Region: q.Region, Peers: q.Peers, MinGrade: q.MinGrade, OrderBy: gaps.ByCode, WithEmpty: true, Levels: lines.All}
	answer, err := gaps.Ask(s.t.Context(), s.p, s.settings, all)
	if err != nil {
		s.t.Fatal(err)
	}
	all.Region = s.p.Code(answer.Region) // the oracle knows no short names
	for _, fault := range Disagreements(s.t, s.store, s.p, s.settings, answer, all) {
		s.t.Errorf("ask %s: %s", q.Region, fault)
	}
}

// column prints one thing of a verdict for show, by its name. nF and nP are of the
// comparable frame, which frame names, and naming the frame of an absence.
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
	case "naming":
		return orDash(strings.ReplaceAll(frameName(s.p, v.Naming), " ", ","))
	case "frame":
		return orDash(strings.ReplaceAll(frameName(s.p, v.Comparable), " ", ","))
	case "population":
		if v.Comparable == nil {
			return "-"
		}
		return string(v.Comparable.Population)
	case "offers":
		return orDash(offersOf(s.p, v))
	case "anchors":
		return fmt.Sprint(v.Numbers.Anchors)
	case "same":
		var codes []string
		for _, link := range v.SameLinks() {
			codes = append(codes, s.p.Code(link))
		}
		return orDash(strings.Join(codes, ","))
	case "measure":
		return orDash(v.Numbers.Measure)
	}
	n := &v.Numbers
	figures := map[string]gaps.Figure{
		"nF": n.FrameCompanies, "nP": n.ReferenceCompanies, "share": n.Share, "weak_all": n.WeakWithAll,
		"anchorsP": n.ReferenceAnchors, "E": n.Expected, "hidden": n.Hidden, "a": n.Prior, "LQ": n.LQ, "mean": n.Mean, "low": n.Low, "high": n.High,
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
