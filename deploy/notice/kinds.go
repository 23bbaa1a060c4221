package main

import "strings"

// kinds are the licences under which a module may come into the program, each with the
// words by which its text is known. All permit use in a program under Apache-2.0 as long
// as their texts are passed on; that of MPL-2.0 holds for its own files, which are used
// unchanged. A module under another licence is an error, so that somebody decides.
var kinds = []struct {
	name  string
	words []string // all must be there
	not   string   // must not be there; "" for anything
}{
	{"Apache-2.0", []string{"apache license", "version 2.0"}, ""},
	{"BSD-2-Clause", []string{"redistribution and use in source and binary forms"}, "endorse or promote"},
	{"BSD-3-Clause", []string{"redistribution and use in source and binary forms", "endorse or promote"}, ""},
	{"CC0-1.0", []string{"cc0 1.0 universal"}, ""},
	{"ISC", []string{"permission to use, copy, modify, and/or distribute this software for any purpose"}, ""},
	{"MIT", []string{"permission is hereby granted, free of charge, to any person obtaining a copy"}, ""},
	{"MPL-2.0", []string{"mozilla public license", "version 2.0"}, ""},
}

// unwanted are words of licences that would ask for more than passing on their texts.
var unwanted = []string{"gnu affero general public license version", "gnu general public license version", "business source license", "server side public license"}

// kindsOf returns the licences that a text holds, nil where one of them is unwanted.
func kindsOf(text string) []string {
	words := strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, w := range unwanted {
		if strings.Contains(words, w) && !strings.Contains(words, "mozilla public license") { // which names others as alternatives
			return nil
		}
	}
	var found []string
	for _, k := range kinds {
		holds := k.not == "" || !strings.Contains(words, k.not)
		for _, w := range k.words {
			holds = holds && strings.Contains(words, w)
		}
		if holds {
			found = append(found, k.name)
		}
	}
	return found
}
