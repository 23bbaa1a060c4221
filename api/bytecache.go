package api

import (
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// byteCache caches values up to a number of bytes; the least recently used are
// dropped first. It is safe for use by several goroutines.
type byteCache[K comparable, V any] struct {
	limit int64

	mu     sync.Mutex
	cached *simplelru.LRU[K, sizedValue[V]]
	bytes  int64
}

type sizedValue[V any] struct {
	value V
	size  int64
}

func newByteCache[K comparable, V any](limit int64) (*byteCache[K, V], error) {
	c := &byteCache[K, V]{limit: limit}
	cached, err := simplelru.NewLRU(math.MaxInt32, func(_ K, gone sizedValue[V]) { c.bytes -= gone.size })
	c.cached = cached
	return c, err
}

// get returns the value that is cached under a key.
func (c *byteCache[K, V]) get(key K) (V, bool) {
	c.mu.Lock()
	found, ok := c.cached.Get(key)
	c.mu.Unlock()
	return found.value, ok
}

// add caches a value of so many bytes, which must be above zero, unless there is
// one under the key or it is larger than the whole cache.
func (c *byteCache[K, V]) add(key K, size int64, value func() V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if size > c.limit || c.cached.Contains(key) {
		return
	}
	for c.bytes+size > c.limit {
		c.cached.RemoveOldest()
	}
	c.cached.Add(key, sizedValue[V]{value(), size})
	c.bytes += size
}

// remove drops the value under a key.
func (c *byteCache[K, V]) remove(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cached.Remove(key)
}

// purge drops everything.
func (c *byteCache[K, V]) purge() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cached.Purge()
}

// figures returns how many values are cached, and the bytes that they take.
func (c *byteCache[K, V]) figures() (values int, bytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cached.Len(), c.bytes
}
