#!/bin/sh
# Library:  golang.org/x/text v0.43.0 (Go), encoding/simplifiedchinese
# Expected: the decoder of GB18030 reads the codes that the WHATWG Encoding standard,
#           from which its tables are made, and GB 18030-2022 give a character, such as
#           A8BC (U+1E3F), A6D9 (U+FE10) and FE59 (U+9FB4).
# Seen:     A8BC and the 18 codes that GB 18030-2022 took out of the private use area
#           are read as U+FFFD, although the same characters are read from their codes
#           of four bytes and written there. A file with such a code looks damaged.
# Date:     2026-11-30
#
# Installs the pinned module into a fresh folder, decodes the codes, and fails if what
# it sees differs from the above. It needs Go.
set -eu
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module probe

go 1.25

require golang.org/x/text v0.43.0
MOD
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// codes are codes of two bytes and the characters that they stand for.
var codes = []struct {
	code string
	want rune
}{
	{"\xA8\xBC", 0x1E3F},
	{"\xA6\xD9", 0xFE10}, {"\xA6\xDA", 0xFE12}, {"\xA6\xDB", 0xFE11}, {"\xA6\xDC", 0xFE13}, {"\xA6\xDD", 0xFE14},
	{"\xA6\xDE", 0xFE15}, {"\xA6\xDF", 0xFE16}, {"\xA6\xEC", 0xFE17}, {"\xA6\xED", 0xFE18}, {"\xA6\xF3", 0xFE19},
	{"\xFE\x59", 0x9FB4}, {"\xFE\x61", 0x9FB5}, {"\xFE\x66", 0x9FB6}, {"\xFE\x67", 0x9FB7}, {"\xFE\x6D", 0x9FB8},
	{"\xFE\x7E", 0x9FB9}, {"\xFE\x90", 0x9FBA}, {"\xFE\xA0", 0x9FBB},
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func main() {
	for _, c := range codes {
		got, err := simplifiedchinese.GB18030.NewDecoder().String(c.code)
		must(err)
		four, err := simplifiedchinese.GB18030.NewEncoder().String(string(c.want))
		must(err)
		back, err := simplifiedchinese.GB18030.NewDecoder().String(four)
		must(err)
		fmt.Printf("%X is read as %U, expected %U, which is %X and read from it as %U\n", c.code, []rune(got), c.want, four, []rune(back))
	}
}
GO
GOFLAGS=-mod=mod GOPATH="$dir/go" go run . > seen 2> log || { cat log; exit 2; }
cat seen
test "$(grep -c 'is read as \[U+FFFD\], expected' seen)" = 19
test "$(grep -c 'read from it as \[U+FFFD\]' seen || true)" = 0
