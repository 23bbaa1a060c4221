package area

import (
	"slices"
	"strings"

	"liantu/graph/projection"
	"liantu/schema"
)

// declaration is what a Source states about whom it holds.
type declaration struct {
	source     string // its name
	areas      []string
	completeOn string // the last day, "" if none is stated
	date       string // as of which it holds its areas
	placement  bool
}

// covers reports whether the area of a code, or one that it lies in, is declared.
func (d *declaration) covers(code string) bool {
	return slices.ContainsFunc(d.areas, func(outer string) bool { return projection.Within(code, outer) })
}

// declared reads the declarations of all sources, as the frames that they belong to.
func declared(p *projection.Projection) []*Frame {
	byKey := map[string]*Frame{}
	var frames []*Frame
	first, end := p.Range(projection.Source)
	for v := first; v < end; v++ {
		d, population, scope := read(p, v)
		if d == nil {
			continue
		}
		key := string(population) + " " + codesOf(p, scope)
		f := byKey[key]
		if f == nil {
			f = newFrame(p, population, scope)
			byKey[key] = f
			frames = append(frames, f)
		}
		if d.placement {
			f.placements = append(f.placements, d)
		} else {
			f.lists = append(f.lists, d)
		}
	}
	return frames
}

// read returns the declaration of a source with its population and scope, nil if it
// makes none or a void one.
func read(p *projection.Projection, source projection.Vertex) (d *declaration, population Population, scope []projection.Vertex) {
	population = Population(p.Text(source, "population"))
	if !slices.Contains(populations, population) {
		return nil, "", nil
	}
	d = &declaration{source: p.Text(source, "name")}
	for _, text := range texts(p, source, "complete_in") {
		region, err := p.Lookup(text, projection.Region)
		if err != nil {
			return nil, "", nil
		}
		d.areas = append(d.areas, p.AreaOf(region))
	}
	if len(d.areas) == 0 {
		return nil, "", nil
	}
	scope, err := LookupAll(p, texts(p, source, "scope"), projection.Ecosystem, projection.Chain, projection.Link)
	if err != nil {
		return nil, "", nil
	}
	value, _ := p.Value(source, "is_placement")
	d.placement, _ = value.(bool)
	if on := p.Text(source, "complete_on"); on != "" {
		d.completeOn = schema.LastDay(on)
		d.date = d.completeOn
	} else if on := p.Text(source, "data_date"); on != "" {
		d.date = schema.LastDay(on)
	} else {
		d.date = p.AsOf()
	}
	if p.Past() { // what a list says of later days is not known yet
		d.date = min(d.date, p.AsOf())
	}
	return d, population, scope
}

// texts returns the members of a property that is a set of texts.
func texts(p *projection.Projection, v projection.Vertex, property string) []string {
	value, _ := p.Value(v, property)
	list, _ := value.([]string)
	return list
}

// codesOf joins the codes of some vertices, ascending, by blanks.
func codesOf(p *projection.Projection, vertices []projection.Vertex) string {
	codes := make([]string, len(vertices))
	for i, v := range vertices {
		codes[i] = p.Code(v)
	}
	slices.Sort(codes)
	return strings.Join(codes, " ")
}
