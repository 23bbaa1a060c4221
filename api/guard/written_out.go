package guard

import (
	"math"

	"liantu/message"
)

// check finds fragments that contain each other, and checks the size that every
// definition would have with its fragments written out.
func (o *outline) check() *Refusal {
	order, cyclic := o.order()
	if cyclic {
		return &Refusal{Code: CodeCycle, What: message.New("fragments that contain each other")}
	}
	total := make(map[string]size, len(order))
	for _, i := range order {
		d := &o.definitions[i]
		full := d.own
		for _, u := range d.uses {
			full.join(total[u.fragment], u)
		}
		if r := full.passes(o.limits, d.fragment == ""); r != nil {
			return r
		}
		if d.fragment != "" {
			total[d.fragment] = full
		}
	}
	return nil
}

// join adds a fragment that is spread.
func (s *size) join(f size, by use) {
	s.depth = max(s.depth, by.depth+f.depth)
	s.fields = add(s.fields, f.fields)
	s.aliases = add(s.aliases, f.aliases)
	s.directives = add(s.directives, f.directives)
	if by.root {
		s.roots = add(s.roots, f.roots)
	}
}

func add(a, b int) int { return min(a+b, math.MaxInt32) }

func (s *size) passes(l Limits, operation bool) *Refusal {
	switch {
	case s.depth > l.Depth:
		return &Refusal{Code: CodeDepth, What: message.New("levels of fields"), Limit: l.Depth}
	case s.fields > l.Fields:
		return &Refusal{Code: CodeFields, What: message.New("selections"), Limit: l.Fields}
	case s.aliases > l.Aliases:
		return &Refusal{Code: CodeAliases, What: message.New("aliases"), Limit: l.Aliases}
	case s.directives > l.Directives:
		return &Refusal{Code: CodeDirectives, What: message.New("directives"), Limit: l.Directives}
	case operation && s.roots > l.RootFields:
		return &Refusal{Code: CodeRootFields, What: message.New("fields at the root"), Limit: l.RootFields}
	}
	return nil
}

// order lists the definitions so that each comes after the fragments that it
// spreads, and reports whether that is impossible. Where two fragments have one
// name the last counts; validation refuses them later.
func (o *outline) order() (order []int, cyclic bool) {
	home := map[string]int{}
	for i, d := range o.definitions {
		if d.fragment != "" {
			home[d.fragment] = i
		}
	}
	waits := make([]int, len(o.definitions))   // fragments not yet in order
	users := make([][]int, len(o.definitions)) // definitions that wait for this one
	for i, d := range o.definitions {
		for _, u := range d.uses {
			if j, ok := home[u.fragment]; ok {
				waits[i]++
				users[j] = append(users[j], i)
			}
		}
	}
	for i := range o.definitions {
		if waits[i] == 0 {
			order = append(order, i)
		}
	}
	for at := 0; at < len(order); at++ {
		for _, i := range users[order[at]] {
			if waits[i]--; waits[i] == 0 {
				order = append(order, i)
			}
		}
	}
	return order, len(order) < len(o.definitions)
}
