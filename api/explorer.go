package api

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"liantu/api/page"
	"liantu/api/transport"
)

// wantsExplorer reports whether a browser opens the address of the service.
func (s *Server) wantsExplorer(c *gin.Context) bool {
	return s.features.Explorer && c.Request.URL.RawQuery == "" && transport.Negotiate(c.Request.Header.Values("Accept")).Page
}

// serveExplorer sends the page for queries.
func (s *Server) serveExplorer(c *gin.Context) {
	c.Writer.Header()["Vary"] = s.vary.page
	c.Header("Content-Security-Policy", page.ExplorerPolicy)
	c.Header("Referrer-Policy", "no-referrer")
	c.Header("Content-Length", strconv.Itoa(len(page.Explorer)))
	c.Data(http.StatusOK, mediaHTML+"; charset=utf-8", page.Explorer)
}
