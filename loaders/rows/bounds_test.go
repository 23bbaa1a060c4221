package rows_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"liantu/loaders/rows"
)

// lines is a text of so many line feeds behind a beginning.
type lines struct {
	start string
	n     int
}

func (l *lines) Read(p []byte) (int, error) {
	if n := copy(p, l.start); n > 0 {
		l.start = l.start[n:]
		return n, nil
	}
	n := min(len(p), l.n)
	if l.n -= n; n == 0 {
		return 0, io.EOF
	}
	for i := range n {
		p[i] = '\n'
	}
	return n, nil
}

// packedLines packs a text.
func packedLines(t *testing.T, text io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.Copy(w, text)
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBlankRowsTakeNoMemory reads lists with more blank rows than anybody has: where too many follow one another
// the reading ends with an error instead of going on.
func TestBlankRowsTakeNoMemory(t *testing.T) {
	const many = 20 * rows.MaxBlank
	for name, text := range map[string]io.Reader{
		"below the header":       &lines{"企业名称,序号\n", many},
		"below the rows":         &lines{"企业名称,序号\n" + strings.Repeat("a,b\n", 100), many},
		"with an unknown header": &lines{"甲,乙\n", many},
	} {
		var before, after runtime.MemStats
		data := packedLines(t, text)
		runtime.ReadMemStats(&before)
		o := rows.Options{Heads: known}
		r, err := rows.Open("x.csv", bytes.NewReader(data), o)
		for err == nil {
			_, err = r.Next()
		}
		runtime.ReadMemStats(&after)
		var limit *rows.ParseError
		if !errors.Is(err, rows.ErrLimit) || !errors.As(err, &limit) || limit.Line < rows.MaxBlank || limit.Line > rows.MaxBlank+200 {
			t.Errorf("%s: %v", name, err)
		}
		if grown := after.HeapSys - before.HeapSys; after.HeapSys > before.HeapSys && grown > 64<<20 {
			t.Errorf("%s: the heap grew by %d bytes", name, grown)
		}
	}
	r, err := rows.Open("x.csv", strings.NewReader(strings.Repeat("\n", 900)+"企业名称,序号\n"+strings.Repeat("\n", 5000)+"a,b\n"), rows.Options{Heads: known})
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for rec, err := r.Next(); err == nil; rec, err = r.Next() {
		if !rec.Blank {
			read++
		}
	}
	if fmt.Sprint(r.Columns()) != "[企业名称 序号]" || r.HeaderRow() != 901 || read != 1 {
		t.Errorf("columns %v in row %d, %d rows", r.Columns(), r.HeaderRow(), read)
	}
}

// TestReadingIsStopped stops the reading of a file that is a little packed and much unpacked.
func TestReadingIsStopped(t *testing.T) {
	data := packedLines(t, strings.NewReader("企业名称,序号\n"+strings.Repeat("a,b\n", 3_000_000)))
	reached, calls := errors.New("enough"), 0
	r, err := rows.Open("x.csv", bytes.NewReader(data), rows.Options{Stop: func() error {
		if calls++; calls > 10 {
			return reached
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for ; err == nil; n++ {
		_, err = r.Next()
	}
	if !errors.Is(err, reached) || n == 0 || n > 2_900_000 {
		t.Errorf("%d rows, then %v", n, err)
	}
}
