// Package canaries makes elements with values that occur nowhere else, for the tests
// which search what leaves the program for what a caller may not see. Only tests import
// it.
package canaries

import (
	"fmt"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/schema"
)

// Canary is a value that occurs only in one property of one element of [Plant], so
// that a text that holds it shows where it is from.
type Canary struct {
	Text        string
	Of          string // the property, as in Person.phone
	Sensitivity schema.Sensitivity
	Local       bool // the element is in Hangzhou
	Own         bool // the element is the intermediary own-agency, or an edge of it
	Lost        bool // a better source states another value
	// Consents are the states of [Consents] of the persons of whom the element speaks, ""
	// for one who was never asked.
	Consents []string
}

// Consents are the states of consent of which [Plant] has persons; LAPSED was given and
// has ended.
var Consents = []string{"GIVEN", "NOT_ASKED", "REFUSED", "WITHDRAWN", "LAPSED"}

// planter makes elements with canaries.
type planter struct {
	batch    graph.Batch
	canaries []Canary
	keys     map[string][2]graph.Key
	unlisted [2]graph.Key // persons without a code
}

// canaryRegions are in Hangzhou and far from it.
var canaryRegions = [2]string{"330106", "320505"}

// The second source states other values, so that sources differ in all of them.
var canaryRumour = graph.Provenance{Source: "rumour", AsOf: "2020", Grade: graph.GradeD}

var canarySource = graph.Provenance{Source: "register", AsOf: "2024-12-31", Grade: graph.GradeA}

// Plant returns a batch with two elements of every kind of the schema, one in
// Hangzhou and one far away, of which every property that is not public holds a canary
// where its type allows one, and another one by a second source. They are called by their kind, as in person-0 and
// link-1, the intermediaries own-agency and other-agency. Two persons more have no code,
// and only personal values identify them; two of each state of [Consents], as GIVEN-0, work
// at a company and know a person who was never asked.
func Plant() (graph.Batch, []Canary) {
	w := &planter{keys: map[string][2]graph.Key{}}
	for code, name := range map[string]string{
		"100000": "全国", "330000": "浙江省", "330100": "杭州市", "330106": "西湖区", "320000": "江苏省", "320500": "苏州市", "320505": "虎丘区",
	} {
		w.node("Region", map[string]any{"code": code, "name": name})
	}
	for _, k := range schema.Default().Nodes {
		if k.Name == "Region" || k.Name == "Source" {
			continue
		}
		var pair [2]graph.Key
		for i := range pair {
			props := w.values(k, i == 0, k.Name == "Intermediary" && i == 0, unasked(k.Name)...)
			identifyOpenly(k, props, i)
			pair[i] = w.node(k.Name, props)
		}
		w.keys[k.Name] = pair
	}
	person := schema.Default().Node("Person")
	for i := range w.unlisted {
		w.unlisted[i] = w.node(person.Name, w.values(person, i == 0, false, unasked(person.Name)...))
	}
	for _, k := range schema.Default().Edges {
		for i := range canaryRegions {
			w.edges(k, i)
		}
	}
	w.persons()
	return w.batch, w.canaries
}

// persons plants those of every state of consent.
func (w *planter) persons() {
	person := schema.Default().Node("Person")
	for _, consent := range Consents {
		for i := range canaryRegions {
			props := w.values(person, i == 0, false, consent)
			props["code"], props["consent"] = fmt.Sprintf("%s-%d", consent, i), consent
			delete(props, "consent_until")
			if consent == "LAPSED" {
				props["consent"], props["consent_until"] = "GIVEN", "2020"
			}
			key := w.node(person.Name, props)
			for kind, end := range map[string]graph.Key{
				"NATIVE_OF": w.ends("Region", i)[0], "WORKS_AT": w.keys["Company"][i], "KNOWS": w.keys["Person"][i],
			} {
				w.edge(schema.Default().EdgeKind(kind), key, end, i == 0, false, append([]string{consent}, unasked(end.Kind())...))
			}
		}
	}
}

// unasked is the consent of those of the kinds that are persons.
func unasked(kinds ...string) (consents []string) {
	for _, kind := range kinds {
		if kind == "Person" {
			consents = append(consents, "")
		}
	}
	return consents
}

func (w *planter) node(name string, props map[string]any) graph.Key {
	kind := schema.Default().Node(name)
	d := graph.NodeDraft{Kind: name, Keys: graph.KeysOf(kind, props), Facts: w.facts(kind, props)}
	w.batch.Nodes = append(w.batch.Nodes, d)
	return d.Keys[0]
}

// facts states that an element exists and has properties, and what the second source
// states of those that hold canaries.
func (w *planter) facts(k *schema.Kind, props map[string]any) []graph.Fact {
	facts := []graph.Fact{{Provenance: canarySource}}
	for _, p := range k.Properties {
		value, ok := props[p.Name]
		if !ok {
			continue
		}
		facts = append(facts, graph.Fact{Property: p.Name, Value: value, Provenance: canarySource})
		i := slices.IndexFunc(w.canaries, func(c Canary) bool { return c.Text == textOf(value) })
		if i < 0 || slices.Contains(k.Key, p.Name) {
			continue
		}
		other, text := canaryValue(p, 100+len(w.canaries))
		c := w.canaries[i]
		c.Text, c.Lost = text, true
		w.canaries = append(w.canaries, c)
		facts = append(facts, graph.Fact{Property: p.Name, Value: other, Provenance: canaryRumour})
	}
	return facts
}

// textOf is the text by which a value is recognised.
func textOf(value any) string {
	switch value := value.(type) {
	case []string:
		return value[0]
	case float64:
		if value > 1 {
			return fmt.Sprint(int(value))
		}
	}
	return fmt.Sprint(value)
}

// edges joins the elements of one of the two places by a kind in every way it allows.
func (w *planter) edges(k *schema.Kind, i int) {
	for _, from := range k.Edge.From {
		for _, to := range k.Edge.To {
			if !k.Joins(from, to) || from == "Region" || from == "Source" || to == "Source" {
				continue
			}
			for _, start := range w.ends(from, i) {
				for _, end := range w.ends(to, i) {
					w.edge(k, start, end, i == 0, i == 0 && (from == "Intermediary" || to == "Intermediary"), unasked(from, to))
				}
			}
		}
	}
}

func (w *planter) edge(k *schema.Kind, from, to graph.Key, local, own bool, consents []string) {
	props := w.values(k, local, own, consents...)
	w.batch.Edges = append(w.batch.Edges, graph.EdgeDraft{
		Kind: k.Name, From: from, To: to, Discriminator: graph.Discriminator(k, props), Facts: w.facts(k, props),
	})
}

// ends are the nodes of a kind at one of the two places.
func (w *planter) ends(kind string, i int) []graph.Key {
	switch kind {
	case "Region":
		return []graph.Key{graph.NewKey("Region", []string{"code"}, []string{canaryRegions[i]})}
	case "Person":
		return []graph.Key{w.keys[kind][i], w.unlisted[i]}
	}
	return []graph.Key{w.keys[kind][i]}
}

// identifyOpenly sets the public values by which a node is found.
func identifyOpenly(k *schema.Kind, props map[string]any, i int) {
	names := [2]string{"own-agency", "other-agency"}
	for _, name := range []string{"code", "name"} {
		if p := k.Property(name); p != nil && p.Sensitivity == schema.Public {
			props[name] = strings.ToLower(k.Name) + fmt.Sprint("-", i)
			if k.Name == "Intermediary" {
				props[name] = names[i]
			}
		}
	}
	if _, ok := props["name"]; !ok && props["code"] == nil {
		for _, name := range k.Identify[0] {
			props[name] = strings.ToLower(k.Name) + fmt.Sprint("-", i, name)
			if p := k.Property(name); p.Type == schema.TypeEnum {
				props[name] = p.Values[0].Name
			}
		}
	}
	if k.Name == "Company" {
		props["stock_code"] = fmt.Sprintf("6888%02d.SH", 10+i)
	}
}

// values sets canaries in the properties of a kind that are not public.
func (w *planter) values(k *schema.Kind, local, own bool, consents ...string) map[string]any {
	props := map[string]any{}
	for _, p := range k.Properties {
		if p.Sensitivity == schema.Public {
			continue
		}
		value, text := canaryValue(p, 100+len(w.canaries))
		if text == "" {
			continue // an enum or a region has no value of its own
		}
		props[p.Name] = value
		w.canaries = append(w.canaries, Canary{text, k.Name + "." + p.Name, p.Sensitivity, local, own, false, consents})
	}
	return props
}

// canaryValue is the value with a number for a property, and the text that shows it.
func canaryValue(p *schema.Property, n int) (value any, text string) {
	switch p.Type {
	case schema.TypeText, schema.TypeCode:
		text = fmt.Sprintf("鹂%dcanary%s", n, p.Name)
		return text, text
	case schema.TypeTexts:
		text = fmt.Sprintf("鹂%dcanaries", n)
		return []string{text}, text
	case schema.TypePhone:
		text = fmt.Sprintf("1990%07d", 1234000+n)
		return text, text
	case schema.TypeEmail:
		text = fmt.Sprintf("canary%d@example.org", n)
		return text, text
	case schema.TypeInt:
		return int64(974000 + n), fmt.Sprint(974000 + n)
	case schema.TypeFloat, schema.TypeMoney:
		return float64(974000+n) + 0.25, fmt.Sprint(974000 + n)
	case schema.TypePercent:
		value := float64(n)/1e6 + 0.0974
		return value, fmt.Sprint(value)
	case schema.TypeDate:
		text = fmt.Sprintf("20%02d-%02d-%02d", 40+n/28/12%50, 1+n/28%12, 1+n%28)
		return text, text
	}
	return nil, ""
}
