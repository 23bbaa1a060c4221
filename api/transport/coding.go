package transport

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"

	"liantu/message"
)

// Coding is how the body of an answer is compressed, by its name in HTTP.
type Coding string

// The codings, Plain for none.
const (
	Plain Coding = ""
	Gzip  Coding = "gzip"
	Zstd  Coding = "zstd"
)

// Codings are those that compress, the better ones first.
var Codings = []Coding{Zstd, Gzip}

// ChooseCoding returns the coding that a client prefers by its headers Accept-Encoding. Of
// those that it likes the same, zstd is taken, which is smaller and costs less.
func ChooseCoding(headers []string) Coding {
	if len(headers) == 0 {
		return Plain
	}
	given := weights(strings.Join(headers, ","))
	best, at := Plain, 0.0
	if q, named := given["identity"]; named {
		at = q
	}
	for _, c := range Codings {
		q, named := given[string(c)]
		if !named {
			q = given["*"]
		}
		if q > at || q == at && q > 0 && best == Plain {
			best, at = c, q
		}
	}
	return best
}

// weights reads the parts of a header Accept-Encoding with their weights from 0 to 1, those
// that cannot be read left out.
func weights(header string) map[string]float64 {
	out := map[string]float64{}
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		q := 1.0
		if text, stated := strings.CutPrefix(strings.ToLower(strings.ReplaceAll(params, " ", "")), "q="); stated {
			var err error
			if q, err = strconv.ParseFloat(text, 64); err != nil || !(q >= 0 && q <= 1) {
				continue
			}
		}
		if name = strings.ToLower(strings.TrimSpace(name)); name == "x-gzip" {
			name = string(Gzip)
		}
		out[name] = q
	}
	return out
}

// Coded is the compressed beginning of a body, to which an end is added that is not
// compressed. Together they are one gzip member or one zstd frame: of several members or
// frames many clients read the first alone.
type Coded struct {
	Bytes []byte
	crc   uint32 // of what was compressed
	size  uint32
}

// MaxEnd is the longest end in bytes: a block of a gzip member holds no more.
const MaxEnd = 1<<16 - 1

// Begin appends the compressed beginning of a body, which consists of parts, to buf.
func (c Coding) Begin(buf []byte, parts ...[]byte) (Coded, error) {
	out := bytes.NewBuffer(buf)
	coded := Coded{}
	var err error
	if c == Gzip {
		out.Write(gzipHeader)
		w := deflaters.Get().(*flate.Writer)
		defer deflaters.Put(w)
		w.Reset(out)
		for _, part := range parts {
			coded.crc, coded.size = crc32.Update(coded.crc, crc32.IEEETable, part), coded.size+uint32(len(part)) //nolint:gosec // gzip states it modulo 2^32
			if _, err = w.Write(part); err != nil {
				break
			}
		}
		if err == nil {
			err = w.Flush() // to a byte, without an end
		}
	} else {
		w := zstandards.Get().(*zstd.Encoder)
		defer zstandards.Put(w)
		w.Reset(out)
		for _, part := range parts {
			if _, err = w.Write(part); err != nil {
				break
			}
		}
		if err == nil {
			err = w.Flush()
		}
	}
	coded.Bytes = out.Bytes()
	if err != nil {
		return coded, message.Errorf("compressing by %s: %w", c, err)
	}
	return coded, nil
}

// End appends the end of a body that began as coded, at most [MaxEnd] bytes, to buf: as one
// last block that is stored as it is.
func (c Coding) End(buf []byte, coded Coded, end []byte) []byte {
	size := uint32(len(end)) //nolint:gosec // it is at most MaxEnd
	if c == Zstd {
		head := size<<3 | 1 // a raw block, the last one
		return append(append(buf, byte(head), byte(head>>8), byte(head>>16)), end...)
	}
	buf = append(buf, 1) // the last block, stored
	buf = binary.LittleEndian.AppendUint16(buf, uint16(size))
	buf = binary.LittleEndian.AppendUint16(buf, ^uint16(size))
	buf = append(buf, end...)
	buf = binary.LittleEndian.AppendUint32(buf, crc32.Update(coded.crc, crc32.IEEETable, end))
	return binary.LittleEndian.AppendUint32(buf, coded.size+size)
}

// Whole compresses a body that has no end of its own.
func (c Coding) Whole(body []byte) ([]byte, error) {
	coded, err := c.Begin(nil, body)
	return c.End(coded.Bytes, coded, nil), err
}

// Apply states a coding in the headers of an answer.
func (c Coding) Apply(h http.Header) {
	if c != Plain {
		h["Content-Encoding"] = []string{string(c)}
	}
}

// gzipHeader states the method deflate, and neither a name, a time nor a system.
var gzipHeader = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}

// deflateLevel and the level of zstd compress a page of some hundred rows in less time than
// it takes to compute it.
const deflateLevel = 3

var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, deflateLevel)
	if err != nil {
		panic(err) // the level is one that there is
	}
	return w
}}

// zstandards hold encoders that work in the calling goroutine, with a window that every
// browser takes.
var zstandards = sync.Pool{New: func() any {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false), zstd.WithLowerEncoderMem(true),
		zstd.WithWindowSize(1<<20), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		panic(err) // the options are ones that there are
	}
	return w
}}
