package schema

// Find returns the property that a column head means: its name, a label in
// either language or an alias, whatever the case, width, blanks and
// punctuation. The head of a money or number column may end in a unit, as in
// 注册资本（万元）; see [HeaderUnit]. It returns nil for a head that means no
// property of the kind; the columns of [Model.Row] are not considered.
func (k *Kind) Find(head string) *Property {
	heads := k.heads
	if heads == nil {
		heads = k.headMap()
	}
	if p := heads[NormalName(head)]; p != nil {
		return p
	}
	if name, _, ok := HeaderUnit(head); ok {
		if p := heads[NormalName(name)]; p != nil && p.Type == TypeMoney {
			return p
		}
	}
	return nil
}

// FindRow returns the column of [Model.Row] that a head means, or nil.
func (m *Model) FindRow(head string) *Property {
	wanted := NormalName(head)
	for _, p := range m.Row {
		for _, h := range p.Heads() {
			if NormalName(h) == wanted {
				return p
			}
		}
	}
	return nil
}

// Heads returns every column head that means the property: its name, its
// labels and its aliases, in this order.
func (p *Property) Heads() []string {
	return append([]string{p.Name, p.Label.Zh, p.Label.En}, p.Aliases...)
}

func (k *Kind) headMap() map[string]*Property {
	heads := map[string]*Property{}
	for i := len(k.Properties) - 1; i >= 0; i-- {
		p := k.Properties[i]
		for _, head := range p.Heads() {
			heads[NormalName(head)] = p
		}
	}
	delete(heads, "")
	return heads
}

// propertyMap indexes the properties by name; where two share a name, which
// [Model.Check] reports, the first counts.
func (k *Kind) propertyMap() map[string]*Property {
	properties := make(map[string]*Property, len(k.Properties))
	for _, p := range k.Properties {
		if properties[p.Name] == nil {
			properties[p.Name] = p
		}
	}
	return properties
}
