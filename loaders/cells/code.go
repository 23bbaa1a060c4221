package cells

import (
	"errors"

	"liantu/message"
	"liantu/schema"
)

// beijingOpened is the day on which the Beijing exchange began to trade shares under
// the numbers that they had at the NEEQ.
const beijingOpened = "2021-11-15"

// Quoted reads a stock code that its number alone does not make one, by the day of its
// list: before Beijing's exchange opened, it was the NEEQ's. The day may be a year or
// a month, "" for one that is not stated. It reports false if the day does not
// decide, or if err is of another kind.
func Quoted(err error, text, day string) (string, bool) {
	if !errors.Is(err, schema.ErrTwoExchanges) || day == "" || day+"-99" >= beijingOpened { // -99 is the end of the year or month
		return "", false
	}
	code, err := schema.ParseStockCode(text + ".NQ")
	return code, err == nil
}

// Doubt returns why a value that is valid may be wrong, "" where nothing speaks
// against it.
func Doubt(t schema.Type, v any) message.Text {
	if code, ok := v.(string); ok && t == schema.TypeUSCC && schema.IsPilotUSCC(code) {
		return message.New("%q has the form of the codes of Xiamen's pilot, whose last character does not check the others; compare it with the business licence", code)
	}
	return message.Text{}
}
