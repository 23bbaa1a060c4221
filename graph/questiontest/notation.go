package questiontest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"liantu/graph"
)

// Parse reads a graph in a notation for tests, one thing a line:
//
//	region 330100 杭州市 short_name=杭州
//	ecosystem aiot 智能物联
//	chain chip 集成电路 in aiot
//	link chip.design 设计 in chip declared_role=CORE position=UPSTREAM
//	feeds chip.design chip.fab
//	company 甲 at 330106 in chip.design chip.fab:D! employees=120 founded=2015
//	companies 乙 12 at 330200 in chip.fab
//	supplies 甲 乙3
//	project X1 首个项目 stage=TALKS
//	involves X1 甲 part=INVESTOR
//	may_operate_in 乙3 chip.design probability=0.4
//	source listed population=LISTED complete_in=100000 complete_on=2024-05
//	source roster population=REGISTERED complete_in=330100;330200 scope=chip
//	company 丙 at 330100 in chip.fab@roster chip.design@roster/2024-05:B placement=READ @listed
//	stated roster 2024-05 B
//
// The line "companies" makes so many companies alike, 乙1, 乙2 and so on.
// A link after "in" may carry a grade after a colon (the default is A) and a
// mark "!" for a leader; a place after "at" may carry a role after a colon
// (the default is REGISTERED), and a grade after another. Several links and
// places are separated by blanks. A property value has no blanks and is read as
// the schema says. Other nodes are those of [nodeKinds]; other edges are written
// like "supplies", with the name of their kind in lower case. What stands below
// a line "stated" is stated by that source as of that day with that grade. A word
// "@roster" or "@roster/2024-05" says of its line which source states it, and as of
// which day; behind a link or a place, before the colons, it says so of that one
// only. What several sources state is written several times. Empty
// lines and what follows a # are left out. An error names its line.
func Parse(text string) (graph.Batch, error) {
	n := &notation{Builder: NewBuilder(), keys: map[string]graph.Key{}}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if err := n.line(fields); err != nil {
			return graph.Batch{}, fmt.Errorf("line %d: %q: %w", i+1, strings.TrimSpace(line), err)
		}
	}
	return n.Batch(), nil
}

type notation struct {
	*Builder
	keys map[string]graph.Key // by code or company name
}

// nodeKinds are the words that begin the line of a node. After the word come
// its code and its name, or its name alone for the kinds of onlyName.
var nodeKinds = map[string]string{
	"region": "Region", "ecosystem": "Ecosystem", "chain": "Chain", "link": "Link", "company": "Company",
	"project": "Project", "person": "Person", "force": "TaskForce", "park": "Park", "intermediary": "Intermediary",
	"product": "Product", "source": "Source", "opportunity": "Opportunity", "patent": "Patent",
}

// onlyName holds the kinds that are declared by their name alone.
var onlyName = map[string]bool{"Company": true, "Intermediary": true, "Product": true, "Source": true}

func (n *notation) line(fields []string) error {
	word, rest := fields[0], fields[1:]
	switch {
	case len(rest) < 2 && !onlyName[nodeKinds[word]] || len(rest) < 1:
		return fmt.Errorf("too few words")
	case word == "stated":
		return n.stated(rest)
	}
	if at := slices.IndexFunc(rest, func(word string) bool { return strings.HasPrefix(word, "@") }); at >= 0 {
		return n.by(rest[at], func() error { return n.line(append(fields[:at+1:at+1], rest[at+1:]...)) })
	}
	switch {
	case nodeKinds[word] != "":
		return n.node(nodeKinds[word], rest)
	case word == "companies":
		return n.many(rest)
	case n.model.EdgeKind(strings.ToUpper(word)) != nil:
		return n.join(strings.ToUpper(word), rest)
	}
	return fmt.Errorf("unknown word %q", word)
}

// by adds something that the source behind an @ states; without one by the source
// of the line.
func (n *notation) by(text string, add func() error) (err error) {
	_, who, _ := strings.Cut(text, "@")
	source, day, _ := strings.Cut(who, "/")
	if who != "" && source == "" {
		return fmt.Errorf("no source in %q", text)
	}
	n.As(source, day, func() { err = add() })
	return err
}

// stated changes the provenance of the lines below.
func (n *notation) stated(rest []string) error {
	if len(rest) != 3 || !graph.Grade(rest[2]).Valid() {
		return fmt.Errorf("not a source, a date and a grade")
	}
	day, assumed := graph.SplitDate(rest[1])
	n.Provenance = graph.Provenance{Source: rest[0], AsOf: day, Grade: graph.Grade(rest[2]), Assumed: assumed}
	return nil
}

func (n *notation) join(kind string, rest []string) error {
	props := Props{}
	for _, word := range rest[2:] {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return fmt.Errorf("unexpected word %q", word)
		}
		if err := n.set(props, kind, name, value); err != nil {
			return err
		}
	}
	from, err := n.key(rest[0])
	if err != nil {
		return err
	}
	to, err := n.key(rest[1])
	if err != nil {
		return err
	}
	n.Edge(kind, from, to, props)
	return nil
}

// many makes companies alike.
func (n *notation) many(rest []string) error {
	count, err := strconv.Atoi(rest[1])
	if err != nil {
		return fmt.Errorf("number of companies: %w", err)
	}
	for i := range count {
		if err := n.node("Company", append([]string{fmt.Sprint(rest[0], i+1)}, rest[2:]...)); err != nil {
			return err
		}
	}
	return nil
}

// node reads a node with its places and links.
func (n *notation) node(kind string, rest []string) error {
	props := Props{"code": rest[0]}
	known := rest[1:]
	if onlyName[kind] {
		props = Props{"name": rest[0]}
	} else {
		props["name"] = rest[1]
		known = rest[2:]
	}
	lists := map[string][]string{}
	list := ""
	for _, word := range known {
		name, value, ok := strings.Cut(word, "=")
		switch {
		case ok:
			if err := n.set(props, kind, name, value); err != nil {
				return err
			}
		case word == "in" || word == "at":
			list = word
		case list != "":
			lists[list] = append(lists[list], word)
		default:
			return fmt.Errorf("unexpected word %q", word)
		}
	}
	key := n.Node(kind, props)
	n.keys[rest[0]] = key
	for _, place := range lists["at"] {
		if err := n.place(key, place); err != nil {
			return err
		}
	}
	for _, whole := range lists["in"] {
		if err := n.member(kind, key, whole); err != nil {
			return err
		}
	}
	return nil
}

func (n *notation) place(company graph.Key, text string) error {
	parts := strings.Split(text, ":")
	name, _, _ := strings.Cut(parts[0], "@")
	region, err := n.key(name)
	if err != nil {
		return err
	}
	role := "REGISTERED"
	if len(parts) > 1 {
		role = parts[1]
	}
	return n.graded(parts, 2, func() { n.Edge("LOCATED_IN", company, region, Props{"role": role}) })
}

func (n *notation) member(kind string, member graph.Key, text string) error {
	text, leads := strings.CutSuffix(text, "!")
	parts := strings.Split(text, ":")
	name, _, _ := strings.Cut(parts[0], "@")
	whole, err := n.key(name)
	if err != nil {
		return err
	}
	if kind != "Company" {
		return n.graded(parts[:1], 1, func() { n.Edge("PART_OF", member, whole, nil) })
	}
	props := Props{}
	if leads {
		props["leader"] = true
	}
	return n.graded(parts, 1, func() { n.Edge("OPERATES_IN", member, whole, props) })
}

// graded adds something with the grade that stands at a place in parts, stated by
// the source that the first part names.
func (n *notation) graded(parts []string, at int, add func()) error {
	usual := n.Provenance.Grade
	defer func() { n.Provenance.Grade = usual }()
	if len(parts) > at {
		n.Provenance.Grade = graph.Grade(parts[at])
		if !n.Provenance.Grade.Valid() {
			return fmt.Errorf("unknown grade %q", parts[at])
		}
	}
	return n.by(parts[0], func() error { add(); return nil })
}

func (n *notation) key(name string) (graph.Key, error) {
	if key, ok := n.keys[name]; ok {
		return key, nil
	}
	return "", fmt.Errorf("%q is not declared above", name)
}

// set adds a property to props, its text read as the schema says.
func (n *notation) set(props Props, kind, name, text string) error {
	property := n.model.Kind(kind).Property(name)
	if property == nil {
		return fmt.Errorf("%s has no property %q", kind, name)
	}
	value, err := property.Parse(text)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	props[name] = value
	return nil
}
