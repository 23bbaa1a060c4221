package transport

import (
	"mime"
	"strconv"
	"strings"
)

// The media types of answers.
const (
	JSON    = "application/json"
	GraphQL = "application/graphql-response+json"
	Events  = "text/event-stream"
	HTML    = "text/html"
)

// Accepted is what a client takes according to its Accept header.
type Accepted struct {
	Answer string // JSON or GraphQL, whichever is preferred; "" when neither is accepted
	Events bool   // a stream of events
	Page   bool   // an HTML page, which only browsers name
}

// Negotiate reads the Accept headers of a request. Without any the answer is
// application/json, as it is where both media types are equally preferred.
func Negotiate(headers []string) Accepted {
	if len(headers) == 0 {
		return Accepted{Answer: JSON}
	}
	header := strings.Join(headers, ",")
	if strings.TrimSpace(header) == "" {
		return Accepted{Answer: JSON}
	}
	ranges := mediaRanges(header)
	out := Accepted{Events: bestRange(ranges, Events).exact(), Page: bestRange(ranges, HTML).exact()}
	plain, own := bestRange(ranges, JSON), bestRange(ranges, GraphQL)
	switch {
	case plain.q == 0 && own.q == 0:
	case own.beats(plain):
		out.Answer = GraphQL
	default:
		out.Answer = JSON
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
