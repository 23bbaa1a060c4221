// Package earlier answers requests from the picture of an earlier day: it reads which day a
// request asks for, and holds the one picture that such requests share.
//
// One picture of a day is held at a time, beside the present one of which it was made, and
// ends with that. Requests for the same day read it together. A request for another day waits
// until nobody reads it, and those that come after it wait behind it: whatever days are asked
// for, one more picture takes memory, and none waits for ever. An export, of which a bounded
// number runs, keeps that of its day until it ends.
//
// A request must have no place in a lane in which others compute while it waits here, since
// those who read the picture need such a place.
//
// The service may import earlier; it imports projection, schema and api/fault.
package earlier

import (
	"context"
	"math"
	"time"

	"golang.org/x/sync/semaphore"

	"liantu/api/fault"
	"liantu/graph/projection"
	"liantu/schema"
)

// Extension is the member of the extensions of a request that names the day.
const Extension = "asOf"

// Asked returns the extensions that ask for a day, nil for the present.
func Asked(day string) map[string]any {
	if day == "" {
		return nil
	}
	return map[string]any{Extension: day}
}

// DayOf reads the day, month or year that the extensions of a request ask for, "" for the
// present. The refusal has [fault.CodeInput]. Nobody states a purpose with it, since what is revealed for
// one is decided by what is known now.
func DayOf(extensions map[string]any) (string, *fault.RefusalError) {
	given := extensions[Extension]
	if given == nil {
		return "", nil
	}
	text, _ := given.(string)
	day, err := schema.ParseDate(text)
	if err != nil || day != text || text == "" {
		return "", fault.Refuse(fault.CodeInput, "extensions.asOf is not a day, month or year, such as 2024-06-30, 2024-06 or 2024")
	}
	if err := schema.InFuture(day, schema.Today(time.Now())); err != nil {
		return "", fault.Refuse(fault.CodeInput, "extensions.asOf: %s", err)
	}
	if extensions["purpose"] != nil {
		return "", fault.Refuse(fault.CodeInput, "no personal values are revealed of an earlier day; leave out extensions.asOf or extensions.purpose")
	}
	return day, nil
}

// Held is the picture of a day beside a present one. It is safe for use by several
// goroutines.
type Held struct {
	turn    *semaphore.Weighted // who reads the picture takes one, who makes another all
	day     string
	picture *projection.Projection // nil for none
}

// Beside returns what is held beside a present picture, which must be of all facts.
func Beside(present *projection.Projection) *Held {
	type key struct{}
	return present.Memo(key{}, func() any { return &Held{turn: semaphore.NewWeighted(all)} }).(*Held)
}

// all is what whoever makes a picture takes: more than can ever read one.
const all = math.MaxInt64

// Read returns the picture of a day, which is made unless it is there, and a function that
// must be called once it is no longer read. Before a picture is made, admit must permit it, so that who
// is refused takes none away from others. The error is that of ctx, of admit or of build.
func (h *Held) Read(ctx context.Context, day string, admit func(context.Context) error, build func(context.Context) (*projection.Projection, error)) (*projection.Projection, func(), error) {
	if err := h.turn.Acquire(ctx, 1); err != nil {
		return nil, nil, err
	}
	leave := func() { h.turn.Release(1) }
	if h.picture != nil && h.day == day {
		return h.picture, leave, nil
	}
	leave()
	if err := h.turn.Acquire(ctx, all); err != nil {
		return nil, nil, err
	}
	reads := int64(0) // also where build panics
	defer func() { h.turn.Release(all - reads) }()
	if h.picture == nil || h.day != day {
		if err := admit(ctx); err != nil {
			return nil, nil, err
		}
		h.picture = nil // so that there are never two
		made, err := build(ctx)
		if err != nil {
			return nil, nil, err
		}
		h.picture, h.day = made, day
	}
	reads = 1
	return h.picture, leave, nil
}
