package bulk

import (
	"errors"
	"io"
	"path"
	"regexp"
	"strings"

	"liantu/loaders/rows"
)

// MaxHeader is the most bytes of a file that holds nothing but a header.
const MaxHeader = 64 << 10

// headerWord is what the name of a file that holds a header has in it, with what
// divides it from the rest of the name.
var headerWord = regexp.MustCompile(`(?i)^headers?[-_. ]+|[-_. ]*headers?$|[-_. ]*表头$`)

// IsHeaderName reports whether the name of a file says that it holds a header, as
// companies-header.csv and header_companies.csv do.
func IsHeaderName(name string) bool {
	stem := stemOf(name)
	return headerWord.MatchString(stem) && headerWord.ReplaceAllString(stem, "") != ""
}

// partNumber is what divides the parts of one list in the names of their files.
var partNumber = regexp.MustCompile(`(?i)^[-_. ]*(part)?[-_. ]*[0-9]+$`)

// IsDataOf reports whether a file has the rows below a header in a file of its own by
// their names: companies.csv, companies-1.csv and companies_part2.csv have those of
// companies-header.csv.
func IsDataOf(header, data string) bool {
	stem := stemOf(data)
	rest, ok := strings.CutPrefix(stem, headerWord.ReplaceAllString(stemOf(header), ""))
	return ok && !IsHeaderName(data) && (rest == "" || partNumber.MatchString(rest))
}

func stemOf(name string) string {
	name = strings.TrimSuffix(path.Base(name), ".gz")
	return strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
}

// HasHeads reports whether a text begins with a header of neo4j-admin database
// import, and whether it holds nothing else.
func HasHeads(text string) (heads, alone bool) {
	r, err := rows.Open("x.csv", strings.NewReader(text), rows.Options{Heads: IsHead, HeaderRow: 1})
	if err != nil {
		return false, false
	}
	defer r.Close() //nolint:errcheck // of a text
	if tableHeads(r.Columns()) == nil {
		return false, false
	}
	_, err = r.Next()
	return true, errors.Is(err, io.EOF)
}
