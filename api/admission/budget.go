package admission

import (
	"context"
	"sync/atomic"

	"liantu/api/fault"
)

// Budget bounds the work of one request. The unit is a value written, which
// takes between a tenth of a microsecond and one microsecond.
//
// Work is counted instead of time on the processor because Go does not say
// what a goroutine used: the clock of a thread counts only while the goroutine
// is tied to it, which makes every switch between goroutines more expensive, and it
// would end the same request at different places each time.
type Budget struct {
	limit int64
	spent atomic.Int64
}

// Spend counts work. The error is a refusal with [fault.CodeLimit] once the request has
// done more than it may, or the context's when that has ended.
func (b *Budget) Spend(ctx context.Context, units int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if b.spent.Add(int64(units)) > b.limit {
		return fault.Refuse(fault.CodeLimit, "the answer took more than %d units of work", b.limit).
			With("reason", "WORK_LIMIT").With("limit", b.limit)
	}
	return nil
}

// valueBytes is how many bytes of an answer there may be for each unit of work: many times
// what a value takes, since descriptions are long.
const valueBytes = 64

// Size refuses an answer of so many bytes once it is larger than a request may have. The
// error is a refusal with [fault.CodeLimit].
func (b *Budget) Size(bytes int) error {
	if most := b.limit * valueBytes; int64(bytes) > most {
		return fault.Refuse(fault.CodeLimit, "the answer has more than %d bytes; ask for less in one request", most).
			With("reason", "ANSWER_SIZE").With("limit", most)
	}
	return nil
}

// Spent is the work that was counted so far.
func (b *Budget) Spent() int64 { return b.spent.Load() }

// Begin makes the budget that of one request, before it is used.
func (b *Budget) Begin(g *Gate) { b.limit = int64(g.limits.MaxWork) }
