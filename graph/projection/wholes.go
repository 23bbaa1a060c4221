package projection

// WholesOf returns for every link, by its number within its kind, the chains that it is part
// of and their ecosystems, each once; made once.
func (p *Projection) WholesOf() [][]Vertex {
	type key struct{}
	return p.Memo(key{}, func() any {
		first, end := p.Range(Link)
		groups := make([][]Vertex, end-first)
		for link := first; link < end; link++ {
			seen := map[Vertex]bool{}
			for _, chain := range p.ChainsOf(link) {
				for _, scope := range append([]Vertex{chain}, p.EcosystemsOf(chain)...) {
					if !seen[scope] {
						seen[scope] = true
						groups[link-first] = append(groups[link-first], scope)
					}
				}
			}
		}
		return groups
	}).([][]Vertex)
}
