// Package bytecache caches values by the bytes that they take.
//
// The service may import it; it imports nothing of the program.
package bytecache

import (
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Cache caches values up to a number of bytes; the least recently used are
// dropped first. It is safe for use by several goroutines.
type Cache[K comparable, V any] struct {
	limit int64

	mu     sync.Mutex
	cached *simplelru.LRU[K, sizedValue[V]]
	bytes  int64
}

type sizedValue[V any] struct {
	value V
	size  int64
}

// New makes an empty cache of so many bytes, 0 to cache nothing.
func New[K comparable, V any](limit int64) (*Cache[K, V], error) {
	c := &Cache[K, V]{limit: limit}
	cached, err := simplelru.NewLRU(math.MaxInt32, func(_ K, gone sizedValue[V]) { c.bytes -= gone.size })
	c.cached = cached
	return c, err
}

// Limit is the bytes that the values may take together.
func (c *Cache[K, V]) Limit() int64 { return c.limit }

// Get returns the value that is cached under a key.
func (c *Cache[K, V]) Get(key K) (V, bool) {
	c.mu.Lock()
	found, ok := c.cached.Get(key)
	c.mu.Unlock()
	return found.value, ok
}

// Add caches a value of so many bytes, which must be above zero, unless there is
// one under the key or it is larger than the whole cache.
func (c *Cache[K, V]) Add(key K, size int64, value func() V) {
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

// Remove drops the value under a key.
func (c *Cache[K, V]) Remove(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cached.Remove(key)
}

// Purge drops everything.
func (c *Cache[K, V]) Purge() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cached.Purge()
}

// Figures returns how many values are cached, and the bytes that they take.
func (c *Cache[K, V]) Figures() (values int, bytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cached.Len(), c.bytes
}
