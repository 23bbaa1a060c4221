package rows

import (
	"context"
	"io"
)

// WithContext returns a reader of the same bytes that fails once the context has
// ended.
func WithContext(ctx context.Context, in io.Reader) io.Reader { return &contextReader{ctx, in} }

type contextReader struct {
	ctx context.Context //nolint:containedctx // a reader has no other way to know of it
	io.Reader
}

func (r *contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}
