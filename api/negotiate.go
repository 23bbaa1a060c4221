package api

import (
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"liantu/api/fault"
	"liantu/api/transport"
)

// The media types of answers. GraphQL over HTTP distinguishes them by the status:
// application/json has status 200 for every well-formed request, while the status
// of application/graphql-response+json states whether there is data.
const (
	mediaJSON    = transport.JSON
	mediaGraphQL = transport.GraphQL
	mediaEvents  = transport.Events
	mediaHTML    = transport.HTML
)

// mediaKey is the key under which a request stores the media type of its answer.
const mediaKey = "liantu.media"

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
