package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"sync"
	"sync/atomic"

	"liantu/api/bytecache"
	"liantu/api/disclosure"
	"liantu/api/engine"
	"liantu/api/fields"
	"liantu/api/transport"
)

// answers caches the data of answers for questions that come again. What is
// cached follows from the operation, its variables, the role, its scope and one
// version of the graph, and from nothing else: the extensions, which state the age,
// are written for every answer. No answer is cached that has errors, that depends on
// the time, or that reveals what most roles may not see or the caller may see of
// some elements only; none is cached for a caller that states a purpose, and none is
// sent to another role or scope.
type answers struct {
	cache *bytecache.Cache[answerKey, cachedAnswer]

	mu      sync.Mutex
	version int64 // of the newest answer

	hits, misses atomic.Int64
}

// answerKey names an answer: a hash of all that it follows from.
type answerKey [sha256.Size]byte

type cachedAnswer struct {
	data  []byte
	tag   string          // names the data, as part of an ETag
	spent int64           // values that were written for it
	form  transport.Coded // instead of data: the compressed beginning of the answer
}

// as is the key of the compressed form of an answer, which is cached beside it, counts with
// its own bytes, and goes with its version.
func (k answerKey) as(coding transport.Coding) answerKey {
	if coding == transport.Gzip {
		k[0] ^= 1
	} else {
		k[0] ^= 2
	}
	return k
}

// form returns the compressed beginning of a cached answer.
func (a *answers) form(key answerKey, coding transport.Coding) (transport.Coded, bool) {
	found, ok := a.cache.Get(key.as(coding))
	return found.form, ok
}

// putForm caches the compressed beginning of an answer of a version.
func (a *answers) putForm(key answerKey, version int64, coding transport.Coding, form transport.Coded) {
	size := int64(len(form.Bytes)) + answerOverhead
	a.mu.Lock()
	defer a.mu.Unlock()
	if size > a.cache.Limit()/8 || version != a.version {
		return
	}
	a.cache.Add(key.as(coding), size, func() cachedAnswer {
		form.Bytes = bytes.Clone(form.Bytes)
		return cachedAnswer{form: form}
	})
}

// answerOverhead is about the memory that a cached answer takes besides its bytes.
const answerOverhead = 256

// newAnswers makes a cache of so many bytes, 0 to cache nothing.
func newAnswers(limit int64) (*answers, error) {
	cache, err := bytecache.New[answerKey, cachedAnswer](limit)
	return &answers{cache: cache}, err
}

// AnswerCache holds the figures of the cache of answers since the server was made.
type AnswerCache struct {
	Hits, Misses int64 // of the answers that may be cached
	Answers      int   // cached now
	Bytes        int64 // that they take
}

// AnswerCache returns the present figures of the cache of answers.
func (s *Server) AnswerCache() AnswerCache {
	a := s.answers
	count, bytes := a.cache.Figures()
	return AnswerCache{Hits: a.hits.Load(), Misses: a.misses.Load(), Answers: count, Bytes: bytes}
}

// keyOf names the answer to an operation, and reports whether it may be cached.
func (a *answers) keyOf(x *execution, op *engine.Operation, plan *engine.Plan, vars map[string]any) (answerKey, bool) {
	if x.Caller.Role.States() {
		return answerKey{}, false // what is shown is entered in the audit log each time
	}
	if a.cache.Limit() == 0 || op.Type() != engine.Query || plan.Volatile() || plan.Reveals() {
		return answerKey{}, false
	}
	text := make([]byte, 0, 256)
	text = append(text, x.operation[:]...)
	text = fields.AppendText(text, string(x.Caller.Role))
	text = fields.AppendText(text, disclosure.ViewKey(x.Caller.Identity))
	text = binary.BigEndian.AppendUint64(text, uint64(x.Picture.Version()))
	text = fields.AppendText(text, x.Picture.AsOf)
	text, ok := fields.AppendCanonical(text, vars)
	return sha256.Sum256(text), ok
}

// get returns the cached data with its tag, and what computing it took. The data must not be changed.
func (a *answers) get(key answerKey) (data []byte, tag string, spent int64, ok bool) {
	found, ok := a.cache.Get(key)
	return found.data, found.tag, found.spent, ok
}

// count notes whether the answer to a request was cached.
func (a *answers) count(found bool) {
	if found {
		a.hits.Add(1)
	} else {
		a.misses.Add(1)
	}
}

// drop drops all answers, and lets in none of a version before the given one.
func (a *answers) drop(version int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.cache.Purge()
	a.version = max(a.version, version)
}

// put caches data of a version and returns its tag. Answers of older versions are
// dropped at once, others when the bytes run out, the least recently used first.
func (a *answers) put(key answerKey, version int64, data []byte, spent int64) string {
	sum := sha256.Sum256(data)
	tag := base64.RawURLEncoding.EncodeToString(sum[:15])
	size := int64(len(data)) + answerOverhead
	if size > a.cache.Limit()/8 {
		return tag // one answer is not worth many
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case version < a.version:
		return tag
	case version > a.version:
		a.cache.Purge()
		a.version = version
	}
	a.cache.Add(key, size, func() cachedAnswer { return cachedAnswer{data: bytes.Clone(data), tag: tag, spent: spent} })
	return tag
}
