package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Fault is one thing that is wrong with a model although its files can be
// read.
type Fault struct {
	Kind     string // the kind it is in, "" for what all kinds share
	Property string // the property it is in, "" for the kind itself
	Message  string // what is wrong and what would be right
}

// String names the file, the property and the message.
func (f Fault) String() string {
	file := f.Kind
	if file == "" {
		file = "common"
	}
	if f.Property == "" {
		return fmt.Sprintf("%s.yaml: %s", file, f.Message)
	}
	return fmt.Sprintf("%s.yaml: property %q: %s", file, f.Property, f.Message)
}

// The names that a model may give.
var (
	nodeName     = regexp.MustCompile(`^[A-Z][a-z0-9]+([A-Z][a-z0-9]+)*$`)
	edgeName     = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)
	propertyName = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	valueName    = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)
)

// reservedNames are not for properties: the program itself uses these names
// for an element, for the columns of a row or for what a question returns.
var reservedNames = []string{"id", "kind", "source", "as_of", "grade", "from", "to", "from_kind", "to_kind", "keys", "facts", "revision"}

// rowNames are the columns that common.yaml has to describe; the first three
// may stand in files of nodes too.
var rowNames = []string{"source", "as_of", "grade", "from", "to", "from_kind", "to_kind"}

// rowNodeNames is how many of rowNames may stand in a file of nodes.
const rowNodeNames = 3

// checker collects the faults of a model.
type checker struct {
	model  *Model
	faults []Fault
	enums  map[string]*Property // the first of each enum with a name of its own
}

// Check returns everything that is wrong with the meaning of a model, in the
// order of its kinds and properties, nodes first; nothing for a sound model.
func (m *Model) Check() []Fault {
	c := &checker{model: m, enums: map[string]*Property{}}
	c.checkRow()
	for _, k := range slices.Concat(m.Nodes, m.Edges) {
		c.checkKind(k)
		for _, p := range k.Properties {
			c.checkProperty(k.Name, p)
			if slices.Contains(reservedNames, p.Name) {
				c.add(k.Name, p.Name, "the name is reserved")
			}
		}
		c.checkHeads(k)
		for _, name := range k.Typical {
			if k.Property(name) == nil && c.model.EdgeKind(name) == nil {
				c.add(k.Name, "", "typical names %q, which is neither a property nor a kind of edge", name)
			}
		}
		if k.IsEdge() {
			c.checkAlong(k)
		} else {
			c.checkAlongHeads(k)
		}
	}
	c.checkKindLabels()
	c.checkTypes()
	return c.faults
}

func (c *checker) add(kind, property, format string, args ...any) {
	c.faults = append(c.faults, Fault{kind, property, fmt.Sprintf(format, args...)})
}

// checkRow checks that every column of a row is described.
func (c *checker) checkRow() {
	for _, name := range rowNames {
		if !slices.ContainsFunc(c.model.Row, func(p *Property) bool { return p.Name == name }) {
			c.add("", name, "the column is not described under row")
		}
	}
	for _, p := range c.model.Row {
		c.checkProperty("", p)
		if !slices.Contains(rowNames, p.Name) {
			c.add("", p.Name, "no such column belongs to a row")
		}
	}
}

func (c *checker) checkKind(k *Kind) {
	if k.file != "" && k.file != k.Name+".yaml" {
		c.add(k.Name, "", "the kind is declared in %s; a kind has the name of its file", k.file)
	}
	c.checkText(k.Name, "", "label", k.Label)
	c.checkText(k.Name, "", "plural", k.Plural)
	c.checkText(k.Name, "", "description", k.Description)
	c.checkNames(k, "caption", captionOf(k))
	if k.Sensitivity != Public && k.Sensitivity != Internal && k.Sensitivity != Personal {
		c.add(k.Name, "", "the sensitivity %q of a kind is unknown; it is public, internal or personal", k.Sensitivity)
	}
	if k.IsEdge() {
		c.checkEdge(k)
		return
	}
	if !nodeName.MatchString(k.Name) {
		c.add(k.Name, "", "the name of a node kind is written like TaskForce")
	}
	if len(k.Key) > 0 {
		c.add(k.Name, "", "key is for edges; nodes have identify")
	}
	if k.Caption == "" {
		c.add(k.Name, "", "caption is missing; name the property by which people know the node")
	}
	if len(k.Identify) == 0 {
		c.add(k.Name, "", "identify is missing; nodes need a way to be found")
	}
	c.checkGroups(k, "identify", k.Identify[:len(k.Identify)-len(k.Fallback)])
	c.checkGroups(k, "fallback", k.Fallback)
	if len(k.Fallback) > 0 && len(k.Fallback) == len(k.Identify) {
		c.add(k.Name, "", "fallback needs a group of identify that is stronger")
	}
}

// checkGroups checks the groups of properties that identify a node.
func (c *checker) checkGroups(k *Kind, what string, groups [][]string) {
	for _, group := range groups {
		if len(group) == 0 {
			c.add(k.Name, "", "%s has an empty group", what)
		}
		c.checkNames(k, what, group)
	}
}

func captionOf(k *Kind) []string {
	if k.Caption == "" {
		return nil
	}
	return []string{k.Caption}
}

func (c *checker) checkEdge(k *Kind) {
	if !edgeName.MatchString(k.Name) {
		c.add(k.Name, "", "the name of an edge kind is written like OPERATES_IN")
	}
	if len(k.Identify) > 0 {
		c.add(k.Name, "", "identify and fallback are for nodes; edges have key")
	}
	if k.Whole {
		c.add(k.Name, "", "whole is for nodes, whose keys it is about")
	}
	c.checkText(k.Name, "", "reverse", k.Edge.Reverse)
	c.checkNames(k, "key", k.Key)
	if len(k.Edge.From) == 0 || len(k.Edge.To) == 0 {
		c.add(k.Name, "", "the edge needs kinds at both ends")
	}
	ends := slices.Concat(k.Edge.From, k.Edge.To)
	slices.Sort(ends)
	for _, end := range slices.Compact(ends) {
		if c.model.Node(end) == nil {
			c.add(k.Name, "", "the edge joins %q, which is not a node kind", end)
		}
	}
}

// checkNames checks that each name is a property that can identify.
func (c *checker) checkNames(k *Kind, what string, names []string) {
	for i, name := range names {
		p := k.Property(name)
		switch {
		case p == nil:
			c.add(k.Name, "", "%s names %q, which is not a property of the kind", what, name)
		case p.Type.Set() || p.Type == TypeFloat || p.Type == TypeMoney || p.Type == TypePercent:
			c.add(k.Name, name, "%s needs a single exact value, not a %s", what, p.Type)
		case slices.Contains(names[:i], name):
			c.add(k.Name, name, "%s names it twice", what)
		}
	}
}

func (c *checker) checkProperty(kind string, p *Property) {
	if !propertyName.MatchString(p.Name) {
		c.add(kind, p.Name, "the name of a property is written like stock_code and never begins with _")
	}
	if p.Type != TypeEnum && parsers[p.Type] == nil {
		c.add(kind, p.Name, "the type %q is unknown", p.Type)
	}
	c.checkText(kind, p.Name, "label", p.Label)
	c.checkText(kind, p.Name, "description", p.Description)
	switch p.Sensitivity {
	case Public, Internal, Confidential:
		if p.Reason != (Text{}) {
			c.add(kind, p.Name, "reason is for personal properties")
		}
	case Personal:
		c.checkText(kind, p.Name, "reason", p.Reason)
	default:
		c.add(kind, p.Name, "the sensitivity %q is unknown; it is public, internal, confidential or personal", p.Sensitivity)
	}
	for _, part := range p.Parts {
		c.checkPattern(kind, part.Pattern)
	}
	c.checkValues(kind, p)
}

func (c *checker) checkValues(kind string, p *Property) {
	if p.Type != TypeEnum {
		if len(p.Values) > 0 {
			c.add(kind, p.Name, "values are for the type enum")
		}
		if len(p.TieBreak) > 0 {
			c.add(kind, p.Name, "tie_break is for the type enum")
		}
		if p.Enum != "" {
			c.add(kind, p.Name, "enum is for the type enum")
		}
		return
	}
	c.checkTieBreak(kind, p)
	c.checkEnumName(kind, p)
	for _, name := range p.EvenAssumed {
		if !slices.ContainsFunc(p.Values, func(v EnumValue) bool { return v.Name == name }) {
			c.add(kind, p.Name, "even_assumed names %q, which is none of its values", name)
		}
	}
	if len(p.Values) == 0 {
		c.add(kind, p.Name, "an enum needs values")
	}
	owner := map[string]string{}
	for _, v := range p.Values {
		if !valueName.MatchString(v.Name) {
			c.add(kind, p.Name, "the value %q is not written like MID_STREAM", v.Name)
		}
		c.checkText(kind, p.Name, "label of the value "+v.Name, v.Label)
		if _, twice := owner[NormalName(v.Name)]; twice {
			c.add(kind, p.Name, "the value %s is declared twice or is another's spelling", v.Name)
		}
		for _, word := range append([]string{v.Name, v.Label.Zh, v.Label.En}, v.Aliases...) {
			normal := NormalName(word)
			if other, ok := owner[normal]; ok && other != v.Name && normal != "" {
				c.add(kind, p.Name, "%q means both %s and %s", word, other, v.Name)
			}
			owner[normal] = v.Name
		}
	}
}

// checkEnumName checks that an enum with a name of its own has the same values wherever
// the name stands.
func (c *checker) checkEnumName(kind string, p *Property) {
	if p.Enum == "" {
		return
	}
	if !nodeName.MatchString(p.Enum) || c.model.Kind(p.Enum) != nil {
		c.add(kind, p.Name, "the enum %q needs a name like TaskForce that no kind has", p.Enum)
	}
	if first, ok := c.enums[p.Enum]; ok && !slices.EqualFunc(first.Values, p.Values, func(x, y EnumValue) bool { return x.Name == y.Name && x.Label == y.Label }) {
		c.add(kind, p.Name, "the enum %s has other values elsewhere", p.Enum)
	} else if !ok {
		c.enums[p.Enum] = p
	}
}

// checkTieBreak checks that tie_break, where given, ranks every value.
func (c *checker) checkTieBreak(kind string, p *Property) {
	if len(p.TieBreak) == 0 {
		return
	}
	var names []string
	for _, v := range p.Values {
		names = append(names, v.Name)
	}
	slices.Sort(names)
	if !slices.Equal(names, slices.Sorted(slices.Values(p.TieBreak))) {
		c.add(kind, p.Name, "tie_break lists every value once, the one that wins first")
	}
}

// checkText checks that both languages are given, each in its own script.
func (c *checker) checkText(kind, property, what string, t Text) {
	han := func(r rune) bool { return unicode.Is(unicode.Han, r) }
	switch {
	case strings.TrimSpace(t.Zh) == "":
		c.add(kind, property, "%s lacks zh", what)
	case !strings.ContainsFunc(t.Zh, han):
		c.add(kind, property, "%s has no Chinese in zh: %q", what, t.Zh)
	}
	switch {
	case strings.TrimSpace(t.En) == "":
		c.add(kind, property, "%s lacks en", what)
	case !strings.ContainsFunc(t.En, func(r rune) bool { return unicode.Is(unicode.Latin, r) }):
		c.add(kind, property, "%s has no English in en: %q", what, t.En)
	}
}

// rowOwner stands before the name of a column of the row as an owner of heads.
const rowOwner = "the column "

// checkHeads checks that every column head means one thing within a kind. A
// date may have an alias that elsewhere means the day of the row, as the 截止日期 of an
// opportunity is its deadline.
func (c *checker) checkHeads(k *Kind) {
	owner := map[string]string{}
	for i, name := range rowNames {
		at := slices.IndexFunc(c.model.Row, func(p *Property) bool { return p.Name == name })
		if at < 0 || i >= rowNodeNames && !k.IsEdge() {
			continue
		}
		for _, head := range c.model.Row[at].Heads() {
			owner[NormalName(head)] = rowOwner + name
		}
	}
	seen := map[string]bool{}
	for _, p := range k.Properties {
		if seen[p.Name] {
			c.add(k.Name, p.Name, "the property is declared twice")
			continue
		}
		seen[p.Name] = true
		own := map[string]bool{}
		for i, head := range p.Heads() {
			normal := NormalName(head)
			switch other, taken := owner[normal]; {
			case normal == "":
			case taken && (i <= 2 || other != rowOwner+"as_of" || p.Type != TypeDate):
				c.add(k.Name, p.Name, "the head %q belongs to %s already", head, other)
			case own[normal] && i > 2: // the name and the labels may agree
				c.add(k.Name, p.Name, "the alias %q is there already", head)
			}
			own[normal] = true
		}
		for normal := range own {
			owner[normal] = p.Name
		}
	}
}

// checkKindLabels checks that no two kinds share a label.
func (c *checker) checkKindLabels() {
	owner := map[string]string{}
	for _, k := range slices.Concat(c.model.Nodes, c.model.Edges) {
		for _, label := range []string{k.Label.Zh, k.Label.En} {
			normal := NormalName(label)
			if other, taken := owner[normal]; taken && other != k.Name && normal != "" {
				c.add(k.Name, "", "the label %q is that of %s already", label, other)
			}
			owner[normal] = k.Name
		}
	}
}

// checkTypes checks that a name has one type in all kinds, so that it means
// one thing to a reader of the graph. A text may be narrowed to a
// checked code, as the code of a region is.
func (c *checker) checkTypes() {
	type use struct {
		kind string
		typ  Type
	}
	first := map[string]use{}
	for _, k := range slices.Concat(c.model.Nodes, c.model.Edges) {
		for _, p := range k.Properties {
			other, known := first[p.Name]
			if !known {
				first[p.Name] = use{k.Name, p.Type}
			} else if broad(other.typ) != broad(p.Type) {
				c.add(k.Name, p.Name, "the type is %s here and %s in %s", p.Type, other.typ, other.kind)
			}
		}
	}
}

// broad is the type of which t is a checked form.
func broad(t Type) Type {
	switch t {
	case TypeCode, TypeRegion, TypeUSCC, TypeLEI, TypeStockCode:
		return TypeText
	case TypeRegions:
		return TypeTexts
	default:
		return t
	}
}
