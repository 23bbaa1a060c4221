package place

import (
	"hash/maphash"
	"sync"
)

const (
	shards = 64
	// perShard is the most items that a shard of the cache holds: some 130,000 items in all,
	// which a million scopes repeat most.
	perShard = 2048
)

// cache remembers what items name. A shard that is full forgets all of its items; those
// that are frequent come back at once.
type cache struct {
	seed   maphash.Seed
	shards [shards]shard
}

type shard struct {
	mu sync.RWMutex
	m  map[found][]Match
}

// found is what the matches of an item depend on. The words of a name or of an industry
// have no verbs cut off, so that one whole may have two things.
type found struct{ whole, thing string }

func newCache() *cache {
	c := &cache{seed: maphash.MakeSeed()}
	for i := range c.shards {
		c.shards[i].m = map[found][]Match{}
	}
	return c
}

func (c *cache) shard(key found) *shard { return &c.shards[maphash.String(c.seed, key.whole)%shards] }

func (c *cache) get(key found) ([]Match, bool) {
	s := c.shard(key)
	s.mu.RLock()
	defer s.mu.RUnlock()
	matches, ok := s.m[key]
	return matches, ok
}

func (c *cache) put(key found, matches []Match) {
	s := c.shard(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.m) >= perShard {
		clear(s.m)
	}
	s.m[key] = matches
}
