#!/bin/sh
# Library:  github.com/vektah/gqlparser/v2 v2.5.64 (Go)
# Expected: by the specification of October 2021 (3.9, 3.5.1) a document is not valid that
#           gives an empty object for an argument of an enum, or a whole number of more
#           than 32 bits for one of type Int; and __type(name:).possibleTypes of an interface
#           that others implement names object types alone.
# Seen:     both documents pass the validation without an error, and the
#           possible types of an interface hold the interfaces that implement it. A
#           program that trusts the validation gets a value that is none of the enum.
# Date:     2026-12-02
#
# Installs the pinned module into a fresh folder, validates three documents, and fails if
# what it sees differs from the above. It needs Go.
set -eu
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module probe

go 1.25

require github.com/vektah/gqlparser/v2 v2.5.64
MOD
cat > main.go <<'GO'
package main

import (
	"fmt"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

const schema = `
enum Colour { RED GREEN }
interface Thing { id: ID! }
interface Part implements Thing { id: ID! }
type Wheel implements Thing & Part { id: ID! }
type Query { paint(in: Colour): Thing take(count: Int): Thing }
`

func main() {
	s := gqlparser.MustLoadSchema(&ast.Source{Input: schema})
	for _, document := range []string{
		`{ paint(in: RED) { id } }`,
		`{ paint(in: BLUE) { id } }`,
		`{ paint(in: {}) { id } }`,
		`{ take(count: 3000000000) { id } }`,
	} {
		_, faults := gqlparser.LoadQuery(s, document)
		fmt.Println(len(faults), "faults in", document)
	}
	for _, possible := range s.GetPossibleTypes(s.Types["Thing"]) {
		fmt.Println("possible:", possible.Kind, possible.Name)
	}
}
GO
GOFLAGS=-mod=mod GOPATH="$dir/go" go run . > seen 2> log || { cat log; exit 2; }
cat seen
grep -qx '0 faults in { paint(in: RED) { id } }' seen
grep -qx '1 faults in { paint(in: BLUE) { id } }' seen
grep -qx '0 faults in { paint(in: {}) { id } }' seen
grep -qx '0 faults in { take(count: 3000000000) { id } }' seen
grep -qx 'possible: INTERFACE Part' seen
