package place

// Unnamed returns the items of a text that name no link strongly.
func (p *Placer) Unnamed(text string) []string {
	var out []string
	for _, it := range cut(text, Business, p.known) {
		strong := p.known(it.Whole) || p.known(it.Thing)
		for _, m := range p.find(&it) {
			strong = strong || m.How >= Stem
		}
		if !strong {
			out = append(out, it.Thing)
		}
	}
	return out
}
