package access

import (
	"bufio"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"liantu/message"
)

// maxLine is the most bytes of a line of the log.
const maxLine = 256 << 10

// end is how a part of a log ends that was read.
type end struct {
	head  Head
	entry Entry // the last one
	size  int64 // in bytes, from the start of the log
	last  int64 // where the last line begins
}

// mark is what a seal states of an end.
func (e end) mark() mark {
	return mark{Seq: 1, Number: e.head.Number, Hash: e.head.Hash, Size: e.size, Last: e.last}
}

// section is a part of a log.
type section interface {
	io.Reader
	Size() int64
}

// walk reads the entries that follow an end and checks the chain of their hashes,
// not their signatures, each of which states the hash of all before it. The rest
// is what follows the last line break.
func walk(r section, from end, yield func(Entry) error) (to end, rest []byte, err error) {
	if to = from; r.Size() == 0 {
		return to, nil, nil
	}
	lines := bufio.NewReaderSize(r, int(min(r.Size()+1, maxLine)))
	for {
		line, err := lines.ReadSlice('\n')
		switch {
		case errors.Is(err, io.EOF):
			return to, append([]byte(nil), line...), nil
		case errors.Is(err, bufio.ErrBufferFull):
			return to, nil, faultAt(to.head, message.New("is not an entry"))
		case err != nil:
			return to, nil, err
		}
		e, err := readEntry(line, to.head)
		if err != nil {
			return to, nil, err
		}
		if e.Seal == "" && to.entry.Seal != "" {
			return to, nil, faultAt(to.head, message.New("is not signed"))
		}
		to = end{head: Head{e.Number, e.Hash}, entry: e, size: to.size + int64(len(line)), last: to.size}
		if err := yield(e); err != nil {
			return to, nil, err
		}
	}
}

// faultAt says what is wrong with the line behind a head.
func faultAt(before Head, what message.Text) error {
	return message.As(ErrTampered, "line %d %s", before.Number+1, what)
}

// readEntry reads the line that must follow a head. A line with the same content
// in another form was not written by this program.
func readEntry(line []byte, before Head) (Entry, error) {
	e, what, err := parseEntry(line)
	switch {
	case err != nil:
		return e, err
	case e.Number != 0 && e.Number != before.Number+1:
		return e, faultAt(before, message.New("has the number %d", e.Number))
	case e.Number != 0 && e.Prev != before.Hash:
		return e, faultAt(before, message.New("does not follow the line before"))
	case !what.IsZero():
		return e, faultAt(before, what)
	}
	return e, nil
}

// parseEntry reads a line by itself, and says what is wrong with it.
func parseEntry(line []byte) (e Entry, what message.Text, err error) {
	d := json.NewDecoder(strings.NewReader(string(line)))
	d.DisallowUnknownFields()
	if d.Decode(&e) != nil {
		return Entry{}, message.New("is not an entry"), nil
	}
	sum, err := e.sum()
	if err != nil {
		return e, what, err
	}
	again, err := json.Marshal(e)
	if err != nil {
		return e, what, err
	}
	if e.Number < 1 || e.Hash != sum || string(again)+"\n" != string(line) {
		return e, message.New("was changed"), nil
	}
	return e, what, nil
}

// unfinished reports whether the bytes behind a head can be the beginning of the
// next line, as a crash leaves it. A file system may have made room for bytes
// that it did not write any more.
func unfinished(rest []byte, before Head) bool {
	text := strings.TrimRight(string(rest), "\x00")
	start := fmt.Sprintf(`{"n":%d,"time":"`, before.Number+1)
	if len(rest) > maxLine || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
		return false
	}
	return strings.HasPrefix(text, start) || strings.HasPrefix(start, text)
}

// follow reads what stands behind the end that a seal states: lines that were
// written before a crash kept the seal from stating them, each signed, and the
// beginning of an unfinished one.
func follow(r section, from end, key ed25519.PublicKey, yield func(Entry) error) (to end, torn int64, err error) {
	to, rest, err := walk(r, from, yield)
	if err != nil {
		return to, 0, err
	}
	if to.size > from.size && !to.entry.signedBy(key) {
		return to, 0, message.As(ErrTampered, "line %d %s", to.head.Number, message.New("is not signed with the key of the seal"))
	}
	if !unfinished(rest, to.head) {
		return to, 0, faultAt(to.head, message.New("is not an entry"))
	}
	return to, int64(len(rest)), nil
}
