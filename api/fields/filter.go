package fields

import (
	"strings"

	"github.com/graphql-go/graphql"

	"liantu/api/fault"
	"liantu/schema"
)

// A criterion is one member of the filter of a kind of node: the type that it is given
// in, and the condition that a given value sets.
type criterion struct {
	member      string
	is          graphql.Input
	description string
	property    *schema.Property
	condition   func(given any) condition
}

// open reports whether nodes of a kind may be filtered and ordered by a property. Every
// role must see both, so that no list shows by its members, its number or its order
// what its caller may not see.
func open(k *schema.Kind, p *schema.Property) bool {
	return k.Sensitivity == schema.Public && p.Sensitivity == schema.Public && p.Name != "synthetic"
}

// criteriaOf are the members of the filter of a kind, none where nothing of it is public.
// Lists and what only leads elsewhere, such as addresses on the web, have none.
func (b *Builder) criteriaOf(k *schema.Kind) (all []criterion) {
	for _, p := range k.Properties {
		if !open(k, p) {
			continue
		}
		is, name := b.PropertyType(k, p).(graphql.Input), LowerCamel(p.Name)
		add := func(member string, t graphql.Input, how schema.Text, set func(any) condition) {
			about := Both(Capital(p.Label.En)+": "+how.En, p.Label.Zh+"："+how.Zh)
			all = append(all, criterion{member, t, about, p, set})
		}
		switch p.Type {
		case schema.TypeInt, schema.TypeFloat, schema.TypeMoney, schema.TypePercent:
			add("min"+Capital(name), is, schema.Text{En: "at least this; never those of which it is not known.", Zh: "不低于此值；不掌握的一律不列入。"}, atLeast)
			add("max"+Capital(name), is, schema.Text{En: "at most this; never those of which it is not known.", Zh: "不高于此值；不掌握的一律不列入。"}, atMost)
		case schema.TypeDate:
			add(name+"From", is, schema.Text{En: "on this day, in this month or year, or later; never those of which it is not known.", Zh: "自此日（月、年）起；不掌握的一律不列入。"}, notBefore)
			add(name+"To", is, schema.Text{En: "on this day, in this month or year, or earlier; never those of which it is not known.", Zh: "至此日（月、年）止；不掌握的一律不列入。"}, notAfter)
		case schema.TypeBool:
			add(name, is, schema.Text{En: "whether it is so; never those of which it is not known.", Zh: "是或否；不掌握的一律不列入。"}, equal)
		case schema.TypeEnum, schema.TypeText, schema.TypeCode, schema.TypeUSCC, schema.TypeStockCode, schema.TypeLEI, schema.TypeRegion:
			add(name, graphql.NewList(Required(is)), schema.Text{En: "exactly one of these.", Zh: "与所列之一完全相同。"}, among)
		}
	}
	return all
}

// filterType makes the input object of some criteria.
func (b *Builder) filterType(k *schema.Kind, criteria []criterion) *graphql.InputObject {
	members := graphql.InputObjectConfigFieldMap{}
	for _, c := range criteria {
		if members[c.member] != nil {
			b.Fault("kind %q: the filter has %q twice", k.Name, c.member)
		}
		members[c.member] = &graphql.InputObjectFieldConfig{Type: c.is, Description: c.description}
	}
	name := typeName(k) + "Filter"
	if b.taken(name) {
		b.Fault("graphql type %q is declared twice", name)
	}
	return graphql.NewInputObject(graphql.InputObjectConfig{
		Name: name, Fields: members,
		Description: Both("Which "+strings.ToLower(k.Plural.En)+" are listed: those that meet every member. One of which a value is not known is left out, and counted in unknown where nothing else rules it out.",
			"列出哪些"+k.Plural.Zh+"：须满足所填的各项。有关信息不掌握的不列入，仅因此落选的计入 unknown。"),
	})
}

// filterMember is the member of NodeFilter for a kind: TaskForce is called taskForce.
func filterMember(k *schema.Kind) string { return strings.ToLower(k.Name[:1]) + k.Name[1:] }

// nodeFilter makes NodeFilter, which has the filter of each kind that has one.
func (b *Builder) nodeFilter() *graphql.InputObject {
	members := graphql.InputObjectConfigFieldMap{}
	for _, k := range b.Model.Nodes {
		if f := b.filters[k.Name]; f != nil {
			members[filterMember(k)] = &graphql.InputObjectFieldConfig{
				Type: f.input, Description: Both("Which "+strings.ToLower(k.Plural.En)+"; only where these are listed.", "筛选"+k.Plural.Zh+"，仅用于该类节点。"),
			}
		}
	}
	return graphql.NewInputObject(graphql.InputObjectConfig{
		Name: "NodeFilter", Fields: members,
		Description: Both("The filter of the kind that is listed; kinds that not every role may know of have none.", "所列类别的筛选条件；并非人人可知的类别不可筛选。"),
	})
}

// filter is the filter of a kind.
type filter struct {
	input    *graphql.InputObject
	criteria []criterion
}

// makeFilters makes the filters of all kinds that may be filtered.
func (b *Builder) makeFilters() {
	for _, k := range b.Model.Nodes {
		if criteria := b.criteriaOf(k); len(criteria) > 0 {
			b.filters[k.Name] = &filter{b.filterType(k, criteria), criteria}
		}
	}
}

// conditions are those that a filter sets as it was given; null sets none.
func (f *filter) conditions(given map[string]any) (all []condition) {
	for _, c := range f.criteria {
		if value := given[c.member]; value != nil {
			set := c.condition(value)
			set.property = c.property.Name
			all = append(all, set)
		}
	}
	return all
}

// memberFor returns the filter that NodeFilter was given for a kind. Another member than
// that of the kind is refused, since it would silently filter nothing.
func (b *Builder) memberFor(k *schema.Kind, given map[string]any) (map[string]any, error) {
	for _, name := range sortedKeys(given) {
		switch {
		case given[name] == nil:
		case b.filters[k.Name] == nil:
			return nil, fault.Refuse(fault.CodeInput, "nodes of kind %s cannot be filtered: not every role may know of them", k.Name)
		case name != filterMember(k):
			return nil, fault.Refuse(fault.CodeInput, "filter: %q does not filter nodes of kind %s; use %q", name, k.Name, filterMember(k))
		}
	}
	member, _ := given[filterMember(k)].(map[string]any)
	return member, nil
}
