package cells

import (
	"cmp"
	"regexp"
	"strings"

	"liantu/schema"
)

// Measure reads the values of a property from a column, in the unit that its head, a
// rule or what stands beside the table states for numbers without one.
type Measure struct {
	*schema.Property
	HasUnit bool // one is stated

	money   schema.MoneyUnit // of amounts without a unit
	unit    string           // behind numbers without one, "" for none
	percent bool             // numbers without a sign are hundredths
}

// NewMeasure returns how a property is read below a head; stated is a head of which
// the unit counts instead, "" for none.
func NewMeasure(p *schema.Property, head, stated string) Measure {
	m := Measure{Property: p, money: schema.Wan}
	m.Take(cmp.Or(stated, head))
	m.HasUnit = m.HasUnit || p.Type == schema.TypeMoney && head == p.Name // the name itself stands for 万元
	return m
}

// percentHead is a column head that ends in a unit of hundredths.
var percentHead = regexp.MustCompile(`[%％]\s*[)）\]】]?\s*$`)

// Take takes the unit that a head states, if it states one and none is taken yet, and
// reports whether it did.
func (m *Measure) Take(head string) bool {
	if m.HasUnit || head == "" {
		return false
	}
	unit := m.UnitIn(head)
	switch m.Type {
	case schema.TypeMoney:
		of := head
		if unit != "" {
			of = "x(" + unit + ")"
		}
		if _, money, ok := schema.HeaderUnit(of); ok && !strings.Contains(unit, "、") {
			m.money, m.HasUnit = money, true
			return true
		}
	case schema.TypePercent:
		m.percent = percentHead.MatchString(head)
	}
	m.unit, m.HasUnit = unit, unit != "" || m.percent
	return m.HasUnit
}

// Unit returns the unit of numbers without one as a text, "" for none.
func (m *Measure) Unit() string {
	switch {
	case m.unit != "" || !m.HasUnit:
		return m.unit
	case m.percent:
		return "%"
	case m.Type == schema.TypeMoney:
		return m.money.Label()
	}
	return ""
}

// Parse reads the text of a cell. The error is a [*schema.ValueError].
func (m *Measure) Parse(text string) (any, error) {
	if m.unit != "" && isBare(text) {
		text = strings.TrimSpace(text) + m.unit
	}
	switch {
	case m.Type == schema.TypeMoney:
		return schema.ParseMoney(text, m.money)
	case m.percent:
		if _, err := schema.ParseFloat(text); err == nil {
			text += "%"
		}
	}
	return m.Property.Parse(text)
}

// Lacks reports whether a text is an amount for which no unit is stated.
func (m *Measure) Lacks(text string) bool {
	return m.Type == schema.TypeMoney && !m.HasUnit && isBare(text)
}

// isBare reports whether a text is a number alone.
func isBare(text string) bool {
	digits := false
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			digits = true
		case r != '.' && r != ',' && (r != '-' || digits):
			return false
		}
	}
	return digits
}
