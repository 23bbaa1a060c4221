package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"sync"
	"sync/atomic"

	"liantu/api/engine"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// answers keeps the data of answers for questions that come again. What is
// kept follows from the operation, its variables, the role, its scope and one
// version of the graph, and from nothing else: the extensions, which tell the
// age, are written anew for every answer. No answer is kept that has errors, that
// depends on the time, or that reveals what most roles may not see or who asks
// may see of some elements only; none is kept of who asks for a purpose, and none
// is given to another role or scope.
type answers struct {
	limit int64 // bytes, 0 to keep nothing

	mu      sync.Mutex
	kept    *simplelru.LRU[answerKey, keptAnswer]
	version int64 // of the newest answer
	bytes   int64

	hits, misses atomic.Int64
}

// answerKey names an answer: a hash of all that it follows from.
type answerKey [sha256.Size]byte

type keptAnswer struct {
	data []byte
	tag  string // names the data, as part of an ETag
}

// keptOverhead is about what an answer costs besides its bytes.
const keptOverhead = 256

func newAnswers(limit int64) (*answers, error) {
	a := &answers{limit: limit}
	kept, err := simplelru.NewLRU(math.MaxInt32, func(_ answerKey, gone keptAnswer) {
		a.bytes -= int64(len(gone.data)) + keptOverhead
	})
	a.kept = kept
	return a, err
}

// AnswerCache says what the cache of answers did since the server was made.
type AnswerCache struct {
	Hits, Misses int64 // of the answers that may be kept
	Answers      int   // kept now
	Bytes        int64 // that they take
}

// AnswerCache returns the present figures of the cache of answers.
func (s *Server) AnswerCache() AnswerCache {
	a := s.answers
	a.mu.Lock()
	defer a.mu.Unlock()
	return AnswerCache{Hits: a.hits.Load(), Misses: a.misses.Load(), Answers: a.kept.Len(), Bytes: a.bytes}
}

// keyOf names the answer to an operation, and says whether it may be kept.
func (a *answers) keyOf(rq *request, op *engine.Operation, plan *engine.Plan, vars map[string]any) (answerKey, bool) {
	if _, purpose := policyOf(rq.role); purpose {
		return answerKey{}, false // what is shown goes into the record each time
	}
	if a.limit == 0 || op.Type() != "query" || plan.Volatile() || plan.Reveals() {
		return answerKey{}, false
	}
	text := make([]byte, 0, 256)
	text = append(text, rq.operation[:]...)
	text = appendText(text, string(rq.role))
	text = appendText(text, viewKey(rq.identity))
	text = binary.BigEndian.AppendUint64(text, uint64(rq.picture.version()))
	text, ok := appendCanonical(text, reflect.ValueOf(vars))
	return sha256.Sum256(text), ok
}

// get returns the kept data with its tag. The data must not be changed.
func (a *answers) get(key answerKey) ([]byte, string, bool) {
	a.mu.Lock()
	found, ok := a.kept.Get(key)
	a.mu.Unlock()
	return found.data, found.tag, ok
}

// count notes whether the answer to a request was kept.
func (a *answers) count(found bool) {
	if found {
		a.hits.Add(1)
	} else {
		a.misses.Add(1)
	}
}

// put keeps data of a version and returns its tag. Answers of older versions
// make room at once, others when the bytes run out, the longest unused first.
func (a *answers) put(key answerKey, version int64, data []byte) string {
	sum := sha256.Sum256(data)
	tag := base64.RawURLEncoding.EncodeToString(sum[:15])
	size := int64(len(data)) + keptOverhead
	if size > a.limit/8 {
		return tag // one answer is not worth many
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case version < a.version:
		return tag
	case version > a.version:
		a.kept.Purge()
		a.version = version
	}
	if a.kept.Contains(key) {
		return tag
	}
	a.kept.Add(key, keptAnswer{data: append([]byte(nil), data...), tag: tag})
	a.bytes += size
	for a.bytes > a.limit {
		a.kept.RemoveOldest()
	}
	return tag
}

// appendText writes a text so that no two lists of texts look alike.
func appendText(buf []byte, text string) []byte {
	return append(binary.AppendUvarint(buf, uint64(len(text))), text...)
}

// appendCanonical writes coerced variables so that the same values give the
// same bytes and others do not. It reports false for a value of a sort that
// variables do not have.
func appendCanonical(buf []byte, v reflect.Value) ([]byte, bool) {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return append(buf, 'n'), true
	}
	ok := true
	switch v.Kind() {
	case reflect.Bool:
		return fmt.Appendf(buf, "b%t", v.Bool()), true
	case reflect.Int, reflect.Int64:
		return binary.BigEndian.AppendUint64(append(buf, 'i'), uint64(v.Int())), true
	case reflect.Float64:
		return binary.BigEndian.AppendUint64(append(buf, 'f'), math.Float64bits(v.Float())), true
	case reflect.String:
		return appendText(append(buf, 's'), v.String()), true
	case reflect.Slice:
		buf = binary.AppendUvarint(append(buf, 'l'), uint64(v.Len()))
		for i := 0; i < v.Len() && ok; i++ {
			buf, ok = appendCanonical(buf, v.Index(i))
		}
		return buf, ok
	case reflect.Map:
		object, isObject := v.Interface().(map[string]any)
		if !isObject {
			return buf, false
		}
		buf = binary.AppendUvarint(append(buf, 'o'), uint64(len(object)))
		for _, name := range sortedKeys(object) {
			if buf, ok = appendCanonical(appendText(buf, name), reflect.ValueOf(object[name])); !ok {
				return buf, false
			}
		}
		return buf, true
	}
	return buf, false
}
