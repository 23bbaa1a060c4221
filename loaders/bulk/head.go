// Package bulk reads the two formats in which Neo4j itself takes and gives
// graphs: CSV files whose heads have the form of neo4j-admin database import,
// such as name:string, :ID(Company), :LABEL and :START_ID(Company), and the
// objects that apoc.export.json writes, as which GraphML and node-link JSON are read too. It finds out that a file is one of
// these, which of its labels and types are kinds of the model, and the rule by
// which its rows are loaded; and it holds the ids of the files, which mean
// something within one load only.
//
// Package loaders imports it; it imports schema and the other parts of loaders.
package bulk

import (
	"regexp"
	"strings"
)

// role is what a column of the CSV format holds.
type role int

const (
	property role = iota
	id
	label
	startID
	endID
	edgeType
	ignored
)

var roles = map[string]role{"ID": id, "LABEL": label, "START_ID": startID, "END_ID": endID, "TYPE": edgeType, "IGNORE": ignored}

// head is a column of either format.
type head struct {
	column string // as the file names it
	role   role
	name   string // of the property, "" for none; an id may have one too
	space  string // of ids, "" for the one without a name
	array  bool   // its values are lists, divided by semicolons
	stock  bool   // it may hold the codes of stocks, by its name
}

// typed matches a head with a type: name:TYPE, then a space of ids, options and
// the mark of lists. What follows the type of an id has no meaning.
var typed = regexp.MustCompile(`^(.*?):(?:(ID|LABEL|START_ID|END_ID|TYPE|IGNORE)|(?i:int|long|float|double|boolean|byte|short|char|string|point|date|localtime|time|localdatetime|datetime|duration|vector))` +
	`(?:\(([^()]*)\))?(?:\{.*\})?(\[\])?(?::[a-z]+)?$`)

// again is what the readers add to a head that occurs before.
var again = regexp.MustCompile(` \(column \d+\)$`)

// headOf reads a head of the CSV format. It reports false for one without a
// type, which is the name of a property.
func headOf(column string) (head, bool) {
	m := typed.FindStringSubmatch(again.ReplaceAllString(column, ""))
	if m == nil {
		return head{column: column, name: column}, false
	}
	h := head{column: column, role: roles[m[2]], name: strings.TrimSpace(m[1]), space: strings.TrimSpace(m[3]), array: m[4] != ""}
	if h.role != property && h.role != id {
		h.name = ""
	}
	return h, true
}

// IsHead reports whether a text has the form of a head with a type, such as
// age:int or :ID, by which the header of a table is found.
func IsHead(text string) bool {
	_, ok := headOf(text)
	return ok
}

// MayRepeat reports whether a column may have the same head as another one: the
// parts of an id, labels, and what is ignored.
func MayRepeat(column string) bool {
	h, _ := headOf(column)
	return h.role != property
}

// tableHeads returns the heads of a table, nil if it is not in the CSV format: no
// column holds ids, labels or types.
func tableHeads(columns []string) []head {
	var heads []head
	special := false
	for _, c := range columns {
		h, _ := headOf(c)
		special = special || h.role != property && h.role != ignored
		heads = append(heads, h)
	}
	if !special {
		return nil
	}
	return heads
}

// The fields of the objects of apoc.export.json.
const (
	objectType  = "type"
	objectID    = "id"
	objectNode  = "node"
	objectEdge  = "relationship"
	objectStart = "start.id"
	objectEnd   = "end.id"
	properties  = "properties."
)

// objectHeads are the fields that are there whatever the properties.
var objectHeads = map[string]role{
	objectType: ignored, objectID: id, "labels": label, "label": edgeType, objectStart: startID, objectEnd: endID,
}

// objectHead reads the name of a field of an object. It reports false for one
// that no such object has.
func objectHead(field string) (head, bool) {
	h := head{column: field, role: ignored}
	if r, ok := objectHeads[field]; ok {
		h.role = r
		return h, true
	}
	if name, ok := strings.CutPrefix(field, properties); ok {
		h.role, h.name = property, name
		return h, true
	}
	// What relationships repeat of the nodes at their ends.
	return h, field == "properties" || strings.HasPrefix(field, "start.") || strings.HasPrefix(field, "end.")
}
