package rows

import (
	"context"
	"io"
)

// Until returns a reader that fails once the context has ended.
func Until(ctx context.Context, in io.Reader) io.Reader { return &contextReader{ctx, in} }

type contextReader struct {
	ctx context.Context //nolint:containedctx // a reader has no other way to know of it
	io.Reader
}

// Read reads unless the context has ended.
func (r *contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// Metered reports how much is read.
type Metered struct {
	In    io.Reader
	Meter func(bytes int64) // is called after each read, and may be exchanged between them
}

// Read reads and reports the number of bytes.
func (r *Metered) Read(p []byte) (int, error) {
	n, err := r.In.Read(p)
	r.Meter(int64(n))
	return n, err
}
