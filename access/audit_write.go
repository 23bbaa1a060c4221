package access

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"liantu/message"
)

// maxTail is the most bytes that stand behind the end that a seal states: what
// one call writes, many times.
const maxTail = 16 * maxLine

// writer is a log that is open and locked for appending.
type writer struct {
	log      *Log
	lock     *flock.Flock
	sealFile *os.File
	file     *os.File
	seal     *seal
	end      end   // of all whole lines
	torn     int64 // bytes of an unfinished line behind them
}

// open locks a log, and finds its end by its seal.
func (l *Log) open() (w *writer, err error) {
	w = &writer{log: l}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	for _, path := range []string{l.path, l.seal} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return w, err
		}
	}
	if err := w.acquire(); err != nil {
		return w, err
	}
	if w.seal, err = readSeal(w.sealFile); err != nil {
		return w, err
	}
	if w.file, err = os.OpenFile(l.path, os.O_RDWR, 0); errors.Is(err, fs.ErrNotExist) {
		if w.seal != nil && w.seal.mark.Number > 0 {
			return w, message.As(ErrTampered, "the log is missing; its seal states %d entries", w.seal.mark.Number)
		}
		if w.file, err = os.OpenFile(l.path, os.O_RDWR|os.O_CREATE, 0o600); err == nil {
			err = syncDir(filepath.Dir(l.path))
		}
	}
	if err != nil {
		return w, err
	}
	if w.seal == nil {
		return w, w.begin()
	}
	return w, w.follow()
}

// acquire takes the lock, which is the seal. While it was waited for, the seal may
// have been moved away together with its log.
func (w *writer) acquire() error {
	for {
		w.lock = flock.New(w.log.seal, flock.SetPermissions(0o600))
		if err := w.lock.Lock(); err != nil {
			return err
		}
		held, err := w.lock.Stat()
		if err != nil {
			return err
		}
		there, err := os.Stat(w.log.seal)
		if err == nil && os.SameFile(held, there) {
			w.sealFile, err = os.OpenFile(w.log.seal, os.O_RDWR, 0)
			return err
		}
		if err = errors.Join(ignoreMissing(err), w.lock.Close()); err != nil {
			return err
		}
	}
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// close unlocks the log. The lock goes last: where closing a file ends all locks
// of it, it is no longer needed then.
func (w *writer) close() error {
	var err error
	for _, f := range []*os.File{w.file, w.sealFile} {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	if w.lock != nil {
		err = errors.Join(err, w.lock.Close())
	}
	return err
}

// ReadAt reads a part of the log and counts it.
func (w *writer) ReadAt(p []byte, off int64) (int, error) {
	n, err := w.file.ReadAt(p, off)
	w.log.read += int64(n)
	return n, err
}

// begin makes the seal of a log that has none, which is the only time that
// appending reads a whole log.
func (w *writer) begin() error {
	to, rest, err := walk(io.NewSectionReader(w, 0, 1<<62), end{}, func(e Entry) error {
		if e.Seal != "" {
			return message.As(ErrTampered, "the seal is missing; line %d was written with one", e.Number)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !unfinished(rest, to.head) {
		return faultAt(to.head, message.New("is not an entry"))
	}
	w.end, w.torn = to, int64(len(rest))
	if w.seal, err = newSeal(w.sealFile, to); err != nil {
		return err
	}
	return syncDir(filepath.Dir(w.log.seal))
}

// follow checks that the log ends as the seal states, and reads on from there.
func (w *writer) follow() error {
	m := w.seal.mark
	info, err := w.file.Stat()
	if err != nil {
		return err
	}
	if info.Size() < m.Size {
		return message.As(ErrTampered, "the log has %d bytes, and its seal states %d: something was removed", info.Size(), m.Size)
	}
	if info.Size() > m.Size+maxTail {
		return message.As(ErrTampered, "the log has %d bytes, and its seal states %d: something was added", info.Size(), m.Size)
	}
	sealed, err := w.last(m)
	if err != nil {
		return err
	}
	w.end, w.torn, err = follow(io.NewSectionReader(w, m.Size, info.Size()-m.Size), sealed, w.seal.public(), func(Entry) error { return nil })
	return err
}

// last reads the line that the seal states to be the last.
func (w *writer) last(m mark) (end, error) {
	at := end{head: Head{m.Number, m.Hash}, size: m.Size, last: m.Last}
	if m.Number == 0 {
		return at, nil
	}
	line := make([]byte, m.Size-m.Last)
	if _, err := w.ReadAt(line, m.Last); err != nil {
		return at, err
	}
	e, what, err := parseEntry(line)
	if err != nil {
		return at, err
	}
	if !what.IsZero() || at.head != (Head{e.Number, e.Hash}) {
		return at, notSealed(m)
	}
	at.entry = e
	return at, nil
}

func notSealed(m mark) error {
	return message.As(ErrTampered, "line %d is not the one that was sealed", m.Number)
}

// repair cuts off a line that a crash left unfinished, and returns the entries
// that are due before the next one. That something is cut off is stated in the
// seal first, so that a crash in between does not keep it from being noted.
func (w *writer) repair() (notes []Entry, err error) {
	note := func(format string, args ...any) {
		notes = append(notes, Entry{Who: "audit log", Action: Note, Detail: fmt.Sprintf(format, args...)})
	}
	cut := w.torn
	if w.torn > 0 {
		m := w.end.mark()
		m.Cut = w.torn
		if err := w.seal.put(w.sealFile, m); err != nil {
			return nil, err
		}
		if err := errors.Join(w.file.Truncate(w.end.size), w.file.Sync()); err != nil {
			return nil, err
		}
		w.torn = 0
	} else if w.end.head.Number == w.seal.mark.Number {
		cut = w.seal.mark.Cut
	}
	if w.end.head.Number > 0 && w.end.entry.Seal == "" {
		note("sealed from here on with the key %s; the %d entries before were not", sealKeyText(w.seal.public()), w.end.head.Number)
	}
	if cut > 0 {
		note("cut off %d bytes of a line that a crash left unfinished; what it was to record was not done", cut)
	}
	return notes, nil
}

// write appends entries and then states the new end in the seal. When the log
// takes them only in part, they are removed again. When only the seal fails, they
// stay: what the log holds is signed, and the seal may state it already.
func (w *writer) write(entries []Entry) error {
	to := w.end
	var text []byte
	for _, e := range entries {
		e.Number, e.Time, e.Prev = to.head.Number+1, w.log.now().UTC(), to.head.Hash
		line, sealed, err := w.line(e)
		if err != nil {
			return err
		}
		text = append(text, line...)
		to = end{head: Head{e.Number, sealed.Hash}, entry: sealed, size: to.size + int64(len(line)), last: to.size}
	}
	_, err := w.file.WriteAt(text, w.end.size)
	if err = errors.Join(err, w.file.Sync()); err != nil {
		return errors.Join(err, w.file.Truncate(w.end.size))
	}
	w.end = to
	return w.seal.put(w.sealFile, to.mark())
}

// line hashes, signs and writes an entry.
func (w *writer) line(e Entry) (line []byte, sealed Entry, err error) {
	text, err := e.signed()
	if err != nil {
		return nil, e, err
	}
	e.Seal = base64.StdEncoding.EncodeToString(ed25519.Sign(w.seal.key, text))
	if e.Hash, err = e.sum(); err != nil {
		return nil, e, err
	}
	if line, err = json.Marshal(e); err != nil {
		return nil, e, err
	}
	if line = append(line, '\n'); len(line) > maxLine {
		return nil, e, message.As(ErrInvalid, "an entry of %d bytes is longer than %d", len(line), maxLine)
	}
	return line, e, nil
}
