package access

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"liantu/message"
	"liantu/schema"
)

// Action is what an entry of the audit log records.
type Action string

// The actions that are recorded.
const (
	Reveal Action = "reveal" // personal values left the service as they are
	Export Action = "export" // a file was written
	Change Action = "change" // the graph was written
	Manage Action = "manage" // users, keys
	Forget Action = "forget" // a person was removed on request
	Denied Action = "denied" // something was refused because a right was missing
)

// Entry is one line of the audit log. It states who did what to which elements
// and never holds a value.
type Entry struct {
	Number  int64       `json:"n"` // from 1
	Time    time.Time   `json:"time"`
	Who     string      `json:"who"` // the subject of the identity
	Role    schema.Role `json:"role"`
	Action  Action      `json:"action"`
	Fields  []string    `json:"fields,omitempty"`  // as in Person.phone
	IDs     []string    `json:"ids,omitempty"`     // of the elements
	Count   int         `json:"count,omitempty"`   // of the elements, where the ids are too many to name
	Version int64       `json:"version,omitempty"` // of the graph
	Purpose string      `json:"purpose,omitempty"` // as the caller stated it
	Request string      `json:"request,omitempty"` // the id of the request
	Detail  string      `json:"detail,omitempty"`  // what was changed or refused, without values
	Prev    string      `json:"prev"`              // the hash of the entry before, "" for the first
	Hash    string      `json:"hash"`              // SHA-256 of the entry with this field empty
}

// sum computes the hash of an entry.
func (e Entry) sum() (string, error) {
	e.Hash = ""
	text, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// Log is an audit log: one JSON object a line, each of which holds the hash of
// the one before, so that no line can be changed, removed or inserted unnoticed.
// Only cutting off the end leaves no trace in the file itself: store the head
// that [Log.Verify] returns elsewhere to detect that too. Several processes
// may append to one file. An entry is on disk when Append returns.
type Log struct {
	path string
	now  func() time.Time

	mu   sync.Mutex
	size int64 // of the file when head was read
	head Head
}

// Head is the end of a log.
type Head struct {
	Number int64  `json:"number"` // of entries
	Hash   string `json:"hash"`   // of the last entry, "" for an empty log
}

// OpenLog opens the log in a file, which need not exist yet.
func OpenLog(path string) *Log { return &Log{path: path, now: time.Now, size: -1} }

// Append adds an entry. Its number, time and hashes are filled in. Callers that
// reveal something append first and reveal only if that succeeds.
func (l *Log) Append(e Entry) (err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return message.Errorf("audit log: %w", err)
	}
	lock := flock.New(l.path+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return message.Errorf("audit log: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return message.Errorf("audit log: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := l.catchUp(f); err != nil {
		return err
	}
	e.Number, e.Time, e.Prev = l.head.Number+1, l.now().UTC(), l.head.Hash
	if e.Hash, err = e.sum(); err != nil {
		return message.Errorf("audit log: %w", err)
	}
	line, err := json.Marshal(e)
	if err != nil {
		return message.Errorf("audit log: %w", err)
	}
	n, err := f.Write(append(line, '\n'))
	if err = errors.Join(err, f.Sync()); err != nil {
		l.size = -1 // it may have been written in part
		return message.Errorf("audit log: %w", err)
	}
	l.size += int64(n)
	l.head = Head{e.Number, e.Hash}
	return nil
}

// catchUp reads the head of the file if another process has written to it.
func (l *Log) catchUp(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return message.Errorf("audit log: %w", err)
	}
	if info.Size() == l.size {
		return nil
	}
	head, err := verify(f)
	if err != nil {
		return err
	}
	l.size, l.head = info.Size(), head
	return nil
}

// Verify reads the whole log and returns its head. A line that differs from what
// was written gives [ErrTampered] with its number.
func (l *Log) Verify() (head Head, err error) {
	err = l.each(func(e Entry) error {
		head = Head{e.Number, e.Hash}
		return nil
	})
	return head, err
}

// Entries calls yield with every entry, oldest first, verified as [Log.Verify]
// does. An error of yield ends it and is returned.
func (l *Log) Entries(yield func(Entry) error) error { return l.each(yield) }

func (l *Log) each(yield func(Entry) error) (err error) {
	f, err := os.Open(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return message.Errorf("audit log: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = walk(f, yield)
	return err
}

func verify(r io.Reader) (Head, error) {
	return walk(r, func(Entry) error { return nil })
}

// walk reads entries and checks the chain of their hashes.
func walk(r io.Reader, yield func(Entry) error) (head Head, err error) {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return head, nil
		}
		if err != nil {
			return head, message.Errorf("line %d ends early: %w", head.Number+1, errors.Join(ErrTampered, err))
		}
		e, err := readEntry(line, head)
		if err != nil {
			return head, err
		}
		head = Head{e.Number, e.Hash}
		if err := yield(e); err != nil {
			return head, err
		}
	}
}

// readEntry reads the line that must follow a head. A line with the same content
// in another form was not written by this program.
func readEntry(line []byte, before Head) (Entry, error) {
	var e Entry
	fault := func(what message.Text) error {
		return message.As(ErrTampered, "line %d %s", before.Number+1, what)
	}
	d := json.NewDecoder(strings.NewReader(string(line)))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil {
		return e, fault(message.New("is not an entry"))
	}
	sum, err := e.sum()
	if err != nil {
		return e, err
	}
	again, err := json.Marshal(e)
	if err != nil {
		return e, err
	}
	switch {
	case e.Number != before.Number+1:
		return e, fault(message.New("has the number %d", e.Number))
	case e.Prev != before.Hash:
		return e, fault(message.New("does not follow the line before"))
	case e.Hash != sum || string(again)+"\n" != string(line):
		return e, fault(message.New("was changed"))
	}
	return e, nil
}
