package access

import (
	"errors"
	"time"
)

// SetTokenClock lets tests set the time of tokens.
func SetTokenClock(t *Tokens, now func() time.Time) { t.now = now }

// SetUsersClock lets tests set the time of keys.
func SetUsersClock(u *Users, now func() time.Time) { u.now = now }

// SetSessionsClock lets tests set the time of sessions.
func SetSessionsClock(s *Sessions, now func() time.Time) { s.now = now }

// SetLogClock lets tests set the time of entries.
func SetLogClock(l *Log, now func() time.Time) { l.now = now }

// LogRead is how many bytes of the log appending has read.
func LogRead(l *Log) int64 { return l.read }

// AppendAll adds entries as Append does, in one write.
func AppendAll(l *Log, entries []Entry) (err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w, err := l.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	return w.write(entries)
}

// Repair ends where a process does that is killed after it has cut off an
// unfinished line and before it has noted that.
func Repair(l *Log) (err error) {
	w, err := l.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	_, err = w.repair()
	return err
}
