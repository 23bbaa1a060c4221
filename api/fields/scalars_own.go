package fields

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"time"

	"github.com/graphql-go/graphql"

	"liantu/message"
	"liantu/schema"
)

// ownScalar is a scalar type for a value type of the model, or for what only answers
// have. The service itself serves its specification, see [specifiedBy].
type ownScalar struct {
	typ     schema.Type
	name    string
	en, zh  string
	number  bool     // a JSON number; else text
	form    string   // how a value is written
	samples []string // values as JSON
	basis   string   // the standard that it follows, "" for none

	valid func(text string) error // for a scalar that is no value type of the model; else nil
}

var ownScalars = []ownScalar{
	{
		schema.TypeDate, "Date", "A day, a month or a year of ISO 8601: 2016-05-31, 2016-05 or 2016.", "ISO 8601 日期，可只到月或年。",
		false, "YYYY-MM-DD | YYYY-MM | YYYY",
		[]string{`"2016-05-31"`, `"2016-05"`, `"2016"`},
		"ISO 8601-1:2019, calendar dates, complete or of reduced precision", nil,
	},
	{
		schema.TypeMoney, "MoneyWan", "An amount of money in 万元, ten thousand yuan (CNY).", "以万元人民币计的金额。",
		true, "0 ≤ x",
		[]string{"5000.5", "0"},
		"ISO 4217 CNY, 1 = 10,000 yuan", nil,
	},
	{
		schema.TypePercent, "Percent", "A share as a fraction: 0.35 for 35 %.", "以小数表示的比例：0.35 即 35%。",
		true, "0 ≤ x ≤ 1",
		[]string{"0.35", "1"},
		"", nil,
	},
	{
		schema.TypeRegion, "RegionCode", "A region by its six digits of GB/T 2260, such as 330100.", "GB/T 2260 六位行政区划代码，如 330100。",
		false, "NNNNNN",
		[]string{`"330100"`, `"100000"`},
		"GB/T 2260-2007", nil,
	},
	{
		schema.TypeUSCC, "USCC", "A unified social credit code, 18 characters of GB 32100-2015.", "统一社会信用代码（18 位）。",
		false, "[0-9A-HJ-NP-RTUWXY]{18}", nil, "GB 32100-2015", nil,
	},
	{
		schema.TypeLEI, "LEI", "A legal entity identifier, 20 characters of ISO 17442.", "法人机构识别编码（20 位）。",
		false, "[0-9A-Z]{18}[0-9]{2}", nil, "ISO 17442-1:2020", nil,
	},
	{
		schema.TypeStockCode, "StockCode", "A stock code with its exchange, such as 600519.SH.", "带交易所后缀的证券代码，如 600519.SH。",
		false, "code.EXCHANGE",
		[]string{`"600519.SH"`, `"00700.HK"`},
		"", nil,
	},
	{schema.TypePhone, "Phone", "A telephone number.", "电话号码。", false, "[+]N…", []string{`"057188886666"`}, "", nil},
	{schema.TypeEmail, "Email", "An email address.", "电子邮箱。", false, "local@domain", []string{`"office@example.org"`}, "RFC 5321", nil},
	{schema.TypeURL, "URL", "An absolute address on the web.", "网址。", false, "http[s]://…", []string{`"https://example.org/"`}, "RFC 3986", nil},
	{
		"", dateTime, "An instant of RFC 3339, in UTC and whole seconds: 2026-11-24T08:02:00Z.", "RFC 3339 时刻，协调世界时（UTC），精确到秒，如 2026-11-24T08:02:00Z。",
		false, "YYYY-MM-DDThh:mm:ssZ",
		[]string{`"2026-11-24T08:02:00Z"`},
		"RFC 3339", validInstant,
	},
}

// dateTime is the scalar of instants.
const dateTime = "DateTime"

// instantForm is how instants are written.
const instantForm = "2006-01-02T15:04:05Z"

// Instant is an instant as a value of the scalar DateTime.
func Instant(t time.Time) string { return t.UTC().Format(instantForm) }

func validInstant(text string) error {
	_, err := time.Parse(instantForm, text)
	return err
}

func (o ownScalar) scalar() *graphql.Scalar {
	config := graphql.ScalarConfig{Name: o.name, Description: Both(o.en, o.zh)}
	read := func(v any) any {
		value, err := o.read(v)
		if err != nil {
			return nil
		}
		return value
	}
	if o.number {
		config.Serialize, config.ParseValue, config.ParseLiteral = decimal, read, literal(read, isNumber)
	} else {
		config.Serialize, config.ParseValue, config.ParseLiteral = plainText, read, literal(read, isText)
	}
	return graphql.NewScalar(config)
}

// read takes a value of a request. Only the form in which values are stored and
// returned is accepted; other spellings are for the loaders.
func (o ownScalar) read(v any) (any, error) {
	plain := plainText
	if o.number {
		plain = decimal
	}
	value := plain(v)
	if value == nil {
		return nil, message.Errorf("%s is not of type %s, which is written as %s", inJSON(v), o.name, o.form)
	}
	if err := o.check(value); err != nil {
		return nil, message.Errorf("%s is not of type %s, which is written as %s: %w", inJSON(v), o.name, o.form, err)
	}
	return value, nil
}

func (o ownScalar) check(value any) error {
	if o.valid != nil {
		return o.valid(value.(string))
	}
	return (&schema.Property{Type: o.typ}).Valid(value)
}

// inJSON shows a value of a request in a message.
func inJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("a %T", v)
	}
	return Shorten(string(text))
}

// ownScalarOf finds an own scalar by its name.
func ownScalarOf(name string) (ownScalar, bool) {
	for _, o := range ownScalars {
		if o.name == name {
			return o, true
		}
	}
	return ownScalar{}, false
}

// ScalarPath is where the specifications of the own scalars are served.
const ScalarPath = "/scalars"

// specifiedBy is the address of a scalar's specification, seen from the
// service that serves it. "" for the scalars of GraphQL itself.
func specifiedBy(scalar string) string {
	if _, ok := ownScalarOf(scalar); !ok {
		return ""
	}
	return ScalarPath + "#" + scalar
}

//go:embed scalars.html
var scalarPage string

// RenderScalars makes the page that specifies the scalars of the model, to be
// served at [ScalarPath]. The error is that of its template.
func RenderScalars() ([]byte, error) {
	page, err := template.New("scalars").Parse(scalarPage)
	if err != nil {
		return nil, err
	}
	type row struct {
		Name, En, Zh, JSON, JSONZh, Form, Basis, StoredEn, StoredZh string
		Samples                                                     []string
	}
	var rows []row
	for _, o := range ownScalars {
		json, zh := "a string", "字符串"
		if o.number {
			json, zh = "a number", "数值"
		}
		var stored schema.Text
		if o.valid == nil {
			stored = o.typ.Description()
		}
		rows = append(rows, row{o.name, o.en, o.zh, json, zh, o.form, o.basis, stored.En, stored.Zh, o.samples})
	}
	var b bytes.Buffer
	if err := page.Execute(&b, rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
