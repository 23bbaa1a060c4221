package main

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A term is a word that stands for links: the name of a link, an abbreviation
// of it or a keyword. A term without links stops the matching.
type term struct {
	Word    string
	Links   []*link
	Whole   bool     // matches only a whole part, not its end
	Generic bool     // a word too broad to be supported by another such word
	Unless  []string // words that a product's name must not contain
}

// terms finds the term that a part of a product's name stands for.
type terms map[string]*term

// newTerms collects the words of all links that hold companies. Words of links
// that are one lead to the first of them.
func newTerms(cur *curation) terms {
	ts := terms{}
	for _, w := range cur.Rules.Stop {
		ts[upper(w)] = &term{Word: w}
	}
	for _, c := range cur.Chains {
		c.walk(func(l *link) {
			if l.Holds != "" {
				return
			}
			at := l.first()
			for _, k := range l.Keywords {
				word, whole := strings.CutPrefix(k, "=")
				ts.add(word, at, whole)
			}
			if l.depth() < 3 {
				return // titles such as 关键零部件 are not names of products
			}
			ts.add(l.Name, at, utf8.RuneCountInString(l.Name) < 3)
			for _, n := range strings.Split(l.Name, "/") {
				if n != l.Name && utf8.RuneCountInString(n) >= 3 {
					ts.add(n, at, true)
				}
			}
			for _, a := range l.Aliases {
				ts.add(a, at, true)
			}
		})
	}
	for w, unless := range cur.Rules.Unless {
		if t := ts[upper(w)]; t != nil {
			t.Unless = unless
		}
	}
	for _, w := range cur.Rules.Generic {
		if t := ts[upper(w)]; t != nil {
			t.Generic = true
		}
	}
	return ts
}

// plain removes the mark of words that match only whole parts.
func plain(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.TrimPrefix(w, "=")
	}
	return out
}

// upper is the form in which words are compared.
func upper(word string) string { return strings.ToUpper(word) }

// add joins a word of l. A word that one link takes at the end of a name and
// another only whole is taken at the end.
func (ts terms) add(word string, l *link, whole bool) {
	t := ts[upper(word)]
	if t == nil {
		t = &term{Word: word, Whole: true}
		ts[upper(word)] = t
	}
	t.Whole = t.Whole && whole
	for _, have := range t.Links {
		if have == l {
			return
		}
	}
	t.Links = append(t.Links, l)
}

// match returns the term for a part of a product's name, nil when there is
// none. A Chinese compound ends with what it is, so a part matches the longest
// term at its end: 太阳能电池 is a solar cell, not a battery. When nothing
// matches, words without meaning are removed from the end one by one.
func (ts terms) match(part string) *term {
	for {
		for i, r := range part {
			t := ts[part[i:]]
			if t == nil || t.Whole && i > 0 {
				continue
			}
			before, _ := utf8.DecodeLastRuneInString(part[:i])
			if i > 0 && latin(r) && latin(before) {
				continue // CT is not the end of IMPACT
			}
			return t
		}
		rest, ok := shorter(part)
		if !ok {
			return nil
		}
		part = rest
	}
}

// bars reports whether a product's name contains a word that excludes the term.
func (t *term) bars(name string) bool {
	return slices.ContainsFunc(t.Unless, func(w string) bool { return strings.Contains(name, w) })
}

func latin(r rune) bool { return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
