package engine

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"

	"liantu/message"
)

// halfPair finds a string of a document in which \uD800 to \uDFFF stands alone, which is
// no character. The parser would read it as U+FFFD. It returns nil for a document
// that the lexer refuses, since the parser names that fault.
func halfPair(document string) *Error {
	if !strings.Contains(document, `\u`) {
		return nil
	}
	l := lexer.New(&ast.Source{Name: "request", Input: document})
	read := 0 // bytes of the document before the token
	runes := 0
	for {
		t, err := l.ReadToken()
		if err != nil || t.Kind == lexer.EOF {
			return nil
		}
		if t.Kind != lexer.String {
			continue
		}
		read += bytesOf(document[read:], t.Pos.Start-runes)
		runes = t.Pos.Start
		text := document[read : read+bytesOf(document[read:], t.Pos.End-t.Pos.Start)]
		if at := loneSurrogate(text); at >= 0 {
			column := t.Pos.Column - 1 + len([]rune(text[:at])) // the token begins at its quote, its column behind it
			return say(message.Errorf("%s is half of a pair of surrogates and no character", text[at:at+6]), Location{Line: t.Pos.Line, Column: column})
		}
	}
}

// bytesOf is how many bytes the first characters of a text take.
func bytesOf(text string, characters int) int {
	for at := range text {
		if characters == 0 {
			return at
		}
		characters--
	}
	return len(text)
}

// loneSurrogate returns the place of the first escape of a string that is half of a pair
// without the other half, else -1.
func loneSurrogate(text string) int {
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		r := escaped(text[i:])
		if !utf16.IsSurrogate(r) {
			i++ // the character after the backslash is no backslash of its own
			continue
		}
		if utf16.DecodeRune(r, escaped(text[i+6:])) == '\ufffd' {
			return i
		}
		i += 11
	}
	return -1
}

// escaped is the number in an escape of four digits at the beginning of a text, else 0.
func escaped(text string) rune {
	if len(text) < 6 || text[:2] != `\u` {
		return 0
	}
	n, err := strconv.ParseUint(text[2:6], 16, 16)
	if err != nil {
		return 0
	}
	return rune(n)
}
