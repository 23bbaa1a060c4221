package access

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"liantu/message"
	"liantu/schema"
)

// Action is what an entry of the audit log records.
type Action string

// The actions that are recorded.
const (
	Reveal Action = "reveal" // personal values left the service as they are
	Export Action = "export" // a file was written
	Change Action = "change" // the graph was written, or it was tried what that would do
	Manage Action = "manage" // users, keys
	Forget Action = "forget" // a person was removed on request, or it was tried what that would do
	Denied Action = "denied" // something was refused because a right was missing
	Note   Action = "note"   // the log states something of itself
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
	Of      int64       `json:"of,omitempty"`      // of an outcome: the number of the entry that stated the intent
	Prev    string      `json:"prev"`              // the hash of the entry before, "" for the first
	Hash    string      `json:"hash"`              // SHA-256 of the entry with this field empty
	Seal    string      `json:"seal,omitempty"`    // the signature, with the key of the seal, of the hash without this field
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
// the one before and is signed. The key is in another file, the seal, beside a
// signed statement of how the log ends. So no line can be changed, removed or
// inserted and no end cut off unnoticed by somebody who cannot read the seal.
//
// Several processes may append to one log. An entry is on disk when Append
// returns; what Append costs does not depend on the length of the log.
type Log struct {
	path, seal string
	now        func() time.Time

	mu    sync.Mutex
	today revealed
	read  int64 // bytes of the log that appending has read, which tests count
}

// Head is the end of a log.
type Head struct {
	Number int64  `json:"number"` // of entries
	Hash   string `json:"hash"`   // of the last entry, "" for an empty log
}

// OpenLog opens the log in a file, which need not exist yet. Its seal is beside
// it, as [SealOf] names it.
func OpenLog(path string) *Log { return OpenSealedLog(path, SealOf(path)) }

// OpenSealedLog opens the log in a file with a seal in another one. Neither need
// exist yet.
func OpenSealedLog(path, seal string) *Log {
	return &Log{path: path, seal: seal, now: time.Now}
}

// SealOf names the seal that lies beside a log: audit.seal for audit.jsonl.
func SealOf(path string) string { return strings.TrimSuffix(path, filepath.Ext(path)) + ".seal" }

// Append adds an entry. Its number, time, hashes and signature are filled in.
// Callers that reveal or change something append first and go on only if that
// succeeds. A log whose end is not what the seal states gives [ErrTampered] and
// takes no entry.
func (l *Log) Append(e Entry) error {
	_, err := l.append(e, func(*writer) error { return nil })
	return err
}

// Do records that something is about to be done, does it, and records the
// outcome, with the number of the first entry. What cannot be recorded is not
// done. The function may complete the entry of the outcome.
func (l *Log) Do(e Entry, do func(outcome *Entry) error) error {
	number, err := l.append(e, func(*writer) error { return nil })
	if err != nil {
		return err
	}
	outcome := e
	outcome.Of = number
	if err = do(&outcome); err != nil {
		outcome.Detail += ": not done, or not to its end"
	} else {
		outcome.Detail += ": done"
	}
	return errors.Join(err, l.Append(outcome))
}

// append adds an entry if it is allowed, and returns its number.
func (l *Log) append(e Entry, allowed func(*writer) error) (number int64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w, err := l.open()
	if err != nil {
		return 0, message.Errorf("audit log: %w", err)
	}
	defer func() { err = errors.Join(err, w.close()) }()
	notes, err := w.repair()
	if err != nil {
		return 0, message.Errorf("audit log: %w", err)
	}
	if err := allowed(w); err != nil {
		return 0, err
	}
	if err := w.write(append(notes, e)); err != nil {
		return 0, message.Errorf("audit log: %w", err)
	}
	return w.end.head.Number, nil
}
