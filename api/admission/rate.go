package admission

import (
	"cmp"
	"math"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"liantu/access"
	"liantu/api/fault"
	"liantu/schema"
)

// maxClients is the most clients that have a bucket. One that was dropped begins
// again with a full bucket.
const maxClients = 10_000

// rates holds a bucket for each client. The cost of a request is taken from it, and
// it fills again at a steady rate; a client whose bucket has too little learns when
// to retry.
type rates struct {
	limit   rate.Limit // values a second; 0 for no limit
	burst   int
	mu      sync.Mutex // a new bucket is added, and one is looked at and taken from, by one request alone
	buckets *lru.Cache[string, *rate.Limiter]
}

func newRates(limit rate.Limit, burst int) (*rates, error) {
	buckets, err := lru.New[string, *rate.Limiter](maxClients)
	return &rates{limit: limit, burst: burst, buckets: buckets}, err
}

// charge takes the cost of a request from the bucket of its client. A client
// without a name is never limited.
func (r *rates) charge(client string, values float64, now time.Time) *fault.RefusalError {
	if client == "" || r.limit == 0 {
		return nil
	}
	cost := max(1, min(int(values), r.burst))
	taken := r.bucket(client).ReserveN(now, cost)
	wait := taken.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	taken.CancelAt(now)
	return fault.Refuse(fault.CodeRate, "this client may ask for %.0f values a second", float64(r.limit)).
		With("reason", "CLIENT_RATE").With("limit", int(r.limit)).With("cost", cost).
		With("retryAfter", int(math.Ceil(wait.Seconds())))
}

func (r *rates) bucket(client string) *rate.Limiter {
	r.mu.Lock()
	defer r.mu.Unlock()
	b, ok := r.buckets.Get(client)
	if !ok {
		b = rate.NewLimiter(r.limit, r.burst)
		r.buckets.Add(client, b)
	}
	return b
}

// owe takes one from the bucket of a client, also one that is not there until as much is
// owed as the bucket holds, and reports whether it was there.
func (r *rates) owe(client string, now time.Time) bool {
	b := r.bucket(client)
	r.mu.Lock()
	defer r.mu.Unlock()
	left := b.TokensAt(now)
	if left >= float64(1-r.burst) {
		b.ReserveN(now, 1)
	}
	return left >= 1
}

// Payer names the bucket that a request is charged to: that of the caller, from any
// address, or that of the address when the caller is not known.
func (g *Gate) Payer(r *http.Request, id *access.Identity) string {
	if id == nil || id.Role == schema.RoleAnonymous || id.Subject == "" {
		return g.client(r)
	}
	return "subject " + id.Subject
}

// Origin names whose denied tries a request counts among: those of the caller, from any
// address, or of the address when the caller is not known. This machine has a name, too:
// what is denied is no proxy's business.
func Origin(r *http.Request, id *access.Identity) string {
	if id == nil || id.Role == schema.RoleAnonymous || id.Subject == "" {
		return Address(r)
	}
	return "subject " + id.Subject
}

// Address names the address that a request comes from, one of IPv6 by its network of 64
// bits, this machine as loopback.
func Address(r *http.Request) string { return cmp.Or(RemoteClient(r), "loopback") }

// Tried refuses a client that was denied too often lately. It takes nothing, so that who is
// denied nothing is never refused. A client without a name is never limited. The refusal
// has [fault.CodeRate].
func (g *Gate) Tried(client string, now time.Time) *fault.RefusalError {
	if client == "" || g.tries.limit == 0 {
		return nil
	}
	missing := 1 - g.tries.bucket(client).TokensAt(now)
	if missing <= 0 {
		return nil
	}
	return fault.Refuse(fault.CodeRate, "too much was denied to this client lately; it may try again later").
		With("reason", "DENIED_RATE").With("limit", g.tries.burst).
		With("retryAfter", max(1, int(math.Ceil(missing/float64(g.tries.limit)))))
}

// Denied counts a try that was denied, and reports whether the client had one left. One
// that had none, as of several tries in a request, is in debt and waits the longer, but
// owes no more than the tries that a client has at once: so a burst, however large, closes
// an address for about a minute by the default limits.
func (g *Gate) Denied(client string, now time.Time) bool {
	if client == "" || g.tries.limit == 0 {
		return true
	}
	return g.tries.owe(client, now)
}

// RemoteClient names a client by the address that a request comes from, an
// address of IPv6 by its network of 64 bits, which one customer has as a whole.
// A request from this machine itself has no name: it is its owner's, or comes
// through a proxy, and then the address does not identify the caller.
func RemoteClient(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	address, err := netip.ParseAddr(host)
	switch {
	case err != nil:
		return host
	case address.Unmap().IsLoopback():
		return ""
	case address.Unmap().Is4():
		return address.Unmap().String()
	}
	network, err := address.WithZone("").Prefix(64)
	if err != nil {
		return host
	}
	return network.String()
}
