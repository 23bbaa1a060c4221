package rows

import (
	"archive/zip"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// EntryName returns the name of a file in an archive, its folders divided by
// slashes. Names are in UTF-8 if the archive says so, by a flag or by the extra
// field 0x7075 (APPNOTE.TXT 4.4.4 and 4.6.9). Others are in the code page of the
// system that wrote them: GBK if they are Chinese by it, else that of DOS, 437. A
// name that was converted from 437 although it is in GBK, as unpacking and packing
// again does, is restored.
func EntryName(f *zip.File) string {
	name, ok := unicodePath(f)
	if !ok {
		name = decodedName(f)
	}
	return strings.ReplaceAll(name, `\`, "/")
}

// windows are the systems that write names in a code page, by their numbers in an
// archive: FAT and NTFS.
var windows = map[uint16]bool{0: true, 10: true, 11: true}

func decodedName(f *zip.File) string {
	switch {
	case !f.NonUTF8:
		return restored(f.Name)
	case utf8.ValidString(f.Name) && !windows[f.CreatorVersion>>8]:
		return f.Name // systems other than Windows write UTF-8 and do not always say so
	case utf8.ValidString(f.Name) && strings.ContainsFunc(f.Name, isHan):
		return f.Name
	}
	if name, ok := chineseName(f.Name); ok {
		return name
	}
	if utf8.ValidString(f.Name) {
		return f.Name
	}
	name, err := charmap.CodePage437.NewDecoder().String(f.Name)
	if err != nil {
		return f.Name
	}
	return name
}

// unicodePath returns the name in the extra field 0x7075, which counts if it was
// made of the name that the archive has now.
func unicodePath(f *zip.File) (string, bool) {
	const field, head = 0x7075, 4
	for extra := f.Extra; len(extra) >= head; {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if len(extra) < head+size {
			return "", false
		}
		data := extra[head : head+size]
		extra = extra[head+size:]
		if id != field || size <= 5 || data[0] != 1 || binary.LittleEndian.Uint32(data[1:]) != crc32.ChecksumIEEE([]byte(f.Name)) {
			continue
		}
		if name := string(data[5:]); utf8.ValidString(name) {
			return name, true
		}
	}
	return "", false
}

// chineseName reads a name in GBK. It reports false where the name may be in
// another code page: it is not valid, has characters that are not Chinese, or
// most of them are not in GB/T 2312, as pairs of a Western letter with an accent
// and the letter after it are not.
func chineseName(name string) (string, bool) {
	decoded, err := chinese.NewDecoder().String(name)
	if err != nil {
		return "", false
	}
	common, rare := 0, 0
	for i := 0; i < len(name); i++ {
		switch lead := name[i]; {
		case lead < utf8.RuneSelf:
		case i+1 == len(name):
			return "", false
		default:
			i++
			if lead >= 0xA1 && lead <= 0xF7 && name[i] >= 0xA1 {
				common++
			} else {
				rare++
			}
		}
	}
	for _, r := range decoded {
		if r >= utf8.RuneSelf && !isHan(r) && !unicode.In(r, unicode.Po, unicode.Ps, unicode.Pe, unicode.Pd, unicode.Nl, unicode.No, unicode.Nd) {
			return "", false
		}
	}
	return decoded, common > rare && strings.ContainsFunc(decoded, isHan)
}

// restored returns a name that was written in GBK and taken for code page 437: all
// its characters are in that code page, some draw boxes, which nobody writes in
// names, and it is Chinese in GBK. Any other name is returned as it is.
func restored(name string) string {
	if !strings.ContainsFunc(name, func(r rune) bool { return r >= 0x2500 && r <= 0x259F }) {
		return name
	}
	written, err := charmap.CodePage437.NewEncoder().String(name)
	if err != nil {
		return name
	}
	if chinese, ok := chineseName(written); ok {
		return chinese
	}
	return name
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
