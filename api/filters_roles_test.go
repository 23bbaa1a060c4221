package api_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"liantu/access"
	"liantu/api"
	"liantu/api/engine"
	"liantu/schema"
)

// filterMembers are the members that a filter has for a property, by its type.
func filterMembers(p *schema.Property) []string {
	words := strings.Split(p.Name, "_")
	for i, w := range words[1:] {
		words[i+1] = strings.ToUpper(w[:1]) + w[1:]
	}
	name := strings.Join(words, "")
	capital := strings.ToUpper(name[:1]) + name[1:]
	switch p.Type {
	case schema.TypeInt, schema.TypeFloat, schema.TypeMoney, schema.TypePercent:
		return []string{"min" + capital, "max" + capital}
	case schema.TypeDate:
		return []string{name + "From", name + "To"}
	case schema.TypeURL, schema.TypePhone, schema.TypeEmail, schema.TypeTexts, schema.TypeRegions:
		return nil
	}
	return []string{name}
}

// membersOf lists the fields of an input object or the values of an enum.
func membersOf(def *ast.Definition) (names []string) {
	if def == nil {
		return nil
	}
	for _, f := range def.Fields {
		names = append(names, f.Name)
	}
	for _, v := range def.EnumValues {
		names = append(names, v.Name)
	}
	slices.Sort(names)
	return names
}

// TestFiltersHaveOnlyWhatEveryRoleSees compares the filters and orders of the interface with
// the model: of every kind that each role may know of they have each property that each role
// is shown as it is, whatever its files add, and nothing else.
func TestFiltersHaveOnlyWhatEveryRoleSees(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	types := api.SchemaOf(s).Types
	shownToAll := func(kind, field string) bool {
		return !slices.ContainsFunc(who, func(id *access.Identity) bool { return api.Treat(s, id, "", kind, field) != engine.Show })
	}
	kinds := map[string]bool{}
	for _, k := range schema.Default().Nodes {
		var want, order []string
		for _, p := range k.Properties {
			if p.Name == "synthetic" || k.Sensitivity != schema.Public {
				continue
			}
			words := strings.Split(p.Name, "_")
			field := words[0]
			for _, w := range words[1:] {
				field += strings.ToUpper(w[:1]) + w[1:]
			}
			if members := filterMembers(p); shownToAll(k.Name, field) && len(members) > 0 {
				want, order = append(want, members...), append(order, strings.ToUpper(p.Name))
			}
		}
		slices.Sort(want)
		slices.Sort(order)
		if got := membersOf(types[k.Name+"Filter"]); !slices.Equal(got, want) {
			t.Errorf("%sFilter has %v, want %v", k.Name, got, want)
		}
		if len(want) > 0 {
			kinds[strings.ToLower(k.Name[:1])+k.Name[1:]] = true
		}
		if got := membersOf(types[k.Name+"OrderField"]); k.Name == "Company" && !slices.Equal(got, order) {
			t.Errorf("%sOrderField has %v, want %v", k.Name, got, order)
		}
	}
	if got, want := membersOf(types["NodeFilter"]), slices.Sorted(maps.Keys(kinds)); !slices.Equal(got, want) {
		t.Errorf("NodeFilter has %v, want %v", got, want)
	}
	for _, secret := range []string{"person", "project", "taskForce"} {
		if kinds[secret] {
			t.Errorf("%s can be filtered", secret)
		}
	}
}

// TestOrdersShowNothing asks every role for nodes in every order: what it may not know of is
// refused as without one, and the count of persons stays as it is.
func TestOrdersShowNothing(t *testing.T) {
	s := newServer(t, plant(t).world, roomy)
	for _, id := range who {
		for _, kind := range []string{"Person", "Project", "TaskForce", "Intermediary", "Company"} {
			plain := ask(t, s, api.Request{Identity: id, Query: `{ nodes(kind: ` + kind + `) { totalCount } }`})
			byID := ask(t, s, api.Request{Identity: id, Query: `{ nodes(kind: ` + kind + `, orderBy: {field: ID}) { totalCount } }`})
			if firstCode(plain) != firstCode(byID) {
				t.Errorf("%s, %s: %q without an order, %q by id", id.Role, kind, firstCode(plain), firstCode(byID))
			}
			if firstCode(plain) == "" && at(t, plain, "data", "nodes", "totalCount") != at(t, byID, "data", "nodes", "totalCount") {
				t.Errorf("%s, %s: another number with an order", id.Role, kind)
			}
			for _, by := range []string{"CODE", "NAME"} {
				ordered := firstCode(ask(t, s, api.Request{Identity: id, Query: `{ nodes(kind: ` + kind + `, orderBy: {field: ` + by + `}) { totalCount } }`}))
				private := slices.Contains([]string{"Person", "Project", "TaskForce"}, kind)
				if want := firstCode(plain); ordered != want && (ordered != "BAD_INPUT" || !private) || ordered == "" && private {
					t.Errorf("%s: %s by %s: %q", id.Role, kind, by, ordered)
				}
			}
		}
	}
}

// TestFiltersTakeNothingPersonal gives filters and orders the names of values that are not
// for every role.
func TestFiltersTakeNothingPersonal(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	for _, arguments := range []string{
		`filter: {company: {phone: ["057188886666"]}}`, `filter: {company: {contactName: ["王小明"]}}`, `filter: {person: {name: ["王小明"]}}`,
		`filter: {project: {minInvestment: 1}}`, `filter: {link: {judgedBy: ["x"]}}`, `orderBy: {field: PHONE}`,
	} {
		answer := ask(t, s, api.Request{Query: `{ nodes(kind: Company, ` + arguments + `) { totalCount } }`})
		if code := firstCode(answer); code != "VALIDATION_FAILED" && code != "BAD_INPUT" || answer["data"] != nil {
			t.Errorf("%s: %v", arguments, answer)
		}
	}
}
