package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"strings"
)

// Explorer is a page for queries in a browser: an editor with completion by the
// schema, variables, the answer, and the schema to read. It is one file and fetches
// nothing but the answers of this service.
//
//go:embed explorer.html
var Explorer []byte

// ExplorerPolicy permits the browser to run the script and apply the style that the
// page itself holds, and to reach nothing but this service.
var ExplorerPolicy = fmt.Sprintf("default-src 'none'; script-src %s; style-src %s; connect-src 'self'; "+
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'", sourceHash("script"), sourceHash("style"))

// sourceHash is the hash, in the form of a policy, of the content of the one element
// of the page with this name.
func sourceHash(element string) string {
	_, rest, _ := strings.Cut(string(Explorer), "<"+element+">")
	inner, _, _ := strings.Cut(rest, "</"+element+">")
	sum := sha256.Sum256([]byte(inner))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
