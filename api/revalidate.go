package api

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
)

// revalidate sets the strong ETag of an answer that may be cached, and reports
// whether the client already has the same bytes, so that 304 is enough. The tag
// names the data, the extensions and the media type. Only queries have one; the
// condition is honoured for POST as for GET, since queries change nothing. Clients
// may cache such an answer for the same caller only, and must revalidate it before
// they use it.
func revalidate(sent, received http.Header, answer *Response, extensions []byte, media string) bool {
	if answer.tag == "" || len(answer.Errors) > 0 {
		return false
	}
	h := fnv.New64a()
	h.Write(extensions)
	h.Write([]byte(media))
	tag := `"` + answer.tag + strconv.FormatUint(h.Sum64(), 36) + `"`
	sent.Set("ETag", tag)
	sent["Cache-Control"] = noCache
	return matches(received.Values("If-None-Match"), tag)
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
