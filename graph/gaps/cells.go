package gaps

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/shrinkage"
	"liantu/graph/tuning"
)

// cells are the counts of the members of a frame by region and link for one level of
// regions and one grade of evidence. They depend on no reference area.
type cells struct {
	regions    []projection.Vertex // of the level in which the frame is complete, ascending
	attributed []int               // A′ of each region
	rows       [][]cell            // by link: the regions with companies there
}

// cell is the number of companies of one region at one link.
type cell struct {
	region int32 // position in regions
	n      int32
}

// cellsOf returns the cells of a level, made once for a frame.
func cellsOf(p *projection.Projection, m *area.Members, level projection.Level) *cells {
	type key struct {
		members *area.Members
		level   projection.Level
	}
	return m.Frame.Memo(key{m, level}, func() any { return newCells(p, m, level) }).(*cells)
}

func newCells(p *projection.Projection, m *area.Members, level projection.Level) *cells {
	presence := m.Presence
	c := &cells{regions: slices.DeleteFunc(p.RegionsAt(level, projection.Country), func(region projection.Vertex) bool {
		_, complete := m.Frame.CompleteIn(p.AreaOf(region))
		return !complete
	})}
	firstCompany, endCompany := p.Range(projection.Company)
	regionOf := make([]int32, endCompany-firstCompany)
	for i := range regionOf {
		regionOf[i] = -1
	}
	c.attributed = make([]int, len(c.regions))
	for i, region := range c.regions {
		first, end := p.CompaniesIn(p.AreaOf(region))
		c.attributed[i] = presence.Attributed(first, end)
		for v := first; v < end; v++ {
			regionOf[v-firstCompany] = int32(i)
		}
	}
	first, end := p.Range(projection.Link)
	c.rows = make([][]cell, end-first)
	for link := first; link < end; link++ {
		var row []cell
		for _, company := range presence.At(link) {
			region := regionOf[company-firstCompany]
			switch {
			case region < 0:
			case len(row) > 0 && row[len(row)-1].region == region:
				row[len(row)-1].n++
			default:
				row = append(row, cell{region, 1})
			}
		}
		c.rows[link-first] = row
	}
	return c
}

// group distinguishes cells for the fit: cells with the same three numbers
// count as equal.
type group struct{ n, attributed, reference int }

// prior fits a to the cells of one depth of links.
func (c *cells) prior(ctx context.Context, links []int32, ref *reference, settings *tuning.Settings) (float64, error) {
	times := map[group]int{}
	regionsWith := map[int]int{} // A → how many regions
	for _, a := range c.attributed {
		if a > 0 {
			regionsWith[a]++
		}
	}
	for i, link := range links {
		if i%16 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		reference := ref.links[link].companies
		if reference == 0 {
			continue
		}
		for a, regions := range regionsWith {
			times[group{0, a, reference}] += regions
		}
		for _, cell := range c.rows[link] {
			a := c.attributed[cell.region]
			times[group{0, a, reference}]--
			times[group{int(cell.n), a, reference}]++
		}
	}
	groups := make([]group, 0, len(times))
	for g := range times {
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.attributed, b.attributed), cmp.Compare(a.reference, b.reference))
	})
	fitted := make([]shrinkage.Cell, len(groups))
	for i, g := range groups {
		share := float64(g.reference) / float64(ref.coverage.Attributed)
		fitted[i] = shrinkage.Cell{Companies: g.n, Expected: float64(g.attributed) * share, Times: times[g]}
	}
	return shrinkage.FitPrior(ctx, fitted, settings.PriorMin, settings.PriorMax)
}
