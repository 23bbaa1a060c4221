package engine

import (
	"math"
	"runtime"
	"strconv"

	"liantu/message"
)

// Writer takes the JSON text of an answer. Each method writes one value.
type Writer struct {
	buf    []byte
	floats *[floatsCached]floatText
}

// floatsCached is how many numbers a writer caches as text. Formatting a number of
// 17 digits takes some twenty times as long as copying it, and the numbers of a
// picture recur with every question.
const (
	floatsBits   = 14
	floatsCached = 1 << floatsBits
)

type floatText struct {
	bits uint64
	n    uint8 // 0 for an empty place
	text [23]byte
}

// caches holds the cached numbers of writers that are not in use. It is no
// sync.Pool, which would drop them with every garbage collection.
var caches = make(chan *[floatsCached]floatText, runtime.GOMAXPROCS(0))

func takeCache() *[floatsCached]floatText {
	select {
	case m := <-caches:
		return m
	default:
		return new([floatsCached]floatText)
	}
}

func returnCache(m *[floatsCached]floatText) {
	select {
	case caches <- m:
	default:
	}
}

// Write returns what a function writes.
func Write(values func(w *Writer)) []byte {
	w := &Writer{floats: takeCache()}
	values(w)
	returnCache(w.floats)
	return w.buf
}

// Len returns how many bytes have been written.
func (w *Writer) Len() int { return len(w.buf) }

// Cut removes all but the first n bytes.
func (w *Writer) Cut(n int) { w.buf = w.buf[:n] }

// Null writes null.
func (w *Writer) Null() { w.buf = append(w.buf, "null"...) }

// String writes a text; see [AppendString].
func (w *Writer) String(s string) { w.buf = AppendString(w.buf, s) }

// Bool writes a truth value.
func (w *Writer) Bool(b bool) { w.buf = strconv.AppendBool(w.buf, b) }

// Raw writes a value that is already JSON.
func (w *Writer) Raw(json []byte) { w.buf = append(w.buf, json...) }

// Int writes a whole number. One that does not fit in Int of GraphQL is an
// error.
func (w *Writer) Int(n int64) error {
	if n < math.MinInt32 || n > math.MaxInt32 {
		return message.Errorf("%d does not fit in Int", n)
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
