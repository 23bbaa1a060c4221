package api

import (
	"context"
	"sync/atomic"
)

// budget bounds the work of one request. The unit is a value written, which
// takes between a tenth of a microsecond and one microsecond.
//
// Work is counted instead of time on the processor because Go does not tell
// what a goroutine used: the clock of a thread counts only while the goroutine
// is tied to it, which makes every switch between goroutines dearer, and it
// would end the same request at different places each time.
type budget struct {
	limit int64
	spent atomic.Int64
}

// Spend counts work. The error is a fault with [CodeLimit] once the request has
// done more than it may, or the context's when that has ended.
func (b *budget) Spend(ctx context.Context, units int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if b.spent.Add(int64(units)) > b.limit {
		return refuse(CodeLimit, "the answer took more than %d units of work", b.limit).
			with("reason", "WORK_LIMIT").with("limit", b.limit)
	}
	return nil
}

func (s *Server) newBudget() *budget { return &budget{limit: int64(s.cfg.MaxWork)} }
