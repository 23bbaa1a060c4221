package admission

import (
	"hash/maphash"

	lru "github.com/hashicorp/golang-lru/v2"
)

// Credentials remembers which credentials were right, by a hash with a secret seed. It lets
// nobody in: they are checked each time.
type Credentials struct {
	seed  maphash.Seed
	known *lru.Cache[uint64, struct{}]
}

// mostCredentials is the most credentials that are remembered.
const mostCredentials = 10_000

// NewCredentials remembers none yet.
func NewCredentials() *Credentials {
	known, err := lru.New[uint64, struct{}](mostCredentials)
	if err != nil {
		panic(err) // the size is above zero
	}
	return &Credentials{maphash.MakeSeed(), known}
}

func (c *Credentials) hash(given string) uint64 { return maphash.String(c.seed, given) }

// Right reports whether credentials were right when they were last checked.
func (c *Credentials) Right(given string) bool { return c.known.Contains(c.hash(given)) }

// Add remembers that credentials were right.
func (c *Credentials) Add(given string) { c.known.Add(c.hash(given), struct{}{}) }

// Forget drops what was remembered of credentials.
func (c *Credentials) Forget(given string) { c.known.Remove(c.hash(given)) }
