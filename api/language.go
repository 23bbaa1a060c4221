package api

import (
	"net/http"

	"golang.org/x/text/language"

	"liantu/message"
)

// languages are those of the texts, the first of which is taken where none is asked for.
// A client that wants traditional characters gets simplified ones.
var languages = language.NewMatcher([]language.Tag{language.English, language.Chinese, language.TraditionalChinese})

func languageOf(r *http.Request) message.Language { return LanguageOf(r.Header) }

// LanguageOf returns the language in which a client wants the texts of errors, by
// Accept-Language; English where it asks for none, or for others only.
func LanguageOf(headers http.Header) message.Language {
	header := headers.Get("Accept-Language")
	if header == "" || len(header) > maxAcceptLanguage {
		return message.English
	}
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return message.English // a header that cannot be read asks for nothing
	}
	if _, at, confidence := languages.Match(tags...); at > 0 && confidence > language.No {
		return message.Chinese
	}
	return message.English
}

// maxAcceptLanguage is the longest header that is read, in bytes.
const maxAcceptLanguage = 256
