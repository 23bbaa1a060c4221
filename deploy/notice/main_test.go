package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestNoticeAndBillAreThoseOfTheModules compares the committed notice with the modules of
// the program, and reads the list of components: each module is in it once.
func TestNoticeAndBillAreThoseOfTheModules(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	written, err := os.ReadFile("NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	all, err := readAll()
	if err != nil {
		t.Fatal(err)
	}
	if string(written) != format(all) {
		t.Error("NOTICE is not that of the modules in go.mod; run: make notice")
	}
	var out bytes.Buffer
	if err := writeBill(&out, all); err != nil {
		t.Fatal(err)
	}
	var b bill
	if err := json.Unmarshal(out.Bytes(), &b); err != nil {
		t.Fatal(err)
	}
	seen := map[string]component{}
	for _, c := range b.Components {
		if _, twice := seen[c.Name]; twice || len(c.Licences) == 0 {
			t.Errorf("component %+v", c)
		}
		seen[c.Name] = c
	}
	for _, m := range all[1:] {
		if c := seen[m.Path]; c.Version != m.Version || c.URL != "pkg:golang/"+m.Path+"@"+m.Version {
			t.Errorf("%s %s is listed as %+v", m.Path, m.Version, c)
		}
	}
	if seen["github.com/ugorji/go/codec"].Name == "" {
		t.Error("what only the program that the go command builds without tags contains is not listed")
	}
	if len(all) < 50 || len(seen) != len(all) || seen["std"].Version == "" {
		t.Errorf("%d components of %d modules", len(seen), len(all))
	}
}

// TestKindsOf has a text on each side of every rule.
func TestKindsOf(t *testing.T) {
	const (
		bsd = "Redistribution and use in source and binary\nforms, with or without modification"
		mit = "Permission is hereby granted, free of charge, to any person obtaining\n a copy of this software"
	)
	for text, want := range map[string][]string{
		bsd: {"BSD-2-Clause"},
		bsd + "\nmay be used to endorse or promote products": {"BSD-3-Clause"},
		mit:                                   {"MIT"},
		mit + "\nApache License, Version 2.0": {"Apache-2.0", "MIT"},
		"Mozilla Public License Version 2.0 … GNU General Public License version 2.0": {"MPL-2.0"},
		"GNU GENERAL PUBLIC LICENSE\nVersion 3 …" + mit:                               nil,
		"All rights reserved": nil,
		"Permission to use, copy, modify, and/or distribute this software for any purpose is given": {"ISC"},
	} {
		if got := kindsOf(text); !slices.Equal(got, want) {
			t.Errorf("kindsOf(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestModuleWithoutLicence refuses a module that states none.
func TestModuleWithoutLicence(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "README"), []byte("free"), 0o600); err != nil {
		t.Fatal(err)
	}
	if l, err := read(module{Path: "example.org/bare", Version: "v1", folders: []string{dir}}); err == nil {
		t.Errorf("a module without a licence gives %+v", l)
	}
}
