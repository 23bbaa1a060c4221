package quality

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/schema"
)

// Population is what is known of a population, within a scope, in a region: package gaps
// defines populations, members and completeness.
type Population struct {
	Population area.Population
	Scope      []projection.Vertex // ecosystems, chains and links, ascending; empty for all links
	Complete   bool                // in the region
	Date       string              // as of which it is complete, an ISO date; "" if it is not
	Years      *float64            // from then to the day of the picture; nil if it is not complete
	// In are the regions that it is complete in, the region asked about alone or the largest
	// in it; Lacking those directly below the region asked about in which it is not.
	In, Lacking []projection.Vertex
	Sources     []string // names of the lists and placements, ascending

	Members    int      // that current lists of their places name
	Attributed int      // of these at any link by the lists and placements
	Share      *float64 // Attributed/Members; nil without members
	// Read, UnderReview and Rejected are the members with these values of placement; Unread
	// those without any that nobody's statement puts at a link.
	Read, UnderReview, Rejected, Unread int
}

// populations counts the populations that are complete in the region or in a region in it.
func (b *board) populations(ctx context.Context) error {
	p := b.p
	first, end := p.CompaniesIn(p.AreaOf(b.a.Region))
	for _, f := range area.FramesOf(p, "") {
		one, members, err := populationOf(ctx, p, f, b.a.Region, b.a.MinGrade)
		if err != nil {
			return err
		}
		if members == nil {
			continue
		}
		one.Unread = members.Unread(first, end)
		for v := first; v < end; v++ {
			if v%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if members.Has(v) {
				one.read(p.Text(v, "placement"))
			}
		}
		b.a.Populations = append(b.a.Populations, one)
	}
	b.a.Advice, b.a.AdviceCommand = b.advice()
	return nil
}

// populationOf returns where in a region a frame is complete, and its members there, but not
// who has read them. The members are nil where it is complete nowhere in the region: how
// many there are is not known then.
func populationOf(ctx context.Context, p *projection.Projection, f *area.Frame, region projection.Vertex, grade graph.Grade) (one Population, members *area.Members, err error) {
	one = Population{Population: f.Population, Scope: f.Scope, In: completeWithin(p, f, region)}
	if one.Date, one.Complete = f.CompleteIn(p.AreaOf(region)); one.Complete {
		years := max(0, area.YearsBetween(one.Date, p.AsOf()))
		one.Years = &years
	} else {
		one.Lacking = slices.DeleteFunc(slices.Clone(p.ChildRegions(region)), func(r projection.Vertex) bool {
			_, complete := f.CompleteIn(p.AreaOf(r))
			return complete
		})
	}
	if len(one.In) == 0 {
		return one, nil, nil
	}
	for _, region := range one.In {
		one.Sources = append(one.Sources, f.SourcesIn(p.AreaOf(region))...)
	}
	slices.Sort(one.Sources)
	one.Sources = slices.Compact(one.Sources)
	if members, err = f.Members(ctx, grade); err != nil {
		return one, nil, err
	}
	first, end := p.CompaniesIn(p.AreaOf(region))
	one.Members, one.Attributed = members.Among(first, end), members.Presence.Attributed(first, end)
	if one.Members > 0 {
		share := float64(one.Attributed) / float64(one.Members)
		one.Share = &share
	}
	return one, members, nil
}

// read counts a member by its placement.
func (x *Population) read(placement string) {
	switch placement {
	case "READ":
		x.Read++
	case "UNDER_REVIEW":
		x.UnderReview++
	case "REJECTED":
		x.Rejected++
	}
}

// completeWithin returns the largest regions, of a region and those in it, in which a frame is
// complete, in the order of their codes.
func completeWithin(p *projection.Projection, f *area.Frame, region projection.Vertex) []projection.Vertex {
	if _, complete := f.CompleteIn(p.AreaOf(region)); complete {
		return []projection.Vertex{region}
	}
	var found []projection.Vertex
	for _, child := range p.ChildRegions(region) {
		found = append(found, completeWithin(p, f, child)...)
	}
	return found
}

// advice says which list would help most, nil if a population of all links that is wider
// than listed companies is complete, and by which command a list is loaded that is still to
// be found, nil for none.
func (b *board) advice() (advice, command *schema.Text) {
	wider := func(x Population) bool { return x.Population != area.Listed && len(x.Scope) == 0 }
	code, name := b.p.AreaOf(b.a.Region), b.p.Caption(b.a.Region)
	load := &schema.Text{
		Zh: "liantu load 文件 --population 规上企业 --complete-in " + code,
		En: "liantu load FILE --population 规上企业 --complete-in " + code,
	}
	complete := func(x Population) bool { return x.Complete }
	switch {
	case slices.ContainsFunc(b.a.Populations, func(x Population) bool { return x.Complete && wider(x) }):
		return nil, nil
	case slices.ContainsFunc(b.a.Populations, wider):
		x := b.a.Populations[slices.IndexFunc(b.a.Populations, wider)]
		return &schema.Text{
			Zh: fmt.Sprintf("%s的%s名录尚缺：%s；补齐后即可按此口径认定缺失", name, x.Population.Label().Zh, b.names(x.Lacking, "、")),
			En: fmt.Sprintf("%s: lists of %s are missing for %s; with them absences can be judged by this population", name, x.Population.Label().En, b.names(x.Lacking, ", ")),
		}, nil
	case !slices.ContainsFunc(b.a.Populations, complete):
		return &schema.Text{
			Zh: fmt.Sprintf("%s没有收录完整的名录，未见企业的环节一律为不明。如有规上企业等完整名录，可导入并声明口径与收全的地区", name),
			En: fmt.Sprintf("%s has no complete list, so that links without a company are unknown. If you have a complete list, such as of companies above designated size, load it with its population and where it is complete", name),
		}, load
	}
	return &schema.Text{
		Zh: fmt.Sprintf("%s只有上市公司或限定产业的名录收录完整。如有规上企业等完整名录，可导入并声明口径与收全的地区", name),
		En: fmt.Sprintf("%s: only listed companies or lists of some industries are complete. If you have a complete list, such as of companies above designated size, load it with its population and where it is complete", name),
	}, load
}

// names joins the names of at most six regions and counts the others.
func (b *board) names(regions []projection.Vertex, comma string) string {
	var names []string
	for i, r := range regions {
		if i == 6 {
			names = append(names, fmt.Sprintf("+%d", len(regions)-i))
			break
		}
		names = append(names, b.p.Caption(r))
	}
	return strings.Join(names, comma)
}
