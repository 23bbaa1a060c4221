package loaders

import (
	"errors"

	"liantu/loaders/cells"
	"liantu/message"
	"liantu/schema"
)

// value reads the text of a cell as a value of a property, and warns where
// spreadsheets or lists leave it ambiguous.
func (r *row) value(p *property, c *cell) (any, error) {
	if c.field != nil && c.field.Number {
		if err := cells.NumberFault(c.text, p.Type); err != nil {
			return nil, err
		}
		if bare, ok := cells.BareAmount(c.text); ok && p.Type == schema.TypeMoney && p.HasUnit && p.Unit() != schema.Yuan.Label() {
			r.warnColumn(c, message.New("the format of the cell shows ¥, and its unit is stated as %s; the numbers of the column were read as %[1]s", p.Unit()))
			c.text = bare
		}
	}
	v, err := p.parse(c)
	if p.Type == schema.TypeUSCC || p.Type == schema.TypeStockCode {
		return r.code(p, c, v, err)
	}
	switch {
	case err != nil && p.Type == schema.TypeDate:
		day, ok := cells.SerialDay(c.text, r.file.base1904)
		if !ok {
			return nil, err
		}
		r.warn(c, CodeDateSerial, message.New("%q was read as the day number of a spreadsheet, %s", c.text, day))
		return day, nil
	case err == nil && p.Lacks(c.text) && v != 0.0:
		r.warnColumn(c, message.New("%q has no unit, and neither has the head of its column; the numbers of the column were read as 万元", cells.Short(c.text)))
	}
	return v, err
}

// warnColumn warns of the unit of a column once.
func (r *row) warnColumn(c *cell, reason message.Text) {
	if !r.file.unitless[c.column] {
		r.file.unitless[c.column] = true
		r.warn(c, CodeCapitalUnit, reason)
	}
}

// code settles what was read as a code of a company.
func (r *row) code(p *property, c *cell, v any, err error) (any, error) {
	day := r.prov.AsOf
	if r.prov.Assumed {
		day = ""
	}
	if code, ok := cells.Quoted(err, c.text, day); ok {
		v, err = code, nil
	}
	if why := cells.Doubt(p.Type, v); err == nil && !why.IsZero() {
		r.warn(c, CodeSuspect, why)
	}
	return v, err
}

// codeOfValue returns the code of the fault of a value.
func codeOfValue(p *schema.Property, err error) Code {
	switch {
	case errors.Is(err, schema.ErrPersonal):
		return CodePersonal
	case errors.Is(err, schema.ErrRounded):
		return CodeScientific
	case errors.Is(err, schema.ErrCheckCharacter):
		return CodeChecksum
	case p.Type == schema.TypeRegion || p.Type == schema.TypeRegions:
		return CodeRegion
	}
	return CodeBadValue
}
