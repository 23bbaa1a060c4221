package placement

import (
	"strings"

	"liantu/place"
)

// Reason is why a pair that is judged yes is missed, or that it is not.
type Reason string

// The reasons for lines@5, then those for recall.
const (
	AmongFive    Reason = "among the five"
	MoreThanFive Reason = "below five others, and the company has more than five right ones"
	BelowFive    Reason = "below five others"

	PlacedThere Reason = "placed"
	ByRule      Reason = "a rule forbids to place by such words"
	TooUnsure   Reason = "named, and too improbable to place"

	ChainNamed Reason = "no word names the link, but other links of its chain"
	Unnamed    Reason = "no word names any link of the chain"
)

// ReasonsAt5 lists the reasons for lines@5 in the order of a report.
func ReasonsAt5() []Reason { return []Reason{AmongFive, MoreThanFive, BelowFive, ChainNamed, Unnamed} }

// ReasonsOfRecall lists the reasons for recall in the order of a report.
func ReasonsOfRecall() []Reason {
	return []Reason{PlacedThere, TooUnsure, ByRule, ChainNamed, Unnamed}
}

// Misses counts the pairs judged yes by what became of them.
type Misses struct {
	Yes      int
	At5      map[Reason]int
	OfRecall map[Reason]int
}

// Missed says, for each group that has any, what became of the pairs judged yes.
func Missed(scored []Scored, labels []Label) map[string]*Misses {
	right := map[string]int{}
	for _, l := range labels {
		if l.Verdict == place.Yes {
			right[l.Company]++
		}
	}
	byName := map[string]*Scored{}
	for i := range scored {
		byName[scored[i].Name] = &scored[i]
	}
	out := map[string]*Misses{}
	for _, l := range labels {
		s := byName[l.Company]
		if s == nil || l.Verdict != place.Yes {
			continue
		}
		at5, ofRecall := s.reasons(l.Link, right[l.Company])
		for _, g := range groupsOf(&s.Text) {
			if out[g] == nil {
				out[g] = &Misses{At5: map[Reason]int{}, OfRecall: map[Reason]int{}}
			}
			out[g].Yes++
			out[g].At5[at5]++
			out[g].OfRecall[ofRecall]++
		}
	}
	return out
}

// reasons says what became of one link of a company that has so many right ones.
func (s *Scored) reasons(link string, right int) (at5, ofRecall Reason) {
	i := s.find(link)
	if i < 0 {
		chain, _, _ := strings.Cut(link, ".")
		for _, l := range s.Links {
			if strings.HasPrefix(l.Link, chain+".") {
				return ChainNamed, ChainNamed
			}
		}
		return Unnamed, Unnamed
	}
	switch {
	case s.Ranks[i] < five:
		at5 = AmongFive
	case right > five:
		at5 = MoreThanFive
	default:
		at5 = BelowFive
	}
	switch {
	case s.Links[i].Outcome == place.Confirmed:
		ofRecall = PlacedThere
	case s.Links[i].Evidence.Barred != "":
		ofRecall = ByRule
	default:
		ofRecall = TooUnsure
	}
	return at5, ofRecall
}
