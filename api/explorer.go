package api

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"liantu/api/transport"

	"github.com/gin-gonic/gin"
)

// explorerPage is a page for queries in a browser: an editor with completion by the
// schema, variables, the answer, and the schema to read. It is one file and fetches
// nothing but the answers of this service.
//
//go:embed explorer.html
var explorerPage []byte

// explorerPolicy permits the browser to run the script and apply the style that the
// page itself holds, and to reach nothing but this service.
var explorerPolicy = fmt.Sprintf("default-src 'none'; script-src %s; style-src %s; connect-src 'self'; "+
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'", sourceHash("script"), sourceHash("style"))

// sourceHash is the hash, in the form of a policy, of the content of the one element
// of the page with this name.
func sourceHash(element string) string {
	_, rest, _ := strings.Cut(string(explorerPage), "<"+element+">")
	inner, _, _ := strings.Cut(rest, "</"+element+">")
	sum := sha256.Sum256([]byte(inner))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// wantsExplorer reports whether a browser opens the address of the service.
func (s *Server) wantsExplorer(c *gin.Context) bool {
	return s.features.Explorer && c.Request.URL.RawQuery == "" && transport.Negotiate(c.Request.Header.Values("Accept")).Page
}

func (s *Server) serveExplorer(c *gin.Context) {
	c.Writer.Header()["Vary"] = s.vary.page
	c.Header("Content-Security-Policy", explorerPolicy)
	c.Header("Referrer-Policy", "no-referrer")
	c.Header("Content-Length", strconv.Itoa(len(explorerPage)))
	c.Data(http.StatusOK, mediaHTML+"; charset=utf-8", explorerPage)
}
