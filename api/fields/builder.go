package fields

import (
	"fmt"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/api/engine"
	"liantu/schema"
)

// Builder makes the GraphQL schema of one server. Nothing of it is shared
// between servers. Faults are collected, so that they can all be named.
type Builder struct {
	Service *Service
	Model   *schema.Model
	Scalars Scalars
	Node    *graphql.Interface
	Kinds   map[string]*graphql.Object // by name of the node kind

	objects  map[string]*graphql.Object // all others, by GraphQL name
	enums    map[string]*graphql.Enum
	order    map[string][]string // enum type: its values in declared order
	made     map[*graphql.Field]engine.Access
	shows    map[*graphql.Field]*schema.Property
	owners   map[*graphql.Field]string // the kind of the property that a field shows
	guards   map[*graphql.Field]schema.Sensitivity
	asks     map[*graphql.Field]string          // the question of the root that it answers
	ties     map[*graphql.Field]disclosure.Tied // what it shows of persons beside their properties
	accesses map[string]engine.Access           // by object and field, as in Company.name
	policy   *disclosure.Policy
	columns  []*column
	filters  map[string]*filter // by name of the node kind
	faults   []error
}

// NewBuilder returns a builder with the types that every schema has: the
// scalars, those of the node kinds of the model, and those that say where
// knowledge comes from.
func NewBuilder(s *Service) *Builder {
	b := &Builder{
		Service: s, Model: s.Model, Scalars: newScalars(),
		Kinds: map[string]*graphql.Object{}, objects: map[string]*graphql.Object{},
		enums: map[string]*graphql.Enum{}, order: map[string][]string{},
		made: map[*graphql.Field]engine.Access{}, accesses: map[string]engine.Access{},
		shows: map[*graphql.Field]*schema.Property{}, owners: map[*graphql.Field]string{}, guards: map[*graphql.Field]schema.Sensitivity{},
		asks: map[*graphql.Field]string{}, ties: map[*graphql.Field]disclosure.Tied{},
		policy: disclosure.NewPolicy(), filters: map[string]*filter{},
	}
	b.pageInfo()
	b.makeFacts()
	b.makeKinds()
	b.makeFilters()
	return b
}

// Once returns the object type with a name; the first call makes it.
func (b *Builder) Once(name string, made func() *graphql.Object) *graphql.Object {
	if o := b.objects[name]; o != nil {
		return o
	}
	return made()
}

// Enum returns the enum type with a name, nil if there is none.
func (b *Builder) Enum(name string) *graphql.Enum { return b.enums[name] }

// Object returns the object type with a name that is no kind of node, nil if
// there is none.
func (b *Builder) Object(name string) *graphql.Object { return b.objects[name] }

// Right notes the right that a mutation requires.
func (b *Builder) Right(mutation string, right schema.Right) { b.policy.Rights[mutation] = right }

// Asking returns a field of an object that answers a question of the root: who may not
// ask the question there is refused the field, too.
func (b *Builder) Asking(question string, f *graphql.Field) *graphql.Field {
	b.asks[f] = question
	return f
}

// Guarded returns a field that counts nodes or edges which are not public: a role that
// sees none of them is refused it, so that it does not read 0.
func (b *Builder) Guarded(by schema.Sensitivity, f *graphql.Field) *graphql.Field {
	b.guards[f] = by
	return f
}

// Fault notes what is wrong with the schema.
func (b *Builder) Fault(format string, args ...any) {
	b.faults = append(b.faults, fmt.Errorf(format, args...))
}

// Both joins the two languages of a description: "English. 中文。".
func Both(en, zh string) string {
	switch {
	case zh == "" || zh == en:
		return en
	case en == "":
		return zh
	}
	return en + " " + zh
}

// Required is the type t without null.
func Required(t graphql.Type) *graphql.NonNull { return graphql.NewNonNull(t) }

// ListOf is a list of t; neither the list nor an item is null.
func ListOf(t graphql.Type) *graphql.NonNull { return Required(graphql.NewList(Required(t))) }

// Field makes a field that by serves.
func (b *Builder) Field(t graphql.Output, description string, by Served, arguments ...Argument) *graphql.Field {
	f := &graphql.Field{Type: t, Description: description}
	access := by.Access(shapeOf(t))
	if len(arguments) > 0 {
		f.Args = graphql.FieldConfigArgument{}
	}
	for _, a := range arguments {
		f.Args[a.name] = &graphql.ArgumentConfig{Type: a.is, Description: a.description, DefaultValue: a.standard}
		if a.name == "first" {
			access.Resolve = b.Service.bounded(access.Resolve)
		}
	}
	b.made[f] = access
	return f
}

// bounded refuses a page that is too large before anything is computed for it.
func (s *Service) bounded(resolve engine.Resolver) engine.Resolver {
	return func(call, source any, a map[string]any) (any, error) {
		if f := s.checkFirst(a); f != nil {
			return nil, f
		}
		return resolve(call, source, a)
	}
}

// property makes a field that shows a property of the data. Its values are
// subject to the policy.
func (b *Builder) property(k *schema.Kind, p *schema.Property, by Served) *graphql.Field {
	f := b.Field(b.PropertyType(k, p), describe(p), by)
	b.shows[f], b.owners[f] = p, k.Name
	access := b.made[f]
	access.Mask = func(value any) any { return disclosure.Mask(p, value) }
	access.Treat = func(call, source any) engine.Treatment {
		rq := call.(*Request)
		return rq.Caller.SeesOf(rq.element(k, source), p)
	}
	access.Note = func(call, source any) error {
		rq := call.(*Request)
		rq.Caller.Note(k.Name+"."+LowerCamel(p.Name), rq.element(k, source))
		return nil
	}
	b.made[f] = access
	return f
}

// Of notes how each field of an object is served and what it shows.
func (b *Builder) Of(object string, fields graphql.Fields) graphql.Fields {
	for name, f := range fields {
		key := object + "." + name
		b.accesses[key] = b.made[f]
		if p := b.shows[f]; p != nil {
			b.policy.Properties[key], b.policy.Kinds[key] = p, b.owners[f]
		}
		if question, ok := b.asks[f]; ok {
			b.policy.Asks[key] = question
		}
		if guard, ok := b.guards[f]; ok {
			b.policy.Leads[key] = guard
		}
		if tied, ok := b.ties[f]; ok {
			b.policy.Ties[key] = tied
		}
	}
	return fields
}

// Argument declares an argument of a field.
type Argument struct {
	name        string
	is          graphql.Input
	description string
	standard    any // the value when none is given; nil for none
}

// Arg declares an argument without a default value, described in both languages.
func Arg(name string, is graphql.Input, en, zh string) Argument {
	return Argument{name: name, is: is, description: Both(en, zh)}
}

// MakeObject makes an object type whose fields may refer to any other type.
func (b *Builder) MakeObject(name, description string, fields func() graphql.Fields) *graphql.Object {
	return b.MakeObjectOf(name, description, nil, fields)
}

// MakeObjectOf is [Builder.MakeObject] of an object that implements interfaces.
func (b *Builder) MakeObjectOf(name, description string, interfaces []*graphql.Interface, fields func() graphql.Fields) *graphql.Object {
	if b.taken(name) {
		b.Fault("graphql type %q is declared twice", name)
	}
	o := graphql.NewObject(graphql.ObjectConfig{
		Name: name, Description: description, Interfaces: interfaces,
		Fields: graphql.FieldsThunk(func() graphql.Fields { return b.Of(name, fields()) }),
	})
	b.objects[name] = o
	return o
}

// EnumValue declares one value of an enum: the name in GraphQL and the value
// that stands for it inside.
type EnumValue struct {
	name        string
	value       any
	description string
}

// Choice declares a value of an enum, described in both languages.
func Choice(name string, value any, en, zh string) EnumValue {
	return EnumValue{name, value, Both(en, zh)}
}

// MakeEnum makes an enum type and remembers the order of its values.
func (b *Builder) MakeEnum(name, description string, values []EnumValue) *graphql.Enum {
	if b.taken(name) {
		b.Fault("graphql type %q is declared twice", name)
	}
	config := graphql.EnumValueConfigMap{}
	for _, v := range values {
		if config[v.name] != nil {
			b.Fault("graphql enum %q has the value %q twice", name, v.name)
		}
		config[v.name] = &graphql.EnumValueConfig{Value: v.value, Description: v.description}
		b.order[name] = append(b.order[name], v.name)
	}
	e := graphql.NewEnum(graphql.EnumConfig{Name: name, Description: description, Values: config})
	if err := e.Error(); err != nil {
		b.Fault("graphql enum %q: %w", name, err)
	}
	b.enums[name] = e
	return e
}

func (b *Builder) taken(name string) bool {
	return b.objects[name] != nil || b.enums[name] != nil || b.Kinds[name] != nil
}
