package rows

import "io"

// stoppable is a reader that fails once stop returns an error.
type stoppable struct {
	in   io.Reader
	stop func() error // nil for never
}

func (r *stoppable) Read(p []byte) (int, error) {
	if r.stop != nil {
		if err := r.stop(); err != nil {
			return 0, err
		}
	}
	return r.in.Read(p)
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
