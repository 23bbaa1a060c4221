package main

import "strings"

// A recoding finds the present code of a share of Beijing by a former one: in October
// 2025 all got codes that begin with 92, most of them with the last three digits of the
// former code.
type recoding struct {
	byName   map[string]string // short name → present code
	byDigits map[string]string // last three digits → present code, "" for two
}

// newRecoding reads the present codes from the list of 2025.
func newRecoding(rows []row) recoding {
	r := recoding{map[string]string{}, map[string]string{}}
	for _, x := range rows {
		code := stockCode(x["ts_code"])
		if !strings.HasSuffix(code, ".BJ") {
			continue
		}
		r.byName[shortName(x["name"])] = code
		digits := code[3:6]
		if _, twice := r.byDigits[digits]; twice {
			r.byDigits[digits] = ""
			continue
		}
		r.byDigits[digits] = code
	}
	return r
}

// now returns the present code of a former one of Beijing, "" for who is not listed
// there now. A name decides before the digits, which two companies may share; who has no
// name in a table left the exchange before it was made.
func (r recoding) now(code, name string) string {
	if !strings.HasSuffix(code, ".BJ") || shortName(name) == "" {
		return ""
	}
	if present := r.byName[shortName(name)]; present != "" {
		return present
	}
	return r.byDigits[code[3:6]]
}
