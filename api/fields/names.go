package fields

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"liantu/schema"
)

// LowerCamel turns a name of the model into one of GraphQL: full_name and
// OPERATES_IN become fullName and operatesIn, "served by" becomes servedBy. It
// returns "" for a text with other characters than ASCII letters and digits,
// underscores and blanks.
func LowerCamel(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == ' ' || r == '-' })
	var b strings.Builder
	for i, w := range words {
		w = strings.ToLower(w)
		if strings.IndexFunc(w, func(r rune) bool {
			return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}) >= 0 {
			return ""
		}
		if i > 0 {
			w = Capital(w)
		}
		b.WriteString(w)
	}
	return b.String()
}

// upperCamel is [LowerCamel] with a capital, for the names of types.
func upperCamel(name string) string {
	return Capital(LowerCamel(name))
}

// typeName is the name of a kind in the names of types: TaskForce stays as it is,
// OPERATES_IN becomes OperatesIn.
func typeName(k *schema.Kind) string {
	if k.IsEdge() {
		return upperCamel(k.Name)
	}
	return k.Name
}

// enumName turns a stored value of an enum into the name of a GraphQL value.
func enumName(stored string) string { return strings.ToUpper(stored) }

// describe is the description of a property: its label, what it means, its
// unit and who sees it, in both languages.
func describe(p *schema.Property) string {
	en := Sentence(p.Label.En, p.Description.En, ". ", ".")
	zh := Sentence(p.Label.Zh, p.Description.Zh, "：", "。")
	if p.Sensitivity == schema.Personal {
		en += " Personal: shown masked."
		zh += "个人信息，脱敏显示。"
	}
	return Both(en, zh)
}

// Sentence joins a label and a description and ends them with a full stop.
func Sentence(label, description, between, stop string) string {
	label = Capital(label)
	if description == "" || description == label {
		description, between = "", ""
	}
	s := label + between + description
	if s != "" && !strings.HasSuffix(s, stop) {
		s += stop
	}
	return s
}

// Capital returns a phrase with a capital first letter, where its script has any.
func Capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
