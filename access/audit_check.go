package access

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/gofrs/flock"

	"liantu/message"
)

// Verified is what [Log.Check] found of a log that is as it was written.
type Verified struct {
	Head       Head
	Key        string // the public key with which it is signed, "" while it is not
	Sealed     bool   // the seal is there, so that the end is proved, too
	Unfinished int64  // bytes behind the head, the beginning of a line that a crash left unfinished
}

// Verify reads the whole log and returns its head. A log that differs from what
// was written gives [ErrTampered], with the line where there is one.
func (l *Log) Verify() (Head, error) {
	v, err := l.Check("", func(Entry) error { return nil })
	return v.Head, err
}

// Entries calls yield with every entry, oldest first, verified as [Log.Verify]
// does; what the signatures and the seal prove is known at the end. An error of
// yield ends it and is returned.
func (l *Log) Entries(yield func(Entry) error) error {
	_, err := l.Check("", yield)
	return err
}

// Check reads the whole log as [Log.Entries] does. A public key, "" for none, is
// one that was noted elsewhere, with which the log must be signed; with it a log
// is verified without its seal, too, except that nobody cut off its end. A log
// that is not sealed yet is verified by its hashes alone.
func (l *Log) Check(key string, yield func(Entry) error) (v Verified, err error) {
	var wanted ed25519.PublicKey
	if key != "" {
		if wanted, err = parseSealKey(key); err != nil {
			return v, err
		}
	}
	s, err := l.snapshot(wanted != nil)
	if err == nil && s.seal == nil && s.size > 0 {
		// The seal is made before the log is written, perhaps just now.
		if err = s.close(); err == nil {
			s, err = l.snapshot(wanted != nil)
		}
	}
	if err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if s.seal != nil {
		if wanted != nil && !wanted.Equal(s.seal.public()) {
			return v, message.As(ErrTampered, "the seal has another key, %s", sealKeyText(s.seal.public()))
		}
		return s.sealed(yield)
	}
	return s.alone(wanted, yield)
}

// snapshot is a log and its seal at one moment.
type snapshot struct {
	seal *seal    // nil if there is none
	file *os.File // nil if there is none
	size int64    // of the file
	tail []byte   // what stands behind the end that the seal states
}

func (s *snapshot) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// ReadAt reads from the log, which may be missing.
func (s *snapshot) ReadAt(p []byte, off int64) (int, error) {
	if s.file == nil {
		return 0, io.EOF
	}
	return s.file.ReadAt(p, off)
}

// snapshot reads the seal and the end of the log while nobody appends. With a key
// from elsewhere it may be a seal that the caller must not read.
func (l *Log) snapshot(keyed bool) (s *snapshot, err error) {
	s = &snapshot{}
	sealFile, err := os.Open(l.seal)
	if err == nil {
		lock := flock.New(l.seal, flock.SetFlag(os.O_RDONLY))
		if err := lock.RLock(); err != nil {
			return s, errors.Join(err, sealFile.Close())
		}
		defer func() { err = errors.Join(err, sealFile.Close(), lock.Close()) }()
		if s.seal, err = readSeal(sealFile); err != nil {
			return s, err
		}
	}
	if keyed && errors.Is(err, fs.ErrPermission) {
		err = nil
	}
	if err = ignoreMissing(err); err != nil {
		return s, message.Errorf("the seal cannot be read: %w", err)
	}
	if s.file, err = os.Open(l.path); errors.Is(err, fs.ErrNotExist) {
		s.file = nil
		return s, nil
	}
	if err != nil {
		return s, err
	}
	info, err := s.file.Stat()
	if err != nil {
		return s, errors.Join(err, s.file.Close())
	}
	if s.size = info.Size(); s.seal != nil && s.size > s.seal.mark.Size {
		s.tail = make([]byte, min(s.size-s.seal.mark.Size, maxTail))
		if _, err := s.file.ReadAt(s.tail, s.seal.mark.Size); err != nil {
			return s, errors.Join(err, s.file.Close())
		}
	}
	return s, nil
}

// sealed verifies a log that has its seal.
func (s *snapshot) sealed(yield func(Entry) error) (Verified, error) {
	m, key := s.seal.mark, s.seal.public()
	if s.file == nil && m.Number > 0 {
		return Verified{}, message.As(ErrTampered, "the log is missing; its seal states %d entries", m.Number)
	}
	to, rest, err := walk(io.NewSectionReader(s, 0, m.Size), end{}, yield)
	switch {
	case err != nil:
		return Verified{}, err
	case to.head.Number < m.Number && s.size < m.Size:
		return Verified{}, message.As(ErrTampered, "the log ends after line %d, and its seal states %d: the end was cut off", to.head.Number, m.Number)
	case len(rest) > 0 || to.head != (Head{m.Number, m.Hash}):
		if err := s.blame(key, m.Size); err != nil {
			return Verified{}, err
		}
		return Verified{}, notSealed(m)
	}
	if m.Size+int64(len(s.tail)) < s.size {
		return Verified{}, message.As(ErrTampered, "the log has %d bytes, and its seal states %d: something was added", s.size, m.Size)
	}
	to, torn, err := follow(bytes.NewReader(s.tail), to, key, yield)
	if err != nil {
		return Verified{}, err
	}
	v := Verified{Head: to.head, Key: sealKeyText(key), Sealed: true, Unfinished: torn}
	if to.entry.Seal != "" && !to.entry.signedBy(key) {
		return v, s.blame(key, s.size)
	}
	return v, nil
}

// alone verifies a log without its seal: by a key that was noted elsewhere, or by
// the chain alone if nobody has sealed it yet.
func (s *snapshot) alone(key ed25519.PublicKey, yield func(Entry) error) (v Verified, err error) {
	to, rest, err := walk(io.NewSectionReader(s, 0, s.size), end{}, yield)
	switch {
	case err != nil:
		return v, err
	case !unfinished(rest, to.head):
		return v, faultAt(to.head, message.New("is not an entry"))
	case to.entry.Seal != "" && key == nil:
		return v, message.As(ErrTampered, "the seal is missing; line %d was written with one", to.head.Number)
	case to.entry.Seal == "" && key != nil:
		return v, message.As(ErrTampered, "no entry is signed")
	}
	v = Verified{Head: to.head, Unfinished: int64(len(rest))}
	if key != nil {
		v.Key = sealKeyText(key)
		if !to.entry.signedBy(key) {
			return v, s.blame(key, s.size)
		}
	}
	return v, nil
}

// blame names the first line whose signature is not that of the key, after the
// last one turned out not to be. It returns nil if no line with a signature has a
// wrong one.
func (s *snapshot) blame(key ed25519.PublicKey, size int64) error {
	_, _, err := walk(io.NewSectionReader(s, 0, size), end{}, func(e Entry) error {
		if e.Seal == "" || e.signedBy(key) {
			return nil
		}
		return message.As(ErrTampered, "line %d %s", e.Number, message.New("is not signed with the key of the seal"))
	})
	return err
}
