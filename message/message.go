// Package message holds what the program says to people, in English and in Chinese.
//
// A message is written where it is said: an English format of package fmt and its
// arguments, as [New] and [Errorf] take them. Its Chinese form is in zh/*.yaml, by the
// English format; it may take the arguments in another order (%[2]q). An argument that
// is a message itself, a label, or an error that is one, is put into the language of
// the whole.
//
// [Text.In] and [Of] choose the language where a text leaves the program: on the
// terminal, in a file, in an answer. Within the program, in the log and for an
// unknown language messages are English, which is what Error and String return.
//
// A test walks the sources: every format that they hold has a Chinese form with the
// same arguments, and every Chinese form is of a format that they hold.
//
// Package message imports nothing of the program; everything may import it.
package message

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Language is a language of messages.
type Language string

// The languages of the program.
const (
	English Language = "en"
	Chinese Language = "zh"
)

// Localised is what can be said in each language.
type Localised interface {
	In(language Language) string
}

// Text is a message with its arguments. The zero Text is empty.
type Text struct {
	format string
	args   []any
}

// New makes a message. The format is that of package fmt; without arguments it is
// the text itself.
func New(format string, args ...any) Text { return Text{wrapped(format), args} }

// IsZero reports whether there is no message.
func (t Text) IsZero() bool { return t.format == "" }

// String returns the message in English.
func (t Text) String() string { return t.In(English) }

// In returns the message in a language, in English where it has no other form.
func (t Text) In(language Language) string {
	format, own := t.format, false
	if language == Chinese {
		if chinese, ok := formats()[format]; ok {
			format, own = chinese, true
		}
	}
	if len(t.args) == 0 {
		return format
	}
	args := t.args
	for i, arg := range t.args {
		said, ok := say(arg, language)
		if text, plain := arg.(string); plain && own {
			said, ok = printable(text)
		}
		if ok {
			if &args[0] == &t.args[0] {
				args = append([]any(nil), t.args...)
			}
			args[i] = said
		}
	}
	return fmt.Sprintf(format, args...)
}

// printable returns a text without what would move the cursor of a terminal, and
// whether it had any: Chinese formats quote by marks of their own, not by %q.
func printable(text string) (string, bool) {
	if strings.IndexFunc(text, unicode.IsControl) < 0 {
		return text, false
	}
	quoted := strconv.Quote(text)
	return quoted[1 : len(quoted)-1], true
}

// say puts an argument into a language, if it is one that has languages.
func say(arg any, language Language) (string, bool) {
	switch arg := arg.(type) {
	case Localised:
		return arg.In(language), true
	case error:
		return Of(arg, language), true
	}
	return "", false
}

// localError is an error whose text is a message.
type localError struct {
	Text
	causes []error
}

func (e *localError) Error() string   { return e.In(English) }
func (e *localError) Unwrap() []error { return e.causes }

// Errorf makes an error of a message. It wraps the arguments that are errors, which a
// format prints by %v or not at all; %w is that of fmt.Errorf and printed as %v is.
func Errorf(format string, args ...any) error { return newError(format, args) }

func newError(format string, args []any) *localError {
	e := &localError{Text: Text{wrapped(format), args}}
	for _, arg := range args {
		if cause, ok := arg.(error); ok {
			e.causes = append(e.causes, cause)
		}
	}
	return e
}

// As makes an error of a message that is a sentinel for errors.Is, without the text
// of the sentinel.
func As(sentinel error, format string, args ...any) error {
	e := newError(format, args)
	e.causes = append(e.causes, sentinel)
	return e
}

// Of returns the text of an error in a language. Of an error that has no languages
// itself, those that it wraps are put into the language where their texts stand in its
// own.
func Of(err error, language Language) string {
	if err == nil {
		return ""
	}
	if said, ok := err.(Localised); ok {
		return said.In(language)
	}
	text := err.Error()
	if language == English {
		return text
	}
	var inner []error
	switch wrapper := err.(type) { //nolint:errorlint // one level at a time
	case interface{ Unwrap() error }:
		inner = []error{wrapper.Unwrap()}
	case interface{ Unwrap() []error }:
		inner = wrapper.Unwrap()
	}
	for _, cause := range inner {
		if cause != nil {
			text = strings.Replace(text, cause.Error(), Of(cause, language), 1)
		}
	}
	return text
}

// List is several texts in one message: "a, b" in English, "a、b" in Chinese.
type List []any

// ListOf makes a list of texts.
func ListOf[T any](items []T) List {
	list := make(List, len(items))
	for i, item := range items {
		list[i] = item
	}
	return list
}

// String returns the list in English.
func (l List) String() string { return l.In(English) }

// In returns the list in a language.
func (l List) In(language Language) string { return joined(l, language, ", ", "、") }

// Clauses are several statements in one message, divided by semicolons.
type Clauses []any

// String returns the clauses in English.
func (c Clauses) String() string { return c.In(English) }

// In returns the clauses in a language.
func (c Clauses) In(language Language) string { return joined(c, language, "; ", "；") }

// Either is several texts of which one is meant: "a or b" in English, "a或b" in Chinese.
type Either []any

// String returns the texts in English.
func (e Either) String() string { return e.In(English) }

// In returns the texts in a language.
func (e Either) In(language Language) string { return joined(e, language, " or ", "或") }

// joined puts a mark of the language between texts.
func joined(items []any, language Language, mark, chinese string) string {
	if language == Chinese {
		mark = chinese
	}
	texts := make([]string, len(items))
	for i, item := range items {
		text, ok := say(item, language)
		if !ok {
			text = fmt.Sprint(item)
		}
		texts[i] = text
	}
	return strings.Join(texts, mark)
}
