package engine

import (
	"fmt"
	"math"
	"runtime"
	"strconv"
)

// Writer takes the JSON text of an answer. Each method writes one value.
type Writer struct {
	buf    []byte
	floats *[floatsKept]floatText
}

// floatsKept is how many numbers a writer remembers in their written form.
// Writing a number of 17 digits takes some twenty times as long as copying it,
// and the numbers of a picture come again with every question.
const (
	floatsBits = 14
	floatsKept = 1 << floatsBits
)

type floatText struct {
	bits uint64
	n    uint8 // 0 for an empty place
	text [23]byte
}

// memories keeps the written numbers of writers that are not at work: no pool
// of the runtime, which would forget them with every collection.
var memories = make(chan *[floatsKept]floatText, runtime.GOMAXPROCS(0))

func remember() *[floatsKept]floatText {
	select {
	case m := <-memories:
		return m
	default:
		return new([floatsKept]floatText)
	}
}

func keep(m *[floatsKept]floatText) {
	select {
	case memories <- m:
	default:
	}
}

// Write returns what a function writes.
func Write(values func(w *Writer)) []byte {
	w := &Writer{floats: remember()}
	values(w)
	keep(w.floats)
	return w.buf
}

// Len returns how many bytes there are.
func (w *Writer) Len() int { return len(w.buf) }

// Cut takes back all but the first n bytes.
func (w *Writer) Cut(n int) { w.buf = w.buf[:n] }

// Null writes null.
func (w *Writer) Null() { w.buf = append(w.buf, "null"...) }

// String writes a text; see [AppendString].
func (w *Writer) String(s string) { w.buf = AppendString(w.buf, s) }

// Bool writes a truth.
func (w *Writer) Bool(b bool) { w.buf = strconv.AppendBool(w.buf, b) }

// Raw writes a value that is JSON already.
func (w *Writer) Raw(json []byte) { w.buf = append(w.buf, json...) }

// Int writes a whole number. One that does not fit into Int of GraphQL is an
// error.
func (w *Writer) Int(n int64) error {
	if n < math.MinInt32 || n > math.MaxInt32 {
		return fmt.Errorf("%d does not fit into Int", n)
	}
	w.buf = strconv.AppendInt(w.buf, n, 10)
	return nil
}

// Float writes a number; see [AppendFloat].
func (w *Writer) Float(x float64) error {
	bits := math.Float64bits(x)
	place := &w.floats[bits*0x9e3779b97f4a7c15>>(64-floatsBits)]
	if place.n > 0 && place.bits == bits {
		w.buf = append(w.buf, place.text[:place.n]...)
		return nil
	}
	start := len(w.buf)
	buf, err := AppendFloat(w.buf, x)
	w.buf = buf
	if n := len(buf) - start; err == nil && n <= len(place.text) {
		place.bits, place.n = bits, uint8(n)
		copy(place.text[:], buf[start:])
	}
	return err
}
