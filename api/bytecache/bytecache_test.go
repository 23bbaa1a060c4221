package bytecache

import (
	"slices"
	"testing"
)

// TestTheLeastRecentlyUsedIsDropped adds values in turn; the least recently used is dropped.
func TestTheLeastRecentlyUsedIsDropped(t *testing.T) {
	c, err := New[string, int](10)
	if err != nil {
		t.Fatal(err)
	}
	add := func(key string, size int64) {
		c.Add(key, size, func() int { return int(size) })
		if _, bytes := c.Figures(); bytes > 10 {
			t.Errorf("after %s: %d bytes", key, bytes)
		}
	}
	cached := func() []string {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.cached.Keys()
	}
	add("a", 4)
	add("b", 4)
	if v, ok := c.Get("a"); !ok || v != 4 {
		t.Errorf("a is %d, %t", v, ok)
	}
	add("c", 5) // b was not used for longest
	if got := cached(); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("cached: %v", got)
	}
	add("d", 11) // larger than all
	add("c", 1)  // there already
	if n, bytes := c.Figures(); n != 2 || bytes != 9 {
		t.Errorf("%d values, %d bytes", n, bytes)
	}
	add("e", 10)
	if got := cached(); !slices.Equal(got, []string{"e"}) {
		t.Errorf("cached: %v", got)
	}
	c.Purge()
	if n, bytes := c.Figures(); n != 0 || bytes != 0 {
		t.Errorf("after a purge: %d values, %d bytes", n, bytes)
	}
	if _, ok := c.Get("e"); ok {
		t.Error("e is there after a purge")
	}
}

// TestACacheWithoutRoom caches nothing.
func TestACacheWithoutRoom(t *testing.T) {
	c, err := New[string, int](0)
	if err != nil {
		t.Fatal(err)
	}
	c.Add("a", 1, func() int { return 1 })
	if _, ok := c.Get("a"); ok {
		t.Error("a cache without room holds a value")
	}
}
