package api

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"liantu/api/disclosure"
	"liantu/api/engine"
	"liantu/api/fault"
	"liantu/api/fields"
)

// Response is the answer to one request.
type Response struct {
	Data       json.RawMessage // in the order of the query; nil when the request was refused as a whole
	Errors     []fault.Error
	Extensions Extensions

	bare         bool   // whether it says nothing of the picture
	shared       bool   // whether Data is that of a cached answer, and there are no errors
	framed       []byte // holds Data after frame where it was written so, else nil
	operation    string
	subscription *subscription // the stream to follow, instead of data and errors
	wrote        int64         // the version that contains the changes that were made, 0 for none
	tag          string        // names the data where it may be cached; see [answers]
	key          answerKey     // of the cached answer, where there is a tag
}

// Extensions states which picture of the graph an answer was computed from.
type Extensions struct {
	Version    int64   `json:"version"`    // version of the graph; grows with every change
	DataDate   *string `json:"dataDate"`   // newest day that any fact describes; null for an empty graph
	AgeSeconds float64 `json:"ageSeconds"` // at most so many since the store last confirmed that it has nothing newer, in steps of 5
	Stale      bool    `json:"stale"`      // whether the store is out of reach at present
	Synthetic  bool    `json:"synthetic"`  // whether the graph holds invented data

	// AsOf is the earlier day of whose knowledge the answer is, as it was asked for.
	AsOf string `json:"asOf,omitempty"`

	// Lacks is the version of the caller's own last change where the answer was computed
	// from an earlier one, since the store could not be read.
	Lacks int64 `json:"lacks,omitempty"`

	Cost Cost `json:"cost,omitzero"` // of the request

	// Masked says which personal values stayed masked although the request states a
	// purpose, and why.
	Masked []disclosure.Withheld `json:"masked,omitempty"`
}

// Cost states what a request costs, in values. Of an answer from the cache it is what
// computing it took.
type Cost struct {
	Requested int64 `json:"requested"` // what was charged before the work; 0, which is written as null, where it was refused before that was known
	Actual    int64 `json:"actual"`    // values that were written
	Limit     int   `json:"limit"`     // of the values that one request may ask for, and of its work
}

// costOf is what an execution has cost so far.
func (s *Server) costOf(x *execution) Cost {
	c := Cost{Requested: int64(math.Ceil(x.values)) + x.made, Actual: x.spent, Limit: s.cfg.MaxFields}
	if x.spent == 0 {
		c.Actual = x.budget.Spent()
	}
	return c
}

// extensionsOf is what every answer states about its picture.
func extensionsOf(p fields.Picture) Extensions {
	e := Extensions{Version: p.Version(), AgeSeconds: p.AgeSeconds(), Stale: p.Status.Stale, Synthetic: p.Synthetic(), AsOf: p.AsOf}
	if p.Graph == nil {
		e.Stale = true
		return e
	}
	if date := p.Graph.DataDate(); date != "" {
		e.DataDate = &date
	}
	return e
}

// state states which picture the answer to a request is computed from.
func (r *Response) state(x *execution, p fields.Picture) {
	r.Extensions = extensionsOf(p)
	if x.lacks > r.Extensions.Version {
		r.Extensions.Lacks = x.lacks
	}
}

// MarshalJSON writes the answer in the form of the GraphQL specification:
// data is present, if only as null, once the execution has begun.
func (r *Response) MarshalJSON() ([]byte, error) {
	text, _, err := r.append(nil)
	return text, err
}

// frame precedes the data of an answer without errors.
const frame = `{"data":`

// append writes the answer at the end of buf and returns where its extensions begin.
// An empty buf may be replaced by the one that already holds the data.
func (r *Response) append(buf []byte) (text []byte, extensions int, err error) {
	if len(buf) == 0 && r.inFrame() {
		return r.close(append(r.framed, ','))
	}
	buf = append(buf, '{')
	if len(r.Errors) > 0 {
		if buf, err = appendMember(buf, "errors", r.Errors); err != nil {
			return buf, 0, err
		}
		buf = append(buf, ',')
	}
	if r.Data != nil {
		buf = append(append(append(buf, `"data":`...), r.Data...), ',')
	}
	return r.close(buf)
}

// inFrame reports whether the answer is written around its data in place.
func (r *Response) inFrame() bool { return r.framed != nil && len(r.Errors) == 0 }

// close ends an answer with its extensions.
func (r *Response) close(buf []byte) (text []byte, extensions int, err error) {
	extensions = len(buf)
	if r.bare {
		return append(bytes.TrimSuffix(buf, []byte{','}), '}'), extensions, nil
	}
	if buf, err = r.Extensions.append(append(buf, `"extensions":`...)); err != nil {
		return buf, extensions, err
	}
	return append(buf, '}'), extensions, nil
}

// append writes the extensions as encoding/json would.
func (e *Extensions) append(buf []byte) ([]byte, error) {
	buf = strconv.AppendInt(append(buf, `{"version":`...), e.Version, 10)
	buf = append(buf, `,"dataDate":`...)
	if e.DataDate == nil {
		buf = append(buf, "null"...)
	} else {
		buf = engine.AppendString(buf, *e.DataDate)
	}
	buf, err := engine.AppendFloat(append(buf, `,"ageSeconds":`...), e.AgeSeconds)
	buf = strconv.AppendBool(append(buf, `,"stale":`...), e.Stale)
	buf = strconv.AppendBool(append(buf, `,"synthetic":`...), e.Synthetic)
	if e.AsOf != "" {
		buf = engine.AppendString(append(buf, `,"asOf":`...), e.AsOf)
	}
	if e.Lacks > 0 {
		buf = strconv.AppendInt(append(buf, `,"lacks":`...), e.Lacks, 10)
	}
	if e.Cost.Limit > 0 {
		buf = e.Cost.append(append(buf, `,"cost":`...))
	}
	if err == nil && len(e.Masked) > 0 {
		buf, err = appendMember(append(buf, ','), "masked", e.Masked)
	}
	return append(buf, '}'), err
}

// MarshalJSON writes the cost as answers do.
func (c Cost) MarshalJSON() ([]byte, error) { return c.append(nil), nil }

func (c Cost) append(buf []byte) []byte {
	buf = append(buf, `{"requested":`...)
	if c.Requested == 0 {
		buf = append(buf, "null"...)
	} else {
		buf = strconv.AppendInt(buf, c.Requested, 10)
	}
	buf = strconv.AppendInt(append(buf, `,"actual":`...), c.Actual, 10)
	return append(strconv.AppendInt(append(buf, `,"limit":`...), int64(c.Limit), 10), '}')
}

// appendMember writes a member of an object, without escapes for HTML.
func appendMember(buf []byte, name string, value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return buf, err
	}
	buf = append(append(append(buf, '"'), name...), '"', ':')
	return append(buf, bytes.TrimRight(b.Bytes(), "\n")...), nil
}

// codes lists the codes of the answer's errors, each once.
func (r *Response) codes() []string {
	var codes []string
	for _, e := range r.Errors {
		if code := string(e.Code()); !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// retryAfter is the number of seconds after which a client should retry, 0 where
// none is stated.
func (r *Response) retryAfter() int {
	if len(r.Errors) == 0 {
		return 0
	}
	seconds, _ := r.Errors[0].Extensions["retryAfter"].(int)
	return seconds
}
