// Package guard refuses a GraphQL request that would be too expensive to read,
// before any parser sees it. Everything here is linear in the size of the request,
// uses no call stack that grows with it, and stops at the first limit that is
// exceeded.
//
// Parsers and validators recurse: a short document of nested brackets, of
// fragments that contain each other, or of fragments that double at each step
// can overflow a stack or run for minutes. The guard therefore works on tokens
// alone: it knows where a fragment begins, what it spreads and how deep, which is
// enough to find cycles and to limit the size of the document with every fragment
// written out.
//
// A guard that reads other tokens than the parser guards nothing. Where the parser takes
// more than three quotes as the end of a block string, and the specification three,
// the document is refused.
//
// Package api imports guard; guard imports only the standard library.
package guard

import (
	"unicode/utf8"

	"liantu/message"
)

// Limits are those of a document. Each is the largest value that passes; 0 refuses
// everything but an empty document.
type Limits struct {
	Bytes      int // of the document
	Tokens     int // lexical tokens of the document
	Nesting    int // open braces, brackets and parentheses at any point, together; at most 64
	Depth      int // levels of fields, fragments written out; see [Document]
	Fields     int // fields and fragments, fragments written out
	Aliases    int // renamed fields, fragments written out
	Directives int // directives, fragments written out
	RootFields int // fields at the root of one operation, fragments written out
}

// Refusal states which limit a request exceeds. Its message is meant for the
// client.
type Refusal struct {
	Code   string       // for machines: DOCUMENT_TOO_LARGE, TOO_MANY_TOKENS, …
	What   message.Text // what was counted, in the plural
	Limit  int          // the largest count that passes; 0 where there is none
	Offset int          // byte of the document at which the limit was exceeded
}

// Message states what was refused, and the limit in numbers.
func (r *Refusal) Message() message.Text {
	if r.Limit > 0 {
		return message.New("the request has more than %d %s", r.Limit, r.What)
	}
	return message.New("the request has %s", r.What)
}

// The codes of a [Refusal].
const (
	CodeBytes      = "DOCUMENT_TOO_LARGE"
	CodeTokens     = "TOO_MANY_TOKENS"
	CodeNesting    = "TOO_DEEPLY_NESTED"
	CodeDepth      = "DEPTH_LIMIT"
	CodeFields     = "FIELD_LIMIT"
	CodeAliases    = "ALIAS_LIMIT"
	CodeName       = "NAME_LIMIT"
	CodeDirectives = "DIRECTIVE_LIMIT"
	CodeRootFields = "ROOT_FIELD_LIMIT"
	CodeCycle      = "FRAGMENT_CYCLE"
	CodeEncoding   = "BAD_ENCODING"
	CodeQuotes     = "JOINED_QUOTES"
	CodeJSONDepth  = "VARIABLES_TOO_DEEP"

	CodeVariables     = "TOO_MANY_VARIABLES"
	CodeVariableBytes = "VARIABLE_TOO_LARGE"
)

// maxName is the most bytes of a name. That of an alias is repeated for every object, and in
// the path of every error.
const maxName = 200

// Document checks a GraphQL document against the limits. It returns nil when
// the document may be parsed, which does not mean that it is well formed.
//
// The depth counts the fields on the way to the deepest one, itself included.
// It leaves out inline fragments, the wrappers of Relay lists (edges, nodes and
// node without arguments) and what lies below __schema and __type, where types
// within types are common and the cost of the lists is the limit.
func Document(doc string, limits Limits) *Refusal {
	if len(doc) > limits.Bytes {
		return &Refusal{Code: CodeBytes, What: message.New("bytes in its document"), Limit: limits.Bytes, Offset: limits.Bytes}
	}
	if !utf8.ValidString(doc) {
		return &Refusal{Code: CodeEncoding, What: message.New("a document that is not valid UTF-8")}
	}
	o := &outline{limits: limits}
	o.limits.Nesting = min(limits.Nesting, 64)
	s := scanner{doc: doc}
	for {
		t := s.next()
		if t.kind == end {
			break
		}
		if t.kind == name && t.end-t.start > maxName {
			return &Refusal{Code: CodeName, What: message.New("bytes in a name"), Limit: maxName, Offset: t.start + maxName}
		}
		if r := o.add(doc, t); r != nil {
			return r
		}
	}
	return o.check()
}
