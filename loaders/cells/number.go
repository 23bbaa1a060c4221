package cells

import (
	"regexp"
	"strings"

	"liantu/message"
	"liantu/schema"
)

var (
	// halfMonth matches a number that is October as well as January: 2025.10 is
	// stored as 2025.1.
	halfMonth = regexp.MustCompile(`^(1[6-9]|2[0-9])[0-9]{2}\.1$`)
	rounded   = regexp.MustCompile(`^[0-9]\.[0-9]+E\+[0-9]+$|^[0-9]{15}[0-9]*000$`)
)

// storedDigits is how many significant digits a spreadsheet stores of a number.
const storedDigits = 15

// NumberFault returns why the text of a cell that stores a number is no value of a
// type, and nil if it may be one: a month that may be another, a code with digits
// beyond the 15 that spreadsheets store, which replace the others by zeros.
func NumberFault(text string, t schema.Type) error {
	switch {
	case t == schema.TypeDate && halfMonth.MatchString(text):
		return &schema.ValueError{Type: t, Value: text, Reason: message.New("the number may be January or, typed as %s0, October; save the column as text or as dates", text)}
	case (t == schema.TypeCode || t == schema.TypeUSCC) && len(text) > storedDigits && rounded.MatchString(text):
		return &schema.ValueError{
			Type: t, Value: text, Cause: schema.ErrRounded,
			Reason: message.New("a spreadsheet preserved %d of its digits and replaced the others by zeros; take it from the original with the column set to text", storedDigits),
		}
	}
	return nil
}

// BareAmount removes the sign ¥ that a number format adds, where nothing else states
// a unit: it reports false for all other texts. Such a sign names the currency, and
// the head of a column in 万元 its unit.
func BareAmount(text string) (string, bool) {
	bare, ok := strings.CutPrefix(text, "¥")
	if !ok {
		bare, ok = strings.CutPrefix(text, "￥")
	}
	return bare, ok && bareAmount.MatchString(bare)
}

var bareAmount = regexp.MustCompile(`^[0-9][0-9.]*$`)
