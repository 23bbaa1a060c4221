// Package schema holds the vocabulary of an industry-chain graph: which kinds of
// nodes and edges there are, which properties they have, and what a valid
// value is. The kinds are data, one YAML file each under kinds/, and every
// other package reads them: stores make constraints from them, loaders find
// columns by them, the API generates its types from them.
//
// Any package may import schema; schema imports nothing of this module.
package schema

import (
	"cmp"
	"slices"
	"strings"

	"liantu/message"
)

// Text is a phrase in both languages of the product.
type Text struct {
	Zh string `yaml:"zh" json:"zh"`
	En string `yaml:"en" json:"en"`
}

// In returns the word for a thing of the kind in a language, as messages have it.
func (k *Kind) In(language message.Language) string {
	if language == message.Chinese {
		return k.Label.Zh
	}
	return strings.ToLower(k.Label.En)
}

// In returns the phrase in a language, else in the other one.
func (t Text) In(language message.Language) string {
	if language == message.Chinese {
		return cmp.Or(t.Zh, t.En)
	}
	return cmp.Or(t.En, t.Zh)
}

// Type names the value type of a property.
type Type string

// The value types. The Go form of a valid value is in brackets.
const (
	TypeText      Type = "text"       // any text, NFC, trimmed (string)
	TypeCode      Type = "code"       // text that identifies and is compared exactly (string)
	TypeInt       Type = "int"        // whole number (int64)
	TypeFloat     Type = "float"      // decimal number (float64)
	TypeBool      Type = "bool"       // yes or no (bool)
	TypeMoney     Type = "money"      // amount in 万元 (float64)
	TypePercent   Type = "percent"    // share as a fraction, 0.35 for 35 % (float64)
	TypeDate      Type = "date"       // ISO 8601, 2016, 2016-05 or 2016-05-31 (string)
	TypeRegion    Type = "region"     // six-digit GB/T 2260 code (string)
	TypeUSCC      Type = "uscc"       // unified social credit code, GB 32100-2015 (string)
	TypeLEI       Type = "lei"        // legal entity identifier, ISO 17442 (string)
	TypeStockCode Type = "stock_code" // code with exchange, 600519.SH (string)
	TypePhone     Type = "phone"      // digits with optional leading + (string)
	TypeEmail     Type = "email"      // address (string)
	TypeURL       Type = "url"        // absolute http or https address (string)
	TypeEnum      Type = "enum"       // one of the property's values (string)
	TypeTexts     Type = "texts"      // set of texts, sorted ([]string)
	TypeRegions   Type = "regions"    // set of six-digit GB/T 2260 codes, sorted ([]string)
)

// Set reports whether values of the type are sets of texts.
func (t Type) Set() bool { return t == TypeTexts || t == TypeRegions }

// Sensitivity says who may see a property.
type Sensitivity string

// The sensitivities, from open to closed.
const (
	Public       Sensitivity = "public"
	Internal     Sensitivity = "internal"
	Confidential Sensitivity = "confidential" // of one task force
	Personal     Sensitivity = "personal"
)

// Sensitivities lists the sensitivities, from open to closed.
var Sensitivities = []Sensitivity{Public, Internal, Confidential, Personal}

// EnumValue is one permitted value of an enum property.
type EnumValue struct {
	Name    string   `yaml:"name"`    // the stored value, upper or lower snake case
	Label   Text     `yaml:"label"`   // how people see it
	Aliases []string `yaml:"aliases"` // other spellings accepted from files
}

// Property describes one property of a kind.
type Property struct {
	Name        string      `yaml:"name"` // lower snake case, the same everywhere
	Type        Type        `yaml:"type"`
	Required    bool        `yaml:"required"`
	Label       Text        `yaml:"label"`
	Description Text        `yaml:"description"`
	Aliases     []string    `yaml:"aliases"`     // column heads that mean this property
	Sensitivity Sensitivity `yaml:"sensitivity"` // public by default
	Reason      Text        `yaml:"reason"`      // personal only: why it is stored and for what
	Values      []EnumValue `yaml:"values"`      // for enum only
	Enum        string      `yaml:"enum"`        // for enum only: its name where it is not that of the kind and property; properties that share it have the same values

	// TieBreak lists all values of an enum, the cautious one first, if it matters
	// which of two values of the same day and the same grade holds: the one that
	// is listed first.
	TieBreak []string `yaml:"tie_break"`
	// EvenAssumed lists values of an enum that count by their day even if it is
	// assumed: a refusal in a list without a day holds against an older consent.
	EvenAssumed []string `yaml:"even_assumed"`
	// VerifiedFirst says that a value of grade D is shown only where no source
	// states one of a better grade, however old, and among either a name without a
	// legal form only where there is none with one; see [RegisteredForm].
	VerifiedFirst bool `yaml:"verified_first"`

	// Path lists heads of columns, widest first, whose texts joined by a slash
	// make the value in tables that have no column for it; the first and the last
	// must be there.
	Path [][]string `yaml:"path"`
	// Parts are columns that hold the value beside something else.
	Parts []Part `yaml:"parts"`

	byWord map[string]string // enum value by its normalised spelling; set by Read
}

// Part says which part of a column is the value of a property.
type Part struct {
	Heads   []string `yaml:"heads"`
	Pattern string   `yaml:"pattern"` // a regular expression; the value is its groups, joined
}

// Ends says which kinds an edge may join, subject first. A file gives either
// From and To, so that any kind in From may lead to any kind in To, or Pairs;
// Read fills From and To from Pairs in the order in which they appear there.
type Ends struct {
	From    []string    `yaml:"from"`
	To      []string    `yaml:"to"`
	Pairs   [][2]string `yaml:"pairs"`   // the only permitted pairs; nil for all
	Reverse Text        `yaml:"reverse"` // the edge as seen from the object
	// Distinct says that subject and object are two, whatever their names: one owns,
	// supplies or contains the other.
	Distinct bool `yaml:"distinct"`
}

// Kind describes one kind of node or edge.
type Kind struct {
	Name        string      `yaml:"name"` // Company, or OPERATES_IN for an edge
	Label       Text        `yaml:"label"`
	Plural      Text        `yaml:"plural"`
	Description Text        `yaml:"description"`
	Sensitivity Sensitivity `yaml:"sensitivity"` // of the fact that such a node or edge exists; public by default
	Caption     string      `yaml:"caption"`     // the property shown as the node's name
	Identify    [][]string  `yaml:"identify"`    // nodes: property groups that identify, strongest first; after Read those of Fallback too
	Fallback    [][]string  `yaml:"fallback"`    // nodes: the last groups of Identify, each of which identifies only where none before it does
	Whole       bool        `yaml:"whole"`       // nodes: a key needs a value in every part; a blank or masked part identifies nobody
	Edge        *Ends       `yaml:"edge"`        // nil for a node kind
	Key         []string    `yaml:"key"`         // edges: properties that distinguish parallel edges
	Along       []Along     `yaml:"along"`       // edges: the tables of nodes in which they may stand
	// Levels lists, top down, the heads of columns of a table in which a row names
	// nodes that are part of one another, such as 一级环节 and 二级环节, with the
	// properties of the lowest.
	Levels [][]string `yaml:"levels"`
	// Typical lists properties of which a table has at least one if it is
	// recognised as one of the kind by its columns; none if any will do.
	Typical    []string    `yaml:"typical"`
	Properties []*Property `yaml:"properties"`

	file       string               // where it was declared; set by Read
	properties map[string]*Property // by name; set by Read
	heads      map[string]*Property // property by normalised column head; set by Read
}

// IsEdge reports whether k is a kind of edge.
func (k *Kind) IsEdge() bool { return k.Edge != nil }

// Property returns the property with the given name, or nil.
func (k *Kind) Property(name string) *Property {
	if k.properties != nil {
		return k.properties[name]
	}
	for _, p := range k.Properties {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// Fallbacks reports whether the group of Identify at a position is one of
// Fallback: it identifies a node only where none of the groups before it does.
func (k *Kind) Fallbacks(group int) bool { return group >= len(k.Identify)-len(k.Fallback) }

// Joins reports whether an edge of kind k may lead from one kind to another.
func (k *Kind) Joins(from, to string) bool {
	if k.Edge == nil {
		return false
	}
	if k.Edge.Pairs != nil {
		return slices.Contains(k.Edge.Pairs, [2]string{from, to})
	}
	return slices.Contains(k.Edge.From, from) && slices.Contains(k.Edge.To, to)
}

// Model is a whole vocabulary. It is immutable after Read.
type Model struct {
	Nodes []*Kind // node kinds in order of name
	Edges []*Kind // edge kinds in order of name

	// Row describes the columns of a file that describe its rows and not
	// a property: source, as_of, grade, and from, to, from_kind and
	// to_kind of an edge. Their names are reserved.
	Row []*Property

	// Words says which column heads say little of what a table is about.
	Words HeadWords

	byName map[string]*Kind
}

// Kind returns the node or edge kind with the given name, or nil.
func (m *Model) Kind(name string) *Kind { return m.byName[name] }

// Names lists the names of all kinds, those of nodes first.
func (m *Model) Names() (names []string) {
	for _, k := range slices.Concat(m.Nodes, m.Edges) {
		names = append(names, k.Name)
	}
	return names
}

// Called returns the kind that people call so, by its name in any case or its
// label in either language, or nil.
func (m *Model) Called(name string) *Kind {
	for _, k := range slices.Concat(m.Nodes, m.Edges) {
		if strings.EqualFold(k.Name, name) || k.Label.Zh == name || strings.EqualFold(k.Label.En, name) {
			return k
		}
	}
	return nil
}

// Node returns the node kind with the given name, or nil.
func (m *Model) Node(name string) *Kind {
	if k := m.byName[name]; k != nil && !k.IsEdge() {
		return k
	}
	return nil
}

// EdgeKind returns the edge kind with the given name, or nil.
func (m *Model) EdgeKind(name string) *Kind {
	if k := m.byName[name]; k != nil && k.IsEdge() {
		return k
	}
	return nil
}

// HeadWords are column heads by which no kind is recognised.
type HeadWords struct {
	Generic []string `yaml:"generic"` // they occur in tables about anything, such as name or telephone
	Neutral []string `yaml:"neutral"` // they hold nothing to load, such as a running number
}
