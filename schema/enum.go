package schema

import (
	"slices"
	"strings"

	"liantu/message"
)

// parseEnum finds the value whose name, label or alias the text is.
func (p *Property) parseEnum(text string) (any, error) {
	if v := p.Value(text); v != nil {
		return v.Name, nil
	}
	wanted := NormalName(text)
	if wanted != "" {
		if p.byWord != nil {
			if name, ok := p.byWord[wanted]; ok {
				return name, nil
			}
		} else if name, ok := p.words()[wanted]; ok {
			return name, nil
		}
	}
	return nil, invalid(TypeEnum, text, "%s takes one of %s", p.Name, p.choices())
}

// words maps each accepted spelling of an enum value, normalised, to the value.
func (p *Property) words() map[string]string {
	words := map[string]string{}
	for i := len(p.Values) - 1; i >= 0; i-- {
		v := p.Values[i]
		for _, word := range append([]string{v.Name, v.Label.Zh, v.Label.En}, v.Aliases...) {
			words[NormalName(word)] = v.Name
		}
	}
	return words
}

func (p *Property) choices() message.List {
	var list message.List
	for _, v := range p.Values {
		list = append(list, strings.TrimSpace(v.Name+" "+v.Label.Zh))
	}
	return list
}

func (p *Property) validEnum(name string) error {
	if !slices.ContainsFunc(p.Values, func(v EnumValue) bool { return v.Name == name }) {
		return invalid(TypeEnum, name, "%s takes one of %s", p.Name, p.choices())
	}
	return nil
}

// Value returns the enum value with the given name, or nil.
func (p *Property) Value(name string) *EnumValue {
	for i := range p.Values {
		if p.Values[i].Name == name {
			return &p.Values[i]
		}
	}
	return nil
}
