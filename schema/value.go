package schema

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"liantu/message"

	"golang.org/x/text/unicode/norm"
)

// ValueError says why a text or a value is not valid for a property.
type ValueError struct {
	Type   Type         // what was wanted
	Value  string       // what was given; "" where it is personal
	Reason message.Text // what is wrong with it and, where that is known, what would be right
	Cause  error        // one of the causes below, nil for other faults
}

// The causes of faults that callers distinguish. A [ValueError] wraps them.
var (
	ErrRounded        = message.Errorf("rounded by a spreadsheet")
	ErrCheckCharacter = message.Errorf("wrong check character")
	ErrPersonal       = message.Errorf("personal")         // the number of an identity card; the error does not hold it
	ErrNoCompany      = message.Errorf("of no company")    // the number of an index, a fund or a repo
	ErrTwoExchanges   = message.Errorf("of two exchanges") // a number that only its exchange or its day makes a stock code
	ErrUncertain      = message.Errorf("not certain which region is meant")
)

// Unwrap returns the cause.
func (e *ValueError) Unwrap() error { return e.Cause }

// Error names the value unless it is personal, the type and the reason, in this
// order.
func (e *ValueError) Error() string { return e.In(message.English) }

// In returns the text of Error in a language.
func (e *ValueError) In(language message.Language) string {
	if errors.Is(e.Cause, ErrPersonal) {
		return message.New("the value, which is not shown, is not a valid %s: %s", e.Type.noun(), e.Reason).In(language)
	}
	return message.New("%q is not a valid %s: %s", shorten(e.Value, 80), e.Type.noun(), e.Reason).In(language)
}

// caused is invalid with a cause.
func caused(cause error, t Type, value, format string, args ...any) error {
	return &ValueError{Type: t, Value: value, Reason: message.New(format, args...), Cause: cause}
}

func invalid(t Type, value, format string, args ...any) error {
	return &ValueError{Type: t, Value: value, Reason: message.New(format, args...)}
}

// shorten cuts a text after so many characters.
func shorten(s string, limit int) string {
	if len(s) <= limit || utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit]) + "…"
}

// parsers holds, for each type but the enum, the parser of a text that is
// trimmed and not empty.
var parsers = map[Type]func(text string) (any, error){
	TypeText:      boxed(ParseText),
	TypeCode:      boxed(ParseCode),
	TypeInt:       boxed(ParseInt),
	TypeFloat:     boxed(ParseFloat),
	TypeBool:      boxed(ParseBool),
	TypeMoney:     boxed(func(text string) (float64, error) { return ParseMoney(text, Wan) }),
	TypePercent:   boxed(ParsePercent),
	TypeDate:      boxed(ParseDate),
	TypeRegion:    boxed(ParseRegion),
	TypeUSCC:      boxed(ParseUSCC),
	TypeLEI:       boxed(ParseLEI),
	TypeStockCode: boxed(ParseStockCode),
	TypePhone:     boxed(ParsePhone),
	TypeEmail:     boxed(ParseEmail),
	TypeURL:       boxed(ParseURL),
	TypeTexts:     boxed(ParseTexts),
	TypeRegions:   boxed(ParseRegions),
}

func boxed[T any](parse func(string) (T, error)) func(string) (any, error) {
	return func(text string) (any, error) {
		v, err := parse(text)
		if err != nil {
			return nil, err
		}
		return v, nil
	}
}

// Parse reads a value of the property as people write it and returns its Go
// form, which is documented at the types. The error is a [*ValueError]; a text
// that is empty or blank is one too, so check [Blank] first where a cell may be
// left out.
func (p *Property) Parse(text string) (any, error) {
	if p.Type == TypeEnum {
		return p.parseEnum(text)
	}
	if p.Type == TypeFloat {
		return p.parseFloat(text)
	}
	parse := parsers[p.Type]
	if parse == nil {
		return nil, invalid(p.Type, text, "the property %s has an unknown type", p.Name)
	}
	return parse(text)
}

// Valid reports, as a [*ValueError], why v is not the Go form of a valid value
// of the property. What [Property.Parse] returns is always valid, and what is
// valid is what Parse makes of its own [FormatValue].
func (p *Property) Valid(v any) error {
	switch p.Type {
	case TypeText:
		return checked(p, v, validText)
	case TypeInt:
		return checked(p, v, func(int64) error { return nil })
	case TypeFloat:
		return checked(p, v, finite)
	case TypeMoney:
		return checked(p, v, validMoney)
	case TypePercent:
		return checked(p, v, validPercent)
	case TypeBool:
		return checked(p, v, func(bool) error { return nil })
	case TypeTexts:
		return checked(p, v, validTexts)
	case TypeRegions:
		return checked(p, v, validRegions)
	case TypeEnum:
		return checked(p, v, p.validEnum)
	default:
		return checked(p, v, p.canonical)
	}
}

// checked runs check on v if it has the right Go type.
func checked[T any](p *Property, v any, check func(T) error) error {
	t, ok := v.(T)
	if !ok {
		return invalid(p.Type, fmt.Sprint(v), "property %s takes a value of Go type %T, got %T", p.Name, t, v)
	}
	return check(t)
}

// canonical accepts a text that its own type reads as itself.
func (p *Property) canonical(text string) error {
	v, err := p.Parse(text)
	if err != nil {
		return err
	}
	if v != text {
		return invalid(p.Type, text, "the stored form is %q", v)
	}
	return nil
}

func finite(f float64) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return invalid(TypeFloat, fmt.Sprint(f), "it is not a finite number")
	}
	return nil
}

// FormatValue writes a value in a form that [Property.Parse] reads back as the
// same value: plain decimal digits for numbers, true and false, and a set of
// texts joined by semicolons with a backslash before a literal divider.
// Money is written in 万元 without the unit.
func FormatValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case []string:
		return formatTexts(v)
	default:
		return fmt.Sprint(v)
	}
}

// noun is the type in the words of an error.
func (t Type) noun() message.Text {
	switch t {
	case TypeInt:
		return message.New("whole number")
	case TypeFloat:
		return message.New("number")
	case TypeBool:
		return message.New("yes or no")
	case TypeMoney:
		return message.New("amount of money")
	case TypePercent:
		return message.New("share")
	case TypeRegion:
		return message.New("region")
	case TypeUSCC:
		return message.New("unified social credit code")
	case TypeLEI:
		return message.New("legal entity identifier")
	case TypeStockCode:
		return message.New("stock code")
	case TypePhone:
		return message.New("phone number")
	case TypeEmail:
		return message.New("email address")
	case TypeURL:
		return message.New("web address")
	case TypeEnum:
		return message.New("choice")
	case TypeDate:
		return message.New("date")
	case TypeText:
		return message.New("text")
	case TypeCode:
		return message.New("code")
	case TypeTexts:
		return message.New("list of texts")
	case TypeRegions:
		return message.New("list of regions")
	default:
		return message.New("%s", string(t))
	}
}

// blanks are the ways in which people write that a cell has no value, in the
// form of fold.
var blanks = map[string]bool{
	"": true, "-": true, "--": true, "---": true, "/": true, "\\": true, "\\n": true, "*": true,
	"null": true, "none": true, "nil": true, "nan": true, "n/a": true, "na": true, "#n/a": true,
	"无": true, "暂无": true, "空": true, "未知": true, "不详": true, "未填": true, "未填写": true,
	"未公开": true, "未披露": true, "待补充": true, "?": true,
	"未公示": true, "不公示": true, "不公开": true, "不披露": true, "未公布": true, "保密": true, "企业选择不公示": true,
}

// longestBlank is the length of the longest of them, in bytes.
const longestBlank = len("企业选择不公示")

// Blank reports whether a cell has no value: it is empty, white space, a dash
// or one of the words for that, such as 不详, 未公示 or N/A. A zero is not blank.
func Blank(text string) bool {
	text = strings.TrimSpace(text)
	return text == "" || len(text) <= 16 && blanks[fold(text)] || len(text) == longestBlank && blanks[text]
}

// unnamed are texts that stand where a name would, of what is not known yet or not
// said.
var unnamed = map[string]bool{"待定": true, "未定": true, "待引进": true, "拟引进": true, "待招引": true, "保密": true}

// Unnamed reports whether a text that should name something names nothing: it is
// blank, or says that the name is not known yet or not said, as 待定 and 保密 do.
func Unnamed(text string) bool { return Blank(text) || unnamed[fold(text)] }

// fold makes texts comparable that differ only in width, case and surrounding
// space; the dashes of all sorts become the hyphen.
func fold(text string) string {
	text = strings.Map(oneDash, norm.NFKC.String(strings.TrimSpace(text)))
	return strings.ToLower(strings.TrimSpace(text))
}

// oneDash turns the dashes of all sorts into the hyphen.
func oneDash(r rune) rune {
	if r >= '\u2010' && r <= '\u2015' || r == '\u2212' || r == '\uFE58' || r == '\uFF0D' || r == '\u2500' {
		return '-'
	}
	return r
}
