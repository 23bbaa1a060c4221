package access

import (
	"bytes"
	"io"
	"time"

	"liantu/message"
)

// ErrQuota says that a caller has had as many elements revealed on a day as it may.
var ErrQuota = message.Errorf("the quota of reveals is used up")

// QuotaError is the [ErrQuota] of [Log.AppendWithin].
type QuotaError struct {
	Revealed int // different elements that the caller has had revealed on the day before
	Asked    int // elements beyond these that it has asked for
	Limit    int // the most a day
}

func (e *QuotaError) text() message.Text {
	return message.New("%d persons or other elements were revealed to you today; %d more would be above the limit of %d a day", e.Revealed, e.Asked, e.Limit)
}

// Error returns the text in English.
func (e *QuotaError) Error() string { return e.text().String() }

// In returns the text in a language.
func (e *QuotaError) In(language message.Language) string { return e.text().In(language) }

// Unwrap returns [ErrQuota].
func (e *QuotaError) Unwrap() error { return ErrQuota }

// AppendWithin adds an entry as [Log.Append] does, if the subject then has had at
// most so many different elements revealed on the day of the entry, in the time
// zone of the service: those that entries with the action [Reveal] name, and as
// many more as such an entry counts beyond those it names. Otherwise nothing is
// added and the error is a [*QuotaError]. Entries of other processes count, and those
// with a later time: a clock that is put back opens no second quota.
//
// The log is read back to the day before once, and followed from there.
func (l *Log) AppendWithin(e Entry, most int) error {
	_, err := l.append(e, func(w *writer) error {
		now := l.now()
		if err := l.today.update(w, now); err != nil {
			return message.Errorf("audit log: %w", err)
		}
		had := l.today.count(Entry{Who: e.Who})
		if all := l.today.count(e); all > most {
			return &QuotaError{Revealed: had, Asked: all - had, Limit: most}
		}
		return nil
	})
	return err
}

// revealed is what a log says of the reveals of one day, up to an end.
type revealed struct {
	start time.Time // of the day
	key   string    // of the seal
	end   end
	ids   map[string]map[string]bool // by subject
	more  map[string]int             // by subject: elements that were counted and not named
}

// clockStep is by how much a clock may be put back so that entries of this day which stand
// before one of yesterday are found.
const clockStep = 24 * time.Hour

// beginning is the beginning of the day of a time, where the service is.
func beginning(t time.Time) time.Time {
	year, month, day := t.Local().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.Local)
}

// unnamed is how many elements an entry counts beyond those that it names.
func unnamed(e Entry) int { return max(0, e.Count-len(e.IDs)) }

// add counts an entry.
func (r *revealed) add(e Entry) {
	if e.Action != Reveal || e.Time.Before(r.start) {
		return
	}
	if r.ids[e.Who] == nil {
		r.ids[e.Who] = map[string]bool{}
	}
	for _, id := range e.IDs {
		r.ids[e.Who][id] = true
	}
	r.more[e.Who] += unnamed(e)
}

// count is how many elements have been revealed to the subject of an entry when
// the entry has been added.
func (r *revealed) count(e Entry) int {
	known := r.ids[e.Who]
	n := len(known) + r.more[e.Who]
	if e.Action != Reveal {
		return n
	}
	fresh := map[string]bool{}
	for _, id := range e.IDs {
		if !known[id] {
			fresh[id] = true
		}
	}
	return n + len(fresh) + unnamed(e)
}

// update reads what was added to the log since, or the whole day.
func (r *revealed) update(w *writer, now time.Time) error {
	start, key := beginning(now), sealKeyText(w.seal.public())
	if r.start.Equal(start) && r.key == key && r.end.size <= w.end.size {
		to, _, err := walk(io.NewSectionReader(w, r.end.size, w.end.size-r.end.size), r.end, func(e Entry) error {
			r.add(e)
			return nil
		})
		if err != nil {
			*r = revealed{}
			return err
		}
		r.end = to
		return nil
	}
	fresh := revealed{start: start, key: key, end: w.end, ids: map[string]map[string]bool{}, more: map[string]int{}}
	err := w.back(func(e Entry) bool {
		fresh.add(e)
		return !e.Time.Before(start.Add(-clockStep))
	})
	if err == nil {
		*r = fresh
	}
	return err
}

// back calls yield with the entries from the last one back, verified by the chain
// of their hashes, until it returns false.
func (w *writer) back(yield func(Entry) bool) error {
	const chunk = 64 << 10
	next := w.end.head               // of the line to read
	pos, buf := w.end.size, []byte{} // buf holds the bytes from pos to the end of that line
	for pos > 0 || len(buf) > 0 {
		i := -1
		if len(buf) > 0 {
			i = bytes.LastIndexByte(buf[:len(buf)-1], '\n')
		}
		if i < 0 && pos > 0 {
			n := min(pos, chunk)
			if len(buf) > maxLine {
				return faultAt(Head{Number: next.Number - 1}, message.New("is not an entry"))
			}
			more := make([]byte, n, n+int64(len(buf)))
			if _, err := w.ReadAt(more, pos-n); err != nil {
				return err
			}
			pos, buf = pos-n, append(more, buf...)
			continue
		}
		e, what, err := parseEntry(buf[i+1:])
		if err != nil {
			return err
		}
		if what.IsZero() && (next != (Head{e.Number, e.Hash})) {
			what = message.New("was changed")
		}
		if !what.IsZero() {
			return faultAt(Head{Number: next.Number - 1}, what)
		}
		if !yield(e) {
			return nil
		}
		buf, next = buf[:i+1], Head{e.Number - 1, e.Prev}
	}
	return nil
}
