package projection

import (
	"sort"
	"strings"
)

// Level is the level of a region in GB/T 2260.
type Level int

// The levels, from the country down. A municipality (直辖市) such as Beijing is
// a province, its districts are counties, and it has no cities.
const (
	LevelCountry Level = iota
	LevelProvince
	LevelCity
	LevelCounty
)

// Country is the code of the whole country, 全国.
const Country = "100000"

// AreaCode returns the code of the area of a region code: 110100 (市辖区 of
// Beijing) is the same area as 110000, and likewise for Tianjin, Shanghai and
// Chongqing. Other codes are returned as they are.
func AreaCode(code string) string {
	if len(code) == 6 && code[2:] == "0100" {
		switch code[:2] {
		case "11", "12", "31", "50":
			return code[:2] + "0000"
		}
	}
	return code
}

// LevelOf returns the level of a six-digit code.
func LevelOf(code string) Level {
	code = AreaCode(code)
	switch {
	case code == Country || len(code) != 6:
		return LevelCountry
	case strings.HasSuffix(code, "0000"):
		return LevelProvince
	case strings.HasSuffix(code, "00"):
		return LevelCity
	}
	return LevelCounty
}

// prefix returns the digits that the codes of a region and all below it share.
func prefix(code string) string {
	code = AreaCode(code)
	return code[:min(len(code), 2*int(LevelOf(code)))]
}

// Within reports whether the area of the code inner is that of outer or lies
// in it.
func Within(inner, outer string) bool {
	return strings.HasPrefix(AreaCode(inner), prefix(outer)) || LevelOf(outer) == LevelCountry
}

// above returns the codes of the areas that contain the one of code, the nearest
// first, ending with the country. A county that belongs to no city, such as one
// directly under a province, may have a code of the city level listed too,
// whether or not such a region exists.
func above(code string) []string {
	code = AreaCode(code)
	var codes []string
	switch LevelOf(code) {
	case LevelCounty:
		if city := AreaCode(code[:4] + "00"); LevelOf(city) == LevelCity {
			codes = append(codes, city)
		}
		codes = append(codes, code[:2]+"0000", Country)
	case LevelCity:
		codes = append(codes, code[:2]+"0000", Country)
	case LevelProvince:
		codes = append(codes, Country)
	}
	return codes
}

// regions are the columns of the region vertices.
type regions struct {
	first  Vertex
	code   []string // area codes
	byCode map[string]Vertex
	level  []Level
	parent []Vertex
}

func newRegions(p *Projection) regions {
	first, end := p.Range(Region)
	n := int(end - first)
	r := regions{
		first: first, code: make([]string, n), byCode: make(map[string]Vertex, n),
		level: make([]Level, n), parent: make([]Vertex, n),
	}
	for i := range n {
		code := p.Code(first + Vertex(i))
		r.code[i] = AreaCode(code)
		r.level[i] = LevelOf(code)
		if _, taken := r.byCode[r.code[i]]; !taken || r.code[i] == code {
			r.byCode[r.code[i]] = first + Vertex(i)
		}
	}
	for i := range n {
		r.parent[i] = None
		for _, code := range above(r.code[i]) {
			if v, ok := r.byCode[code]; ok {
				r.parent[i] = v
				break
			}
		}
	}
	return r
}

// RegionByCode returns the region of a GB/T 2260 code, or [None]. 110100
// gives the region 110000.
func (p *Projection) RegionByCode(code string) Vertex {
	if v, ok := p.regions.byCode[AreaCode(code)]; ok {
		return v
	}
	return None
}

// AreaOf returns the area code of a region; see [AreaCode].
func (p *Projection) AreaOf(region Vertex) string { return p.regions.code[region-p.regions.first] }

// LevelOfRegion returns the level of a region.
func (p *Projection) LevelOfRegion(region Vertex) Level {
	return p.regions.level[region-p.regions.first]
}

// ParentRegion returns the nearest region that contains the given one, and
// [None] for the topmost.
func (p *Projection) ParentRegion(region Vertex) Vertex {
	return p.regions.parent[region-p.regions.first]
}

// Above returns the area codes that contain a region, the nearest first and the
// country last. There may be no region with such a code in the projection.
func (p *Projection) Above(region Vertex) []string { return above(p.AreaOf(region)) }

// ChildRegions returns the regions whose parent is the given one, in
// ascending order.
func (p *Projection) ChildRegions(region Vertex) []Vertex {
	var children []Vertex
	for i, parent := range p.regions.parent {
		if parent == region {
			children = append(children, p.regions.first+Vertex(i))
		}
	}
	return children
}

// RegionsAt returns the regions of a level that lie in the area of a code, in
// ascending order. A region whose area has the code of another region (110100) is
// left out.
func (p *Projection) RegionsAt(level Level, within string) []Vertex {
	var found []Vertex
	for i, code := range p.regions.code {
		v := p.regions.first + Vertex(i)
		if p.regions.level[i] == level && p.regions.byCode[code] == v && Within(code, within) {
			found = append(found, v)
		}
	}
	return found
}

// CompaniesIn returns the companies placed in the area of a region code or below
// it, active or not, as first <= v < end. For the country these are all companies, also those
// without any place.
func (p *Projection) CompaniesIn(code string) (first, end Vertex) {
	c := &p.companies
	if LevelOf(code) == LevelCountry {
		return c.first, c.first + Vertex(len(c.place))
	}
	pre := prefix(code)
	lo := sort.SearchStrings(c.place, pre)
	hi := lo + sort.Search(len(c.place)-lo, func(i int) bool { return !strings.HasPrefix(c.place[lo+i], pre) })
	return c.first + Vertex(lo), c.first + Vertex(hi)
}

// CompaniesAt returns the companies placed exactly at the area of a region code,
// for which no deeper place is known. For the country these are the companies
// without any place.
func (p *Projection) CompaniesAt(code string) (first, end Vertex) {
	c := &p.companies
	code = AreaCode(code)
	lo := sort.SearchStrings(c.place, code)
	hi := lo + sort.Search(len(c.place)-lo, func(i int) bool { return c.place[lo+i] != code })
	return c.first + Vertex(lo), c.first + Vertex(hi)
}

// ActiveIn returns how many active companies are placed in the area of a region code
// or below it.
func (p *Projection) ActiveIn(code string) int { return p.PlacedBelow(code, LevelCountry) }

// PlacedBelow returns how many active companies placed in the area of a region code
// have a place of the given level or a deeper one.
func (p *Projection) PlacedBelow(code string, level Level) int {
	first, end := p.CompaniesIn(code)
	deep := p.companies.deep[level]
	return int(deep[end-p.companies.first] - deep[first-p.companies.first])
}

// AreasFrom returns the codes of the areas of the regions that current edges of a kind lead
// to from a vertex, in the order of these edges.
func (p *Projection) AreasFrom(kind string, v Vertex) []string {
	var codes []string
	arcs := p.Out(kind, v)
	for i, region := range arcs.Others {
		if p.Kind(region) == Region && p.Current(kind, arcs.Edges[i]) {
			codes = append(codes, p.AreaOf(region))
		}
	}
	return codes
}
