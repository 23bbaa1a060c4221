package gaps

import (
	"fmt"
	"slices"
	"sort"

	"liantu/graph/projection"
	"liantu/schema"
)

// WhatWouldChange returns the smallest news of each sort that would give the
// link another state, found by trying: one company more after the other, up to
// change_limit, without and with one of them a leader, that give a better
// state; one company fewer after the other that give a worse one; and, for a link
// that is unknown because of hidden companies, how many unattributed local
// companies would have to turn out to be elsewhere.
// For more companies the first count is listed for every state it reaches, for
// the others only the first. The prior stays as it is. A new company is a member of the
// comparable frame, if there is one, and at the link by it; it belongs to the reference
// if the region does, and is as large as the average member of the reference at the
// link. So are those that go, as far as the members last. Nothing changes a link that holds
// no companies.
func (v *Verdict) WhatWouldChange() []WouldChange {
	if v.State == NotJudged {
		return nil
	}
	s := &scenario{assessor: v.assessor, verdict: v, tally: v.assessor.tally(v.Link), basis: v.assessor.comparable[v.Link-v.assessor.firstLink]}
	for _, code := range v.assessor.codes {
		s.inside = s.inside || projection.Within(v.assessor.Code, code)
	}
	changes := s.more()
	changes = append(changes, s.anchor(changes)...)
	changes = append(changes, s.fewer()...)
	return append(changes, s.attribution()...)
}

// scenario tries what a verdict would be if the counts were others.
type scenario struct {
	assessor *Assessor
	verdict  *Verdict
	tally    Tally
	basis    *basis // that is comparable; nil if there is none
	inside   bool   // the region belongs to the reference
}

// with returns the state with k companies more (or fewer) and leaders more.
func (s *scenario) with(k, leaders int) State {
	t := s.tally
	t.Companies += k
	t.InCountry += k
	t.Anchors += leaders
	if t.Comparable {
		members := max(k, -t.Members)
		t.Members += members
		t.Attributed += members
		if s.inside {
			t.ReferenceMembers += members
			t.ReferenceAttributed += members
			t.ReferenceAnchors += leaders
		}
		if k > 0 {
			t.Top1 = s.top1(k)
		}
	}
	return Judge(s.assessor.settings, t).State
}

// top1 returns the share of the largest company once k average ones have come.
func (s *scenario) top1(k int) Figure {
	a := s.assessor
	local := a.size(a.local(s.basis.presence.At(s.verdict.Link)))
	ref := &s.basis.ref.links[s.verdict.Link-a.firstLink]
	if local.measure < 0 || ref.known[local.measure] == 0 {
		return s.tally.Top1
	}
	average := ref.size[local.measure] / float64(ref.known[local.measure])
	return Known(max(local.largest, average) / (local.sum + float64(k)*average))
}

func (s *scenario) more() []WouldChange {
	seen := map[State]bool{s.verdict.State: true}
	var changes []WouldChange
	for k := 1; k <= s.assessor.settings.ChangeLimit; k++ {
		if state := s.with(k, 0); !seen[state] && s.better(state) {
			seen[state] = true
			changes = append(changes, s.change(MoreCompanies, k, state))
		}
	}
	return changes
}

// anchor finds the states that one leader among k more companies would give and
// k more companies without a leader would not.
func (s *scenario) anchor(plain []WouldChange) []WouldChange {
	if s.tally.ReferenceAnchors == 0 || s.tally.Anchors > 0 {
		return nil
	}
	from := 1
	if s.tally.Companies > 0 {
		from = 0
	}
	for k := from; k <= s.assessor.settings.ChangeLimit; k++ {
		state := s.with(k, 1)
		if !s.better(state) {
			continue
		}
		for _, c := range plain {
			if c.State == state && c.Count <= k {
				state = ""
			}
		}
		if state != "" {
			return []WouldChange{s.change(OneAnchor, k, state)}
		}
	}
	return nil
}

// better reports whether a state is above the present one in the order of
// [States]; from unknown every other one is.
func (s *scenario) better(state State) bool {
	return slices.Index(allStates, state) > slices.Index(allStates, s.verdict.State)
}

func (s *scenario) worse(state State) bool {
	return slices.Index(allStates, state) < slices.Index(allStates, s.verdict.State)
}

func (s *scenario) fewer() []WouldChange {
	for k := 1; k <= min(s.tally.Companies, s.assessor.settings.ChangeLimit); k++ {
		if state := s.with(-k, 0); s.worse(state) {
			return []WouldChange{s.change(FewerCompanies, k, state)}
		}
	}
	return nil
}

// attribution finds how many unattributed members would have to be read and found
// elsewhere before the absence is established.
func (s *scenario) attribution() []WouldChange {
	naming := s.assessor.naming[s.verdict.Link-s.assessor.firstLink]
	if len(s.verdict.Flags) != 1 || s.verdict.Flags[0] != Hidden || naming.unread == 0 {
		return nil
	}
	p := s.assessor.share(s.verdict.Link)
	state := func(m int) State {
		t := s.tally
		t.Hidden -= float64(m) * p
		return Judge(s.assessor.settings, t).State
	}
	m := 1 + sort.Search(naming.unread, func(i int) bool { return state(i+1) != Unknown })
	if m > naming.unread {
		return nil
	}
	return []WouldChange{s.change(Attribution, m, state(m))}
}

func (s *scenario) change(kind ChangeKind, count int, state State) WouldChange {
	c := WouldChange{Kind: kind, Count: count, State: state}
	zh, en := state.Label().Zh, state.Label().En
	switch {
	case kind == MoreCompanies:
		c.Text = schema.Text{
			Zh: fmt.Sprintf("该环节再有 %d 家本地企业，即转为%s。", count, zh),
			En: fmt.Sprintf("%s at this link would make it %s.", Plural(count, "more local company", "more local companies"), en),
		}
	case kind == OneAnchor && count == 0:
		c.Text = schema.Text{
			Zh: fmt.Sprintf("现有企业中有一家成长为龙头，即转为%s。", zh),
			En: fmt.Sprintf("One of the present companies becoming a leader would make it %s.", en),
		}
	case kind == OneAnchor && count == 1:
		c.Text = schema.Text{
			Zh: fmt.Sprintf("引进一家龙头企业，即转为%s。", zh),
			En: fmt.Sprintf("One anchor would make it %s.", en),
		}
	case kind == OneAnchor:
		c.Text = schema.Text{
			Zh: fmt.Sprintf("再有 %d 家本地企业、其中一家为龙头，即转为%s。", count, zh),
			En: fmt.Sprintf("%d more local companies, one of them an anchor, would make it %s.", count, en),
		}
	case kind == FewerCompanies:
		c.Text = schema.Text{
			Zh: fmt.Sprintf("若流失 %d 家企业，将转为%s。", count, zh),
			En: fmt.Sprintf("The loss of %s would make it %s.", Plural(count, "company", "companies"), en),
		}
	case kind == Attribution:
		c.Text = schema.Text{
			Zh: fmt.Sprintf("若再有 %d 家未归类的本地企业研读后不在该环节，即可认定为%s。", count, zh),
			En: fmt.Sprintf("%s read and found elsewhere would show it to be %s.", Plural(count, "unattributed local company", "unattributed local companies"), en),
		}
	}
	return c
}
