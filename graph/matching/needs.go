package matching

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
)

// Need is a link of a region that wants companies, and the task force in charge
// of it if there is one.
type Need struct {
	TaskForce projection.Vertex // or None
	Region    projection.Vertex
	Link      projection.Vertex
	Priority  float64
}

// needsOf returns the needs of a question, the most urgent first.
func needsOf(ctx context.Context, p *projection.Projection, settings tuning.Settings, q Question) ([]Need, error) {
	var needs []Need
	add := func(force, region projection.Vertex, scope []projection.Vertex) error {
		answer, err := gaps.Ask(ctx, p, settings, gaps.Question{
			Region: string(p.ID(region)), Scope: idsOf(p, scope), Levels: lines.All, Actions: []gaps.Action{gaps.Build, gaps.Fill, gaps.Strengthen, gaps.Extend},
		})
		if err != nil {
			return err
		}
		for _, v := range lines.Distinct(p, answer.Verdicts, func(v *gaps.Verdict) projection.Vertex { return v.Link }) {
			needs = append(needs, Need{TaskForce: force, Region: region, Link: v.Link, Priority: v.Priority})
		}
		return nil
	}
	forces := []projection.Vertex{}
	switch {
	case q.TaskForce != "":
		force, err := p.Lookup(q.TaskForce, projection.TaskForce)
		if err != nil {
			return nil, err
		}
		forces = append(forces, force)
	case q.Region != "":
		region, err := p.Lookup(q.Region, projection.Region)
		if err != nil {
			return nil, err
		}
		if q.Link == "" {
			err = add(projection.None, region, nil)
			return urgentFirst(needs), err
		}
		link, err := p.Lookup(q.Link, projection.Link)
		if err != nil {
			return nil, err
		}
		if !p.Judged(link) {
			return nil, message.As(graph.ErrInvalid, "link %q: it holds no companies, so that it needs none", p.Caption(link))
		}
		a, err := gaps.AssessorOf(ctx, p, settings, settings.MinGrade, region, nil)
		if err != nil {
			return nil, err
		}
		v := a.Verdict(link)
		return []Need{{projection.None, region, link, v.Priority}}, nil
	case q.Intermediary != "":
		first, end := p.Range(projection.TaskForce)
		for v := first; v < end; v++ {
			forces = append(forces, v)
		}
	default:
		return nil, message.As(graph.ErrInvalid, "match: give a region, with a link or without, or a task force")
	}
	for _, force := range forces {
		regions, scope := chargesOf(p, force)
		if len(scope) == 0 {
			continue // a task force of no ecosystem and chain has no needs
		}
		for _, region := range regions {
			if err := add(force, region, scope); err != nil {
				return nil, err
			}
		}
	}
	return urgentFirst(needs), nil
}

func urgentFirst(needs []Need) []Need {
	slices.SortStableFunc(needs, func(x, y Need) int { return cmp.Compare(y.Priority, x.Priority) })
	return needs
}

// chargesOf returns the regions that a task force is in charge of, and the
// ecosystems and chains.
func chargesOf(p *projection.Projection, force projection.Vertex) (regions, scope []projection.Vertex) {
	charges := p.Out(projection.InChargeOf, force)
	for i, object := range charges.Others {
		switch {
		case !p.Current(projection.InChargeOf, charges.Edges[i]):
		case p.Kind(object) == projection.Project:
		case p.Kind(object) == projection.Region:
			regions = append(regions, object)
		default:
			scope = append(scope, object)
		}
	}
	return regions, scope
}

func idsOf(p *projection.Projection, list []projection.Vertex) []string {
	ids := make([]string, 0, len(list))
	for _, v := range list {
		ids = append(ids, string(p.ID(v)))
	}
	return ids
}
