// Package engine runs GraphQL operations as compiled plans.
//
// An operation is parsed, validated and compiled once. The plan holds which
// resolver serves each field, the keys of the answer in their order, and how each
// leaf is written; running it writes the JSON text of the answer directly into a
// buffer, in the order of the query, without building a tree of maps first.
// Introspection is a plan like any other, over the schema itself.
//
// The engine implements GraphQL and nothing of this project: package api provides
// the schema as text and a resolver for every field. Parsing and validation are
// those of gqlparser, which follows the reference implementation rule by rule.
package engine

import (
	"context"
	"errors"
	"slices"

	"liantu/message"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Resolver computes the value of a field of source. The call is the value that the
// caller of [Plan.Run] passed. For a leaf the result is a value that its type can
// write, for a list a [List] or a slice; nil is null.
type Resolver func(call, source any, args map[string]any) (any, error)

// List is a list that a resolver returns without making a slice of it.
type List interface {
	Len() int
	At(i int) any
}

// Scalar reads and writes the values of a scalar type.
type Scalar struct {
	// Read takes a value in the form of decoded JSON (string, json.Number, bool,
	// nil, []any, map[string]any) and returns what resolvers receive, or an error
	// that states what would be valid.
	Read func(value any) (any, error)
	// Write appends the JSON form of a value that a resolver returned.
	Write func(buf []byte, value any) ([]byte, error)
}

// Config describes a service to the engine.
type Config struct {
	Schema   string                                      // in the schema definition language
	Access   func(object, field string) Access           // for every field of every object type
	Policy   func(role, object, field string) Treatment  // nil shows everything to everybody
	Scalar   func(name string) (Scalar, bool)            // for scalars beyond the five of GraphQL
	Enum     func(enum, name string) any                 // the inner value of an enum's name
	EnumName func(enum string, value any) (string, bool) // the name of an enum's inner value
	TypeOf   func(call, value any) string                // the object type of a value of an abstract type
	NoHints  bool                                        // whether errors suggest no names of the schema
}

// Engine compiles operations against one schema. It is safe for use by
// several goroutines.
type Engine struct {
	cfg    Config
	schema *ast.Schema
	rules  *rules.Rules
}

// New reads the schema and checks that every field can be resolved and every
// scalar written. The error joins every fault.
func New(cfg Config) (*Engine, error) {
	doc := validator.PreludeDocument()
	// The prelude declares @defer, which this engine does not run.
	doc.Directives = slices.DeleteFunc(doc.Directives, func(d *ast.DirectiveDefinition) bool { return d.Name == "defer" })
	own, err := parser.ParseSchema(&ast.Source{Name: "schema.graphql", Input: cfg.Schema})
	if err != nil {
		return nil, message.Errorf("schema: %w", err)
	}
	doc.Merge(own)
	s, err := validator.ValidateSchemaDocument(doc)
	if err != nil {
		return nil, message.Errorf("schema: %w", err)
	}
	e := &Engine{cfg: cfg, schema: s, rules: rulesOf(cfg.NoHints)}
	return e, e.check()
}

// rulesOf are the rules of the validation.
func rulesOf(noHints bool) *rules.Rules {
	r := rules.NewDefaultRules()
	if noHints {
		r.ReplaceRule(rules.FieldsOnCorrectTypeRule.Name, rules.FieldsOnCorrectTypeRuleWithoutSuggestions.RuleFunc)
		r.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
		r.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
		r.ReplaceRule(rules.ScalarLeafsRule.Name, rules.ScalarLeafsRuleWithoutSuggestions.RuleFunc)
		r.ReplaceRule(rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	}
	return r
}

// check finds fields without a resolver and scalars that cannot be written.
func (e *Engine) check() error {
	var faults []error
	for _, name := range sortedTypes(e.schema) {
		def := e.schema.Types[name]
		switch def.Kind {
		case ast.Scalar:
			if _, ok := e.scalar(name); !ok {
				faults = append(faults, message.Errorf("scalar %q has no form", name))
			}
		case ast.Object:
			for _, f := range def.Fields {
				if e.access(name, f.Name).Resolve == nil {
					faults = append(faults, message.Errorf("field %q of type %q has no resolver", f.Name, name))
				}
			}
		}
	}
	return errors.Join(faults...)
}

// Schema returns the schema that the engine serves. It must not be changed.
func (e *Engine) Schema() *ast.Schema { return e.schema }

// Location is a place in the text of an operation, counted from 1.
type Location struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Error is an error of a request or of one field of an answer.
type Error struct {
	Message   string
	Locations []Location
	Path      []any  // response keys and list positions; nil for a fault of the request
	Field     string // which field failed, as Type.field; "" for a fault of the request
	Rule      string // the validation rule that was broken, else ""
	Cause     error  // what a resolver returned, else nil

	said error // which the message states; nil for those of the parser
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// In returns the message in a language; those of the parser and the validator are
// English in every language.
func (e *Error) In(language message.Language) string {
	switch {
	case e.said != nil:
		return message.Of(e.said, language)
	case language != message.Chinese:
		return e.Message
	}
	return message.New("GraphQL: %s", e.Message).In(language)
}

// say makes an error of a request from one whose text it has.
func say(err error, places ...Location) *Error {
	return &Error{Message: err.Error(), Locations: places, said: err}
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Operation is a parsed and valid operation. It is immutable and may be cached
// and run by many requests.
type Operation struct {
	engine *Engine
	def    *ast.OperationDefinition
	plans  planCache
	shape  []string // the Boolean variables of its @skip and @include, sorted
}

// Name returns the name of the operation, "" for an anonymous one.
func (o *Operation) Name() string { return o.def.Name }

// The kinds of operations.
const (
	Query        = string(ast.Query)
	Mutation     = string(ast.Mutation)
	Subscription = string(ast.Subscription)
)

// Type returns Query, Mutation or Subscription.
func (o *Operation) Type() string { return string(o.def.Operation) }

// ErrChoice is the error where a document holds several operations and the request
// does not state which to run, or names one that is not there.
var ErrChoice = message.Errorf("operation not found")

// ErrKind is the error where an operation is of a kind that the request may not run.
var ErrKind = message.Errorf("kind of operation not allowed")

// Parse reads a document and returns the operation with the given name; the
// name may be empty where there is only one. The operation must be of one of
// the given kinds, of any where none is given. Everything that is wrong with the
// document is returned as errors, in the order of their places.
func (e *Engine) Parse(document, name string, kinds ...string) (*Operation, []*Error) {
	doc, errs := e.Read(document)
	if errs != nil {
		return nil, errs
	}
	return doc.Operation(name, kinds...)
}

// OneOf returns an error unless the operation is of one of the given kinds or
// none is given.
func (o *Operation) OneOf(kinds []string) *Error {
	if len(kinds) == 0 || slices.Contains(kinds, o.Type()) {
		return nil
	}
	return choice(ErrKind, message.New("a %s cannot be run in this way", o.Type()))
}

func choose(doc *ast.QueryDocument, name string) (*ast.OperationDefinition, *Error) {
	switch {
	case len(doc.Operations) == 0:
		return nil, choice(ErrChoice, message.New("the document has no operation"))
	case name == "" && len(doc.Operations) > 1:
		return nil, choice(ErrChoice, message.New("the document has %d operations; operationName must say which to run", len(doc.Operations)))
	case name == "":
		return doc.Operations[0], nil
	}
	if def := doc.Operations.ForName(name); def != nil && def.Name == name {
		return def, nil
	}
	return nil, choice(ErrChoice, message.New("the document has no operation named %q", name))
}

// choice is the error of an operation that cannot be chosen, with its sentinel.
func choice(sentinel error, text message.Text) *Error {
	return &Error{Message: text.String(), Cause: sentinel, said: message.Errorf("%v", text)}
}

// faults converts the errors of the parser and the validator.
func faults(err error) []*Error {
	var list gqlerror.List
	var one *gqlerror.Error
	switch {
	case errors.As(err, &list):
	case errors.As(err, &one):
		list = gqlerror.List{one}
	default:
		return []*Error{say(err)}
	}
	out := make([]*Error, 0, len(list))
	for _, g := range list {
		f := &Error{Message: g.Message, Rule: g.Rule}
		for _, l := range g.Locations {
			f.Locations = append(f.Locations, Location{Line: l.Line, Column: l.Column})
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, comparePlaces)
	return out
}

func comparePlaces(a, b *Error) int {
	at := func(e *Error) (int, int) {
		if len(e.Locations) == 0 {
			return 0, 0
		}
		return e.Locations[0].Line, e.Locations[0].Column
	}
	al, ac := at(a)
	bl, bc := at(b)
	if al != bl {
		return al - bl
	}
	return ac - bc
}

// Budget is asked from time to time while a plan runs; an error ends the run. It
// checks the context, too.
type Budget interface {
	Spend(ctx context.Context, values int) error
	// Size takes how many bytes the answer has so far, its errors included.
	Size(bytes int) error
}
