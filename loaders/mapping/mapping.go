// Package mapping describes how the rows of foreign files state nodes and edges:
// as data in YAML, which people write and the program ships for known layouts,
// and which recognition makes from the heads of columns.
//
// Package loaders and its parts import it, and the program, which reads mappings
// that users name; it imports graph and schema.
package mapping

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// Mapping describes a foreign layout: which files there are, and which nodes
// and edges their rows state. It is written in YAML; docs and the mappings
// that [BuiltIn] returns show all of it. In short:
//
//	name: clubs
//	source: clubs-2024            # of every row that states no other
//	as_of: 2024-05
//	grade: D
//	sources:                      # Source nodes to load too
//	  - {name: clubs-2024, title: List of chambers of commerce 2024}
//	files:
//	  - match: [clubs*.csv]
//	    emit:
//	      - node: Company
//	        properties:
//	          name: 会员单位        # a column
//	          leader: {const: "true"}
//	      - edge: LOCATED_IN
//	        when: [{column: 城市, not: [""]}]
//	        from: {kind: Company, by: [name], column: 会员单位}
//	        to: {kind: Region, column: 城市}
type Mapping struct {
	Name        string           `yaml:"name"`                  // its name on the command line
	Title       schema.Text      `yaml:"title,omitempty"`       // its name for people
	Description schema.Text      `yaml:"description,omitempty"` // what it reads and what to observe
	Provenance  `yaml:",inline"` // of all files that do not state their own
	Sources     []SourceRule     `yaml:"sources,omitempty"` // Source nodes that are loaded too
	Files       []FileRule       `yaml:"files,omitempty"`   // the first that matches a file reads it
}

// Provenance is the provenance of rows. What is absent is taken from the next
// wider level: row, file, mapping, options of the load.
type Provenance struct {
	Source string      `yaml:"source,omitempty"`
	AsOf   string      `yaml:"as_of,omitempty"`
	Grade  graph.Grade `yaml:"grade,omitempty"`
}

// SourceRule is a Source node that a mapping includes: the values of its
// properties by name, as text.
type SourceRule map[string]string

// FileRule says how files of one layout are read.
type FileRule struct {
	Match []string `yaml:"match,omitempty"` // patterns of path.Match for the name without folder and .gz
	// Heads are columns that a file must have, by which layouts are told apart whose
	// files have any name. Of a mapping that comes with the program they suffice.
	Heads      []string         `yaml:"heads,omitempty" json:",omitempty"`
	Sheet      string           `yaml:"sheet,omitempty"`      // of a workbook, by its name; "" stands for any
	HeaderRow  int              `yaml:"header_row,omitempty"` // 0 finds the header by the columns that are read
	Format     string           `yaml:"format,omitempty"`     // csv, tsv, html, xlsx, json or jsonl; "" finds out
	Encoding   string           `yaml:"encoding,omitempty"`   // utf-8, gb18030, utf-16le or utf-16be; "" goes by the rule of the readers
	Provenance `yaml:",inline"` // of the rows of these files
	Row        RowColumns       `yaml:"row,omitempty"` // columns that state the provenance of a row
	// Labels are columns of which the texts name the kind of a row, as :LABEL and
	// :TYPE of Neo4j do: only the rules of this kind apply to it.
	Labels []string   `yaml:"labels,omitempty" json:",omitempty"`
	Emit   []EmitRule `yaml:"emit,omitempty"` // what a row states; every rule that applies is used
}

// RowColumns names the columns that state the provenance of a row; a blank one
// stands for none.
type RowColumns struct {
	Source string `yaml:"source,omitempty"`
	AsOf   string `yaml:"as_of,omitempty"`
	Grade  string `yaml:"grade,omitempty"`
}

// EmitRule makes one node or one edge of a row.
type EmitRule struct {
	Node string `yaml:"node,omitempty"` // the kind of node, or
	Edge string `yaml:"edge,omitempty"` // the kind of edge

	// Path says which elements of a nested JSON document are rows of this
	// rule, such as 环节[].子环节[]; "" the document itself or, if it is a
	// list, its elements. Fields of the element and of those around it are
	// named by their path from the top, such as 环节.环节名称, and the number of
	// an element among its siblings 环节.#.
	Path string `yaml:"path,omitempty"`

	When       []Condition          `yaml:"when,omitempty"`                        // all must hold, else the rule does not apply
	From       *EndRule             `yaml:"from,omitempty"`                        // edges only
	To         *EndRule             `yaml:"to,omitempty"`                          // edges only
	ID         *IDRule              `yaml:"id,omitempty" json:",omitempty"`        // nodes only
	Each       bool                 `yaml:"each,omitempty" json:",omitempty"`      // nodes only: one for each name in the cell of the caption, divided as those of an end
	Otherwise  bool                 `yaml:"otherwise,omitempty" json:",omitempty"` // edges only: applies where the rule before it made nothing of the row
	Optional   bool                 `yaml:"optional,omitempty"`                    // a row with a blank end states no edge, one with a blank name no node; neither is a fault
	Properties map[string]ValueRule `yaml:"properties,omitempty"`                  // by name of the property

	// Checks of the file as a whole.
	NoSelf   bool     `yaml:"no_self,omitempty"`   // edges from a node to itself are rejected
	NoMutual bool     `yaml:"no_mutual,omitempty"` // edges in both directions are warned of
	NoRepeat bool     `yaml:"no_repeat,omitempty"` // nodes that occur twice are warned of
	Sum      *SumRule `yaml:"sum,omitempty"`       // edges only
}

// SumRule warns of nodes whose edges have values that add up to more than a
// limit.
type SumRule struct {
	Property string  `yaml:"property,omitempty"` // a number
	Max      float64 `yaml:"max,omitempty"`      // greatest sum for one node at the from end
}

// IDRule says which id a row gives its node. It means something within one load
// only, where the edges find the node by it.
type IDRule struct {
	Space   string   `yaml:"space,omitempty"`   // ids of different spaces have nothing to do with each other
	Columns []string `yaml:"columns,omitempty"` // whose texts together are the id
	// Property is the code that identifies the kind. A row that states none takes
	// the id as its code, with source and space before it. Other values identify
	// only where all of their group are there. "" leaves the id out of the graph.
	Property string `yaml:"property,omitempty"`
}

// EndRule finds the node at an end of an edge.
type EndRule struct {
	// Kind is the kind of the node; "" stands for every kind that the edge
	// allows there. KindColumn names a column that states it row by row.
	Kind       string `yaml:"kind,omitempty"`
	KindColumn string `yaml:"kind_column,omitempty"`
	// By lists the properties whose value it may be, tried in this order;
	// empty stands for those that identify the kind, then its caption.
	By []string `yaml:"by,omitempty"`
	// Row means the node of this kind that the row itself states; no other field
	// except the kind is given with it, and each with the column that names
	// several that the row states.
	Row bool `yaml:"row,omitempty"`
	// ID means the node of the load that has the value as its id in the space; no
	// kind is given with it.
	ID    bool   `yaml:"id,omitempty" json:",omitempty"`
	Space string `yaml:"space,omitempty" json:",omitempty"`
	// Kinds lists several kinds of which it may be; the first of which a node has
	// the name is meant. Not given with Kind.
	Kinds []string `yaml:"kinds,omitempty" json:",omitempty"`
	// Within names a column that says what the node is part of, such as the chain
	// of a link. It decides between nodes of one name.
	Within string `yaml:"within,omitempty" json:",omitempty"`
	// Each makes an edge for each of several names in one cell, divided by any
	// of ; ； 、 ， | and line ends.
	Each bool `yaml:"each,omitempty"`
	// FreeText marks names that were written for people. One that finds nothing
	// has the code [CodeUnresolved], and no similar name is suggested.
	FreeText bool `yaml:"free_text,omitempty"`
	// Value is the value by which the node is found. Its fields stand beside
	// those above.
	Value ValueRule `yaml:"-"`
}

// ValueRule makes a value of a row. In YAML a plain text stands for a column.
// Exactly one of Column, Columns, Join, Steps, Const and Template is given, or
// Column with Steps, which make the value where the column is blank; the other
// fields are applied in the order in which they stand here. The columns $file (name of
// the file without folder and extensions) and $row (its line) always exist.
type ValueRule struct {
	Column  string   `yaml:"column,omitempty"`  // the column whose text it is
	Columns []string `yaml:"columns,omitempty"` // the first of these columns that is not blank
	Join    []string `yaml:"join,omitempty"`    // the texts of these columns that are not blank, concatenated
	// Steps are columns whose texts that are not blank make a path, joined by
	// slashes. A code made like this is only used where nothing with the name that
	// is its last step is known within the others: else that node is meant.
	Steps    []string `yaml:"steps,omitempty" json:",omitempty"`
	Const    string   `yaml:"const,omitempty"`    // this text
	Template string   `yaml:"template,omitempty"` // text with {column} in it; blank if one of these is
	Unit     string   `yaml:"unit,omitempty"`     // of amounts without one: 元, 万元 or 亿元; else that of the head, else 万元

	// Each says, of a property of edges to several nodes that one cell names, that
	// as many values in this cell belong to one node each.
	Each bool `yaml:"each,omitempty" json:",omitempty"`
	// Array says that semicolons, and nothing else, divide the values in the text.
	Array bool `yaml:"array,omitempty" json:",omitempty"`

	Repair  []Replacement     `yaml:"repair,omitempty"`  // repairs the text and warns where it did
	Replace []Replacement     `yaml:"replace,omitempty"` // changes the text
	Pattern string            `yaml:"pattern,omitempty"` // regular expression; its first group is the value, no match is a bad value
	Values  map[string]string `yaml:"values,omitempty"`  // from texts, of several in a cell from each, to values; others stay as they are
	Suspect string            `yaml:"suspect,omitempty"` // regular expression; a value that matches it is warned of
	Expect  bool              `yaml:"expect,omitempty"`  // a blank is warned of

	pattern, suspect *regexp.Regexp
}

// Replacement replaces all matches of a regular expression.
type Replacement struct {
	Pattern string `yaml:"pattern,omitempty"`
	With    string `yaml:"with,omitempty"` // $1 stands for the first group

	pattern *regexp.Regexp
}

// Condition is a condition on the text of a column, trimmed and "" where it is
// absent. It holds if all of its fields that are given hold.
type Condition struct {
	Column  string   `yaml:"column,omitempty"`
	Is      []string `yaml:"is,omitempty"`      // it is one of these texts
	Not     []string `yaml:"not,omitempty"`     // it is none of these texts
	Matches string   `yaml:"matches,omitempty"` // it matches this regular expression
	Differs string   `yaml:"differs,omitempty"` // it does not match this regular expression
	Unnamed bool     `yaml:"unnamed,omitempty"` // it names nothing, as 暂无 and 待定 do

	matches, differs *regexp.Regexp
}

// valueKeys are the fields of a ValueRule in YAML, and those of the lists in it.
var valueKeys = []string{
	"column", "columns", "join", "steps", "each", "array", "const", "template", "unit", "repair", "replace", "pattern", "values", "suspect", "expect",
	"repair.pattern", "repair.with", "replace.pattern", "replace.with",
}

// UnmarshalYAML takes a plain text as the name of a column. It refuses fields
// that it does not know, as the decoder around it does.
func (v *ValueRule) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		return n.Decode(&v.Column)
	}
	if err := knownKeys(n, ""); err != nil {
		return err
	}
	type plain ValueRule // without this method
	return n.Decode((*plain)(v))
}

// UnmarshalYAML splits the fields of an end from those of its value.
func (e *EndRule) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return message.Errorf("line %d: an end of an edge needs fields such as kind and column", n.Line)
	}
	own, value := *n, *n
	own.Content, value.Content = nil, nil
	for i := 0; i+1 < len(n.Content); i += 2 {
		part := &value
		if slices.Contains([]string{"kind", "kinds", "kind_column", "by", "row", "id", "space", "within", "each", "free_text"}, n.Content[i].Value) {
			part = &own
		}
		part.Content = append(part.Content, n.Content[i:i+2]...)
	}
	type plain EndRule // without this method
	if err := own.Decode((*plain)(e)); err != nil {
		return err
	}
	return e.Value.UnmarshalYAML(&value)
}

func knownKeys(n *yaml.Node, prefix string) error {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if !slices.Contains(valueKeys, prefix+key.Value) {
			return message.Errorf("line %d: unknown field %q of a value", key.Line, prefix+key.Value)
		}
		if n.Content[i+1].Kind != yaml.SequenceNode {
			continue
		}
		for _, item := range n.Content[i+1].Content {
			if err := knownKeys(item, key.Value+"."); err != nil {
				return err
			}
		}
	}
	return nil
}

var goType = regexp.MustCompile(` into \[?\]?\*?[a-z]+\.[A-Za-z]+`)

// Read reads a mapping and checks it against the model. The error lists
// everything that is wrong with it.
func Read(r io.Reader, model *schema.Model) (*Mapping, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	m := new(Mapping)
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(m); err != nil {
		if errors.Is(err, io.EOF) {
			err = message.Errorf("it is empty")
		}
		if faulty := (*yaml.TypeError)(nil); errors.As(err, &faulty) { // it names Go types
			err = message.Errorf("%s", goType.ReplaceAllString(strings.Join(faulty.Errors, "; "), ""))
		}
		return nil, message.As(graph.ErrInvalid, "mapping: %w", err)
	}
	if err := m.check(model); err != nil {
		return nil, message.As(graph.ErrInvalid, "mapping %q: %w", m.Name, err)
	}
	return m, nil
}
