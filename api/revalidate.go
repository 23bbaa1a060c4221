package api

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
)

// revalidate gives an answer that may be cached its strong ETag, and reports
// whether the client has these very bytes already, so that 304 is enough. The
// tag names the data, the extensions and the media type. Only queries have
// one; the condition is honoured for POST as for GET, since asking changes
// nothing. Clients may keep such an answer for the one who asked, but must ask
// again before they use it.
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
