package api

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"liantu/api/fault"
	"liantu/api/transport"
)

// The media types of answers. GraphQL over HTTP distinguishes them by the status:
// application/json has status 200 for every well-formed request, while the status
// of application/graphql-response+json states whether there is data.
const (
	mediaJSON    = "application/json"
	mediaGraphQL = "application/graphql-response+json"
	mediaEvents  = "text/event-stream"
	mediaHTML    = "text/html"
)

// mediaKey is the key under which a request stores the media type of its answer.
const mediaKey = "liantu.media"

// accepted is what a client takes according to its Accept header.
type accepted struct {
	answer string // mediaJSON or mediaGraphQL, whichever is preferred; "" when neither is accepted
	events bool   // a stream of events
	page   bool   // an HTML page, which only browsers name
}

// negotiate reads the Accept headers of a request. Without any the answer is
// application/json, as it is where both media types are equally preferred.
func negotiate(headers []string) accepted {
	if len(headers) == 0 {
		return accepted{answer: mediaJSON}
	}
	header := strings.Join(headers, ",")
	if strings.TrimSpace(header) == "" {
		return accepted{answer: mediaJSON}
	}
	ranges := mediaRanges(header)
	out := accepted{events: bestRange(ranges, mediaEvents).exact(), page: bestRange(ranges, mediaHTML).exact()}
	plain, own := bestRange(ranges, mediaJSON), bestRange(ranges, mediaGraphQL)
	switch {
	case plain.q == 0 && own.q == 0:
	case own.beats(plain):
		out.answer = mediaGraphQL
	default:
		out.answer = mediaJSON
	}
	return out
}

// mediaRange is one part of an Accept header.
type mediaRange struct {
	media string
	q     float64 // from 0, not at all, to 1
	place int     // in the header
	near  int     // how closely it names the media type: 3 exactly, 2 by its main type, 1 as anything
}

func (r mediaRange) exact() bool { return r.q > 0 && r.near == 3 }

// beats compares by preference, then by how closely the client named the media
// type, then by the place in the header.
func (r mediaRange) beats(o mediaRange) bool {
	switch {
	case r.q != o.q:
		return r.q > o.q
	case r.near != o.near:
		return r.near > o.near
	}
	return r.near == 3 && r.place < o.place
}

// mediaRanges parses an Accept header. Parts that cannot be read, and those that ask
// for a charset other than UTF-8, are left out.
func mediaRanges(header string) []mediaRange {
	var out []mediaRange
	for place, part := range strings.Split(header, ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
			continue
		}
		r := mediaRange{media: media, q: 1, place: place}
		if text, ok := params["q"]; ok {
			if r.q, err = strconv.ParseFloat(text, 64); err != nil || r.q < 0 || r.q > 1 {
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

// bestRange finds the part that names a media type most closely; its q is 0 when
// none does.
func bestRange(ranges []mediaRange, media string) mediaRange {
	kind, _, _ := strings.Cut(media, "/")
	var best mediaRange
	for _, r := range ranges {
		switch r.media {
		case media:
			r.near = 3
		case kind + "/*":
			r.near = 2
		case "*/*":
			r.near = 1
		}
		if r.near > best.near {
			best = r
		}
	}
	return best
}

// statusOf is the status of an answer to a well-formed request.
func statusOf(media string, answer *Response) int {
	if answer.Data != nil || len(answer.Errors) == 0 {
		return http.StatusOK
	}
	code := answer.Errors[0].Code()
	switch code { // codes that HTTP has a status for
	case fault.CodeMethod:
		return http.StatusMethodNotAllowed
	case fault.CodeAccept:
		return http.StatusNotAcceptable
	case fault.CodeRequest:
		return http.StatusBadRequest
	case fault.CodeOverloaded:
		return http.StatusServiceUnavailable
	case fault.CodeRate:
		return http.StatusTooManyRequests
	}
	if media != mediaGraphQL {
		return http.StatusOK
	}
	switch code {
	case fault.CodeInternal:
		return http.StatusInternalServerError
	case fault.CodeUnavailable, fault.CodeTimeout:
		return http.StatusServiceUnavailable
	}
	return http.StatusBadRequest
}

// checkBody accepts plain JSON in UTF-8. No HTML form can send that, and a script of
// another origin only with permission (CORS), which this service grants to those of
// [Deps] alone: so no other page can make the browser of a user send requests in the
// user's name.
func checkBody(h http.Header) *fault.RefusalError {
	if encoding := h.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return fault.Refuse(fault.CodeMediaType, "the content encoding %q is not accepted; send the body as it is", encoding)
	}
	header := h.Get("Content-Type")
	if header == mediaJSON {
		return nil
	}
	media, params, err := mime.ParseMediaType(header)
	if err != nil || media != mediaJSON {
		return fault.Refuse(fault.CodeMediaType, "the content type %q is not accepted; send application/json", header)
	}
	if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
		return fault.Refuse(fault.CodeMediaType, "the charset %q is not accepted; send utf-8", charset)
	}
	return nil
}

// preflight are headers that a page of another site cannot send without permission.
var preflight = []string{"GraphQL-Require-Preflight", "Apollo-Require-Preflight", "X-Apollo-Operation-Name", "X-Requested-With"}

// checkCrossSite refuses a GET that the browser of a user makes for a page of another
// site: a GET needs no permission, but browsers report where it comes from. Those of pages
// of the permitted origins are answered.
func (s *Server) checkCrossSite(r *http.Request) *fault.RefusalError {
	if !transport.IsCrossSite(r) || s.origins.Permits(r) {
		return nil
	}
	if asksPermission(r.Header) {
		return nil
	}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && media == mediaJSON {
		return nil
	}
	return fault.Refuse(fault.CodeCrossSite, "a page of another site sent the request without permission; send the header %s", preflight[0])
}

// asksPermission reports whether a request has a header for which a browser asks the
// service first, on behalf of a page of another site.
func asksPermission(h http.Header) bool {
	return slices.ContainsFunc(preflight, func(name string) bool { return h.Get(name) != "" })
}

// mediaOf is the media type of the answer to a request.
func mediaOf(c *gin.Context) string {
	if media := c.GetString(mediaKey); media != "" {
		return media
	}
	return mediaJSON
}
