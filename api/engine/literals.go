package engine

import (
	"github.com/vektah/gqlparser/v2/ast"

	"liantu/message"
)

// literals checks the values that a valid document states for scalars, wherever they
// are: also where nothing is selected by @skip, by another operation or by a default
// that is not used. The rules of the validator leave the range of numbers and the
// form of the scalars of a schema to the coercion, which sees only what is run.
func (e *Engine) literals(doc *ast.QueryDocument) []*Error {
	c := literalCheck{engine: e}
	for _, op := range doc.Operations {
		for _, v := range op.VariableDefinitions {
			if v.DefaultValue != nil {
				if err := c.engine.fits(v.DefaultValue, v.Type); err != nil {
					c.errs = append(c.errs, variableError(v, err))
				}
			}
			c.directives(v.Directives)
		}
		c.directives(op.Directives)
		c.selections(op.SelectionSet)
	}
	for _, f := range doc.Fragments {
		c.directives(f.Directives)
		c.selections(f.SelectionSet)
	}
	return c.errs
}

type literalCheck struct {
	engine *Engine
	errs   []*Error
}

func (c *literalCheck) selections(set ast.SelectionSet) {
	for sets := []ast.SelectionSet{set}; len(sets) > 0; {
		last := sets[len(sets)-1]
		sets = sets[:len(sets)-1]
		for _, s := range last {
			switch s := s.(type) {
			case *ast.Field:
				c.directives(s.Directives)
				c.arguments(s.Arguments, s.Definition.Arguments)
				sets = append(sets, s.SelectionSet)
			case *ast.InlineFragment:
				c.directives(s.Directives)
				sets = append(sets, s.SelectionSet)
			case *ast.FragmentSpread:
				c.directives(s.Directives)
			}
		}
	}
}

func (c *literalCheck) directives(list ast.DirectiveList) {
	for _, d := range list {
		c.arguments(d.Arguments, d.Definition.Arguments)
	}
}

func (c *literalCheck) arguments(given ast.ArgumentList, declared ast.ArgumentDefinitionList) {
	for _, a := range given {
		def := declared.ForName(a.Name)
		if err := c.engine.fits(a.Value, def.Type); err != nil {
			c.errs = append(c.errs, placed(&inputError{argument: a.Name, place: placeOf(a.Value.Position), err: err}, Location{}))
		}
	}
}

// fits checks the scalars of a literal that has passed the validator.
func (e *Engine) fits(v *ast.Value, t *ast.Type) error {
	switch {
	case v.Kind == ast.Variable || v.Kind == ast.NullValue:
		return nil
	case t.Elem != nil && v.Kind != ast.ListValue:
		return e.fits(v, t.Elem)
	case t.Elem != nil:
		for i, c := range v.Children {
			if err := e.fits(c.Value, t.Elem); err != nil {
				return message.Errorf("item %d: %w", i, err)
			}
		}
		return nil
	}
	def := e.schema.Types[t.NamedType]
	switch def.Kind {
	case ast.Enum:
		if v.Kind != ast.EnumValue {
			return message.Errorf("%s is not a value of %s", v, def.Name)
		}
	case ast.InputObject:
		if v.Kind != ast.ObjectValue {
			return message.Errorf("%s is not an object of type %s", v, def.Name)
		}
		for _, c := range v.Children {
			if err := e.fits(c.Value, def.Fields.ForName(c.Name).Type); err != nil {
				return message.Errorf("field %q: %w", c.Name, err)
			}
		}
	case ast.Scalar:
		if v.Kind == ast.EnumValue {
			return message.Errorf("%v is not of type %s", v, def.Name)
		}
		plain, err := plainValue(v, nil)
		if err != nil {
			return err
		}
		s, _ := e.scalar(def.Name)
		_, err = s.Read(plain)
		return err
	}
	return nil
}
