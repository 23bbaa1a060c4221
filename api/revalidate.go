package api

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"liantu/api/transport"
)

// revalidate sets the strong ETag of an answer that may be cached, and reports
// whether the client already has the same bytes, so that 304 is enough. The tag
// names the data, the extensions, the media type and the coding. Only queries have one. The
// condition is for GET alone: 304 answers nothing else. Clients may cache such an answer for
// the same caller only, and must revalidate it before they use it.
func revalidate(c *gin.Context, answer *Response, extensions []byte, media string, coding transport.Coding) bool {
	if answer.tag == "" || len(answer.Errors) > 0 {
		return false
	}
	h := fnv.New64a()
	h.Write(extensions)
	h.Write([]byte(media))
	sent := c.Writer.Header()
	sent["Cache-Control"] = noCache
	return conditional(c, tagOf(answer.tag+strconv.FormatUint(h.Sum64(), 36), coding))
}

// tagOf is the strong ETag of a body in a coding.
func tagOf(body string, coding transport.Coding) string {
	if coding != transport.Plain {
		body += "-" + string(coding)
	}
	return `"` + body + `"`
}

// conditional sets the ETag of an answer, and reports whether it is 304.
func conditional(c *gin.Context, tag string) bool {
	c.Writer.Header().Set("ETag", tag)
	if method := c.Request.Method; method != http.MethodGet && method != http.MethodHead {
		return false
	}
	if !matches(c.Request.Header.Values("If-None-Match"), tag) {
		return false
	}
	c.Status(http.StatusNotModified)
	return true
}

// matches reports whether the field If-None-Match names a tag.
func matches(fields []string, tag string) bool {
	for _, field := range fields {
		for one := range strings.SplitSeq(field, ",") {
			if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == tag {
				return true
			}
		}
	}
	return false
}
