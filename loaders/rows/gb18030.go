package rows

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// gb18030 is GB 18030-2022. The table behind it lacks 25 codes of two bytes, which
// it makes U+FFFD.
type gb18030 struct{ encoding.Encoding }

var chinese = gb18030{simplifiedchinese.GB18030}

// NewDecoder returns a decoder to UTF-8.
func (e gb18030) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: transform.Chain(new(completer), e.Encoding.NewDecoder())}
}

// lacking are the codes of two bytes that the table lacks, with the codes of four
// bytes that the same characters have. The first two groups stood for characters of
// the private use area until GB 18030-2005: they are vertical punctuation, U+FE10 to
// FE19, and components, U+9FB4 to 9FBB. Those of the third have no other use than the
// character that is printed for them, U+20087, 20089, 200CC, 215D7, 2298F and 241FE.
// Source: the changes of GB 18030-2022 as in the tables of glibc 2.36, which has all,
// and of ICU 78.2, which leaves the third group in the private use area.
var lacking = map[[2]byte]string{
	{0xA6, 0xD9}: "\x84\x31\x82\x36", {0xA6, 0xDA}: "\x84\x31\x82\x38", {0xA6, 0xDB}: "\x84\x31\x82\x37", {0xA6, 0xDC}: "\x84\x31\x82\x39",
	{0xA6, 0xDD}: "\x84\x31\x83\x30", {0xA6, 0xDE}: "\x84\x31\x83\x31", {0xA6, 0xDF}: "\x84\x31\x83\x32", {0xA6, 0xEC}: "\x84\x31\x83\x33",
	{0xA6, 0xED}: "\x84\x31\x83\x34", {0xA6, 0xF3}: "\x84\x31\x83\x35",

	{0xFE, 0x59}: "\x82\x35\x90\x37", {0xFE, 0x61}: "\x82\x35\x90\x38", {0xFE, 0x66}: "\x82\x35\x90\x39", {0xFE, 0x67}: "\x82\x35\x91\x30",
	{0xFE, 0x6D}: "\x82\x35\x91\x31", {0xFE, 0x7E}: "\x82\x35\x91\x32", {0xFE, 0x90}: "\x82\x35\x91\x33", {0xFE, 0xA0}: "\x82\x35\x91\x34",

	{0xFE, 0x51}: "\x95\x32\x90\x31", {0xFE, 0x52}: "\x95\x32\x90\x33", {0xFE, 0x53}: "\x95\x32\x97\x30", {0xFE, 0x6C}: "\x95\x36\xB9\x37",
	{0xFE, 0x76}: "\x96\x30\xBA\x35", {0xFE, 0x91}: "\x96\x35\xB6\x30",

	{0xA8, 0xBC}: "\x81\x35\xF4\x37", // ḿ
}

// completer replaces the codes that the table lacks.
type completer struct{ transform.NopResetter }

// Transform copies code by code. Bytes that are none are copied one by one.
func (completer) Transform(dst, src []byte, atEOF bool) (written, read int, err error) {
	for read < len(src) {
		size := codeSize(src[read:])
		if size > len(src)-read {
			if !atEOF {
				return written, read, transform.ErrShortSrc
			}
			size = len(src) - read
		}
		code := src[read : read+size]
		if size == 2 && (code[0] == 0xFE || code[0] == 0xA6 || code[0] == 0xA8) {
			if four, ok := lacking[[2]byte(code)]; ok {
				code = []byte(four)
			}
		}
		if written+len(code) > len(dst) {
			return written, read, transform.ErrShortDst
		}
		written += copy(dst[written:], code)
		read += size
	}
	return written, read, nil
}

// codeSize returns how many bytes the code at the start of a text has, as far as
// the bytes say that are there.
func codeSize(text []byte) int {
	isLead := func(i int) bool { return i >= len(text) || text[i] >= 0x81 && text[i] <= 0xFE }
	isDigit := func(i int) bool { return i >= len(text) || text[i] >= '0' && text[i] <= '9' }
	switch {
	case !isLead(0):
		return 1
	case len(text) == 1 || text[1] >= 0x40:
		return 2
	case isDigit(1) && isLead(2) && isDigit(3):
		return 4
	}
	return 1
}
