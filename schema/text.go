package schema

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"liantu/message"

	"golang.org/x/text/unicode/norm"
)

// MaxText is the largest text that a property takes, in bytes.
const MaxText = 1 << 16

// ParseText returns the text in Unicode normal form C without surrounding
// white space, marks of byte order or zero-width spaces, its lines ended by a
// line feed. It refuses texts that are empty, longer than [MaxText], hold
// control characters or were damaged by an earlier wrong decoding.
func ParseText(text string) (string, error) {
	clean := strings.TrimSpace(text)
	if strings.ContainsAny(clean, "\r\ufeff\u200b") {
		clean = strings.TrimSpace(textCleaner.Replace(clean))
	}
	clean = norm.NFC.String(clean)
	if reason := textFault(clean); !reason.IsZero() {
		return "", invalid(TypeText, text, "%s", reason)
	}
	return clean, nil
}

// ParseCode returns a code in Unicode normal form KC, so that full-width
// letters and digits are plain ones. It refuses what [ParseText] refuses, and
// white space within the code.
func ParseCode(text string) (string, error) {
	clean, err := ParseText(norm.NFKC.String(text))
	var fault *ValueError
	if errors.As(err, &fault) {
		return "", invalid(TypeCode, text, "%s", fault.Reason)
	}
	if strings.ContainsFunc(clean, unicode.IsSpace) {
		return "", invalid(TypeCode, text, "a code has no white space in it")
	}
	return clean, nil
}

var textCleaner = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\ufeff", "", "\u200b", "")

func validText(text string) error {
	if reason := textFault(text); !reason.IsZero() {
		return invalid(TypeText, text, "%s", reason)
	}
	if strings.TrimSpace(text) != text || !norm.NFC.IsNormalString(text) {
		return invalid(TypeText, text, "it is not trimmed and in Unicode normal form C")
	}
	return nil
}

// textFault returns what is wrong with the characters of a text, nothing if it is sound.
func textFault(text string) message.Text {
	switch {
	case text == "":
		return message.New("it is empty")
	case len(text) > MaxText:
		return message.New("it has %d bytes, the limit is %d", len(text), MaxText)
	case !utf8.ValidString(text):
		return message.New("it is not UTF-8; name the encoding of the file")
	}
	for _, r := range text {
		switch {
		case r == utf8.RuneError:
			return message.New("it holds the mark � of a character lost in a conversion")
		case r == '\ufeff' || r == '\u200b':
			return message.New("it holds the invisible character %U", r)
		case r != '\n' && r != '\t' && unicode.IsControl(r):
			return message.New("it holds the control character %U", r)
		}
	}
	return message.Text{}
}

// textDividers separate the members of a set of texts wherever they stand. The comma
// of ASCII, the slash and the blank are not among them, because names such as
// "Foo Co., Ltd.", A/B股 and AT&T Inc. hold them; splitLoose says where they do.
const textDividers = ";；、，|\n"

// ParseTexts reads a set of texts divided by any of ; ； 、 ， | and line
// ends, or, where what stands between them are whole members, by the comma of ASCII,
// by slashes or by blanks: 高新技术企业,专精特新小巨人 are two, "Foo Co., Ltd." is
// one. It returns the set sorted and without repetition, each member as
// [ParseText] gives it. A backslash before a divider or a backslash makes
// it literal; before a comma, a slash or a blank it does so for all of these in the
// member.
func ParseTexts(text string) ([]string, error) {
	var set []string
	for _, part := range splitTexts(text) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		member, err := ParseText(part)
		var fault *ValueError
		if errors.As(err, &fault) {
			return nil, invalid(TypeTexts, text, "a member is faulty: %s", fault.Reason)
		}
		set = append(set, member)
	}
	if len(set) == 0 {
		return nil, invalid(TypeTexts, text, "it is empty")
	}
	slices.Sort(set)
	return slices.Compact(set), nil
}

// SplitTexts divides a text like [ParseTexts] and returns its members as they
// stand, trimmed, in their order and with repetitions, without the blank ones.
func SplitTexts(text string) []string {
	var parts []string
	for _, part := range splitTexts(text) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

func splitTexts(text string) []string {
	var parts []string
	var part strings.Builder
	escaped, whole := false, false // whole: the part is not divided further
	end := func() {
		if whole {
			parts = append(parts, part.String())
		} else {
			parts = append(parts, splitLoose(part.String())...)
		}
		part.Reset()
		whole = false
	}
	for _, r := range text {
		divides := strings.ContainsRune(textDividers, r)
		loose := strings.ContainsRune(looseDividers, r)
		switch {
		case escaped && (divides || loose || r == '\\'):
			part.WriteRune(r)
			escaped, whole = false, whole || loose
		case escaped:
			part.WriteByte('\\')
			part.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case divides:
			end()
		default:
			part.WriteRune(r)
		}
	}
	if escaped {
		part.WriteByte('\\')
	}
	end()
	return parts
}

func formatTexts(set []string) string {
	var b strings.Builder
	for i, member := range set {
		if i > 0 {
			b.WriteByte(';')
		}
		divided := len(splitLoose(member)) > 1
		for _, r := range member {
			if r == '\\' || strings.ContainsRune(textDividers, r) || divided && strings.ContainsRune(looseDividers, r) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

func validTexts(set []string) error {
	if len(set) == 0 {
		return invalid(TypeTexts, "", "it is empty")
	}
	for i, member := range set {
		if err := validText(member); err != nil {
			return err
		}
		if i > 0 && set[i-1] >= member {
			return invalid(TypeTexts, member, "the members are not sorted and distinct")
		}
	}
	return nil
}
