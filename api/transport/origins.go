package transport

import (
	"net/http"
	"net/url"
	"strings"

	"liantu/message"
)

// Origins are the origins of pages that may use a service beside those of the service
// itself (CORS). A nil one permits none.
type Origins struct {
	listed      map[string]bool
	any         bool
	credentials bool // whether pages of the origins may use cookies
}

// NewOrigins returns the origins of a list with spaces between, or of "*" for all, nil for
// an empty list. With credentials their pages may use sessions. The error names what is no
// origin.
func NewOrigins(list string, credentials bool) (*Origins, error) {
	names, err := ParseOrigins(list)
	if len(names) == 0 || err != nil {
		return nil, err
	}
	o := &Origins{listed: map[string]bool{}, credentials: credentials}
	for _, name := range names {
		o.any = o.any || name == anyOrigin
		o.listed[name] = true
	}
	if o.any && credentials {
		return nil, message.Errorf("every origin may not use sessions; name the origins that may")
	}
	return o, nil
}

// anyOrigin stands for all origins.
const anyOrigin = "*"

// ParseOrigins reads origins with spaces between, in the form in which browsers name them.
// The error reads on after them.
func ParseOrigins(list string) ([]string, error) {
	var names []string
	for field := range strings.FieldsSeq(list) {
		name, ok := parseOrigin(field)
		switch {
		case field == anyOrigin:
			name = anyOrigin
		case !ok:
			return nil, message.Errorf("names %q, which is not an origin such as https://dashboard.example: scheme, host and port, without a path", field)
		}
		names = append(names, name)
	}
	if len(names) > 1 && strings.Contains(list, anyOrigin) {
		return nil, message.Errorf("names origins beside *, which stands for all of them")
	}
	return names, nil
}

// parseOrigin writes an origin as browsers do: in lower case, without the usual port.
func parseOrigin(text string) (string, bool) {
	u, err := url.Parse(strings.ToLower(text))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
		return "", false
	}
	if u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(text, "*?#") {
		return "", false
	}
	for _, c := range []byte(text) {
		if c >= 0x80 { // browsers name such a host in ASCII
			return "", false
		}
	}
	usual := map[string]string{"https": ":443", "http": ":80"}[u.Scheme]
	return u.Scheme + "://" + strings.TrimSuffix(u.Host, usual), true
}

// Permits reports whether a page of another origin sends a request with permission.
func (o *Origins) Permits(r *http.Request) bool {
	if o == nil {
		return false
	}
	origin := r.Header.Get("Origin")
	return origin != "" && (o.any || o.listed[origin])
}

// Credentials reports whether pages of the origins may use sessions.
func (o *Origins) Credentials() bool { return o != nil && o.credentials }

// WithCookies reports whether the cookies of a request count: not those of a page of
// another origin that may not use sessions. A browser sends such a page's requests with the
// cookies of a service on the same site, as on another port.
func (o *Origins) WithCookies(r *http.Request, front *Front) bool {
	if !front.isForeign(r) {
		return true
	}
	return o.Credentials() && o.Permits(r)
}

// isForeign reports whether a page of another origin sends a request, or a browser follows
// its link to the service of another site. Browsers that do not say so by Sec-Fetch-Site,
// which they leave out for plain HTTP to another machine, name the origin.
func (f *Front) isForeign(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return false
	case "cross-site":
		return true
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return false
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return true // "null", of a page without an origin
	}
	return !strings.EqualFold(u.Host, r.Host) && (f == nil || f.public == "" || hostName(u.Host) != f.public)
}

// Headers of CORS that do not depend on the request. They must not be changed.
var (
	// What a page may send: what the service and its other doors read beyond what every
	// page may.
	corsHeaders = []string{"Accept-Language, Apollo-Require-Preflight, Authorization, Content-Type, GraphQL-Require-Preflight, " +
		"If-None-Match, Last-Event-ID, Liantu-Min-Version, Mcp-Protocol-Version, Traceparent, X-Apollo-Operation-Name, " +
		"X-GraphQL-Event-Stream-Token, X-Request-Id, X-Requested-With"}
	corsMethods = []string{"GET, HEAD, POST, PUT, DELETE"}
	// What a page may read of the answer beyond its type, length and language.
	corsExposed = []string{"Allow, Content-Disposition, ETag, Liantu-Complete, Liantu-Rows, Liantu-Version, Retry-After, WWW-Authenticate, X-Request-Id"}
	corsAge     = []string{"7200"} // seconds; no browser remembers it for longer
	corsYes     = []string{"true"}
)

// Permit sets the headers of an answer that let a page of a permitted origin read it, none
// for any other. It reports whether the request is the question of a browser (a preflight)
// what such a page may send: then the answer is complete with the status 204.
func (o *Origins) Permit(header http.Header, r *http.Request) (preflight bool) {
	if o == nil {
		return false
	}
	header.Add("Vary", "Origin")
	if !o.Permits(r) {
		return false
	}
	header["Access-Control-Allow-Origin"] = r.Header["Origin"][:1]
	if o.credentials {
		header["Access-Control-Allow-Credentials"] = corsYes
	}
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		header["Access-Control-Expose-Headers"] = corsExposed
		return false
	}
	header["Access-Control-Allow-Methods"] = corsMethods
	header["Access-Control-Allow-Headers"] = corsHeaders
	header["Access-Control-Max-Age"] = corsAge
	return true
}

// Handler puts the permission before a handler that has none of its own.
func (o *Origins) Handler(next http.Handler) http.Handler {
	if o == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if o.Permit(w.Header(), r) {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}
