package api

import (
	"cmp"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"

	"liantu/api/engine"
	"liantu/schema"

	"github.com/graphql-go/graphql"
)

// builder makes the GraphQL schema of one server. Nothing of it is shared
// between servers. Faults are collected, so that New can name them all.
type builder struct {
	server *Server
	model  *schema.Model

	scalars scalars
	node    *graphql.Interface
	kinds   map[string]*graphql.Object // by name of the node kind
	objects map[string]*graphql.Object // all others, by GraphQL name
	enums   map[string]*graphql.Enum

	order      map[string][]string // enum type: its values in declared order
	made       map[*graphql.Field]engine.Access
	accesses   map[string]engine.Access // by object and field, as in Company.name
	shows      map[*graphql.Field]*schema.Property
	properties map[string]*schema.Property // what of the data a field shows, by object and field
	guards     map[*graphql.Field]schema.Sensitivity
	leads      map[string]schema.Sensitivity // of the nodes that a field leads to, by object and field, where it is not public
	rights     map[string]schema.Right       // that the mutations take, by field
	columns    []*column
	faults     []error
}

func newBuilder(s *Server) *builder {
	return &builder{
		server: s, model: s.model, scalars: newScalars(),
		kinds: map[string]*graphql.Object{}, objects: map[string]*graphql.Object{},
		enums: map[string]*graphql.Enum{}, order: map[string][]string{},
		made: map[*graphql.Field]engine.Access{}, accesses: map[string]engine.Access{},
		shows: map[*graphql.Field]*schema.Property{}, properties: map[string]*schema.Property{},
		guards: map[*graphql.Field]schema.Sensitivity{}, leads: map[string]schema.Sensitivity{},
		rights: map[string]schema.Right{},
	}
}

// fault notes what is wrong with the schema.
func (b *builder) fault(format string, args ...any) {
	b.faults = append(b.faults, fmt.Errorf(format, args...))
}

// both joins the two languages of a description: "English. 中文。".
func both(en, zh string) string {
	switch {
	case zh == "" || zh == en:
		return en
	case en == "":
		return zh
	}
	return en + " " + zh
}

// required is the type t without null.
func required(t graphql.Type) *graphql.NonNull { return graphql.NewNonNull(t) }

// listOf is a list of t, without null in it or instead of it.
func listOf(t graphql.Type) *graphql.NonNull { return required(graphql.NewList(required(t))) }

// field makes a field of what serves it.
func (b *builder) field(t graphql.Output, description string, by served, arguments ...argument) *graphql.Field {
	f := &graphql.Field{Type: t, Description: description}
	access := by.access(shapeOf(t))
	if len(arguments) > 0 {
		f.Args = graphql.FieldConfigArgument{}
	}
	for _, a := range arguments {
		f.Args[a.name] = &graphql.ArgumentConfig{Type: a.is, Description: a.description, DefaultValue: a.standard}
		if a.name == "first" {
			access.Resolve = b.server.bounded(access.Resolve)
		}
	}
	b.made[f] = access
	return f
}

// bounded refuses a page that is too large before anything is computed for it.
func (s *Server) bounded(resolve engine.Resolver) engine.Resolver {
	return func(call, source any, a map[string]any) (any, error) {
		if f := s.checkFirst(a); f != nil {
			return nil, f
		}
		return resolve(call, source, a)
	}
}

// property makes a field that shows a property of the data. Its values are
// subject to the policy.
func (b *builder) property(k *schema.Kind, p *schema.Property, by served) *graphql.Field {
	f := b.field(b.propertyType(k, p), describe(p), by)
	b.shows[f] = p
	access := b.made[f]
	access.Mask = func(value any) any { return mask(p, value) }
	access.Treat = func(call, source any) engine.Treatment {
		rq := call.(*request)
		return rq.treatElement(p.Sensitivity, rq.within(k, source))
	}
	access.Note = func(call, source any) error {
		call.(*request).note(k, p, source)
		return nil
	}
	b.made[f] = access
	return f
}

// of notes how each field of an object is served and what it shows.
func (b *builder) of(object string, fields graphql.Fields) graphql.Fields {
	for name, f := range fields {
		key := object + "." + name
		b.accesses[key] = b.made[f]
		if p := b.shows[f]; p != nil {
			b.properties[key] = p
		}
		if guard, ok := b.guards[f]; ok {
			b.leads[key] = guard
		}
		f.Resolve = b.guarded(object, name, b.made[f])
	}
	return fields
}

// guarded gives the way of a field the form that graphql-go wants, under the
// same policy.
func (b *builder) guarded(object, name string, access engine.Access) graphql.FieldResolveFn {
	s := b.server
	return func(p graphql.ResolveParams) (value any, err error) {
		rq := requestOf(p.Context)
		if rq == nil {
			return nil, errors.New("the context belongs to no request")
		}
		defer func() {
			if reason := recover(); reason != nil {
				s.panicked(rq, reason, debug.Stack())
				value, err = nil, refuse(CodeInternal, "internal error").with("requestId", rq.id)
			}
		}()
		if err := p.Context.Err(); err != nil {
			return nil, err
		}
		treatment := s.treat(string(rq.role), object, name)
		if treatment == engine.ByElement {
			treatment = access.Treat(rq, p.Source)
		}
		if treatment == engine.Refuse || treatment == engine.Mask && access.Mask == nil {
			return nil, engine.ErrRefused
		}
		if value, err = access.Resolve(rq, p.Source, p.Args); err != nil {
			return nil, err // the executor would show the value beside the error
		}
		if treatment == engine.Mask && value != nil {
			return access.Mask(value), nil
		}
		if treatment == engine.Reveal && value != nil && access.Note != nil {
			return value, access.Note(rq, p.Source)
		}
		return value, nil
	}
}

// argument declares an argument of a field.
type argument struct {
	name        string
	is          graphql.Input
	description string
	standard    any // the value when none is given; nil for none
}

// object makes an object type whose fields may refer to any other type.
func (b *builder) object(name, description string, fields func() graphql.Fields) *graphql.Object {
	if b.taken(name) {
		b.fault("graphql type %q is declared twice", name)
	}
	o := graphql.NewObject(graphql.ObjectConfig{
		Name: name, Description: description,
		Fields: graphql.FieldsThunk(func() graphql.Fields { return b.of(name, fields()) }),
	})
	b.objects[name] = o
	return o
}

// enumValue declares one value of an enum: the name in GraphQL and the value
// that stands for it inside.
type enumValue struct {
	name        string
	value       any
	description string
}

// enum makes an enum type and remembers the order of its values.
func (b *builder) enum(name, description string, values []enumValue) *graphql.Enum {
	if b.taken(name) {
		b.fault("graphql type %q is declared twice", name)
	}
	config := graphql.EnumValueConfigMap{}
	for _, v := range values {
		if config[v.name] != nil {
			b.fault("graphql enum %q has the value %q twice", name, v.name)
		}
		config[v.name] = &graphql.EnumValueConfig{Value: v.value, Description: v.description}
		b.order[name] = append(b.order[name], v.name)
	}
	e := graphql.NewEnum(graphql.EnumConfig{Name: name, Description: description, Values: config})
	if err := e.Error(); err != nil {
		b.fault("graphql enum %q: %w", name, err)
	}
	b.enums[name] = e
	return e
}

func (b *builder) taken(name string) bool {
	return b.objects[name] != nil || b.enums[name] != nil || b.kinds[name] != nil
}

// settle fills every lazily made table of the engine and puts into order what
// the engine keeps in the order of a map. Without it concurrent requests would
// race on those tables.
func (b *builder) settle(s *graphql.Schema) {
	byName := func(x, y *graphql.Argument) int { return cmp.Compare(x.PrivateName, y.PrivateName) }
	for _, t := range s.TypeMap() {
		switch t := t.(type) {
		case *graphql.Enum:
			order := b.order[t.Name()]
			slices.SortFunc(t.Values(), func(x, y *graphql.EnumValueDefinition) int {
				return cmp.Or(cmp.Compare(slices.Index(order, x.Name), slices.Index(order, y.Name)),
					cmp.Compare(x.Name, y.Name))
			})
			t.ParseValue("")
			t.Serialize("")
		case *graphql.Object:
			t.Interfaces()
			for _, f := range t.Fields() {
				slices.SortFunc(f.Args, byName)
			}
		case *graphql.Interface:
			for _, f := range t.Fields() {
				slices.SortFunc(f.Args, byName)
			}
			possible := s.PossibleTypes(t)
			slices.SortFunc(possible, func(x, y *graphql.Object) int { return cmp.Compare(x.Name(), y.Name()) })
			s.IsPossibleType(t, s.QueryType())
		}
	}
}
