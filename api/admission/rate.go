package admission

import (
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

// clientsKept bounds the clients whose use is remembered. One that is forgotten
// begins anew with a full bucket.
const clientsKept = 10_000

// rates holds a bucket for each client. What a request costs is taken from it,
// and it fills again at a steady rate; a client whose bucket has too little is
// answered when to come again.
type rates struct {
	limit rate.Limit // values a second; 0 for no limit
	burst int
	mu    sync.Mutex // a new bucket is put in by one request alone
	kept  *lru.Cache[string, *rate.Limiter]
}

func newRates(l Limits) (*rates, error) {
	kept, err := lru.New[string, *rate.Limiter](clientsKept)
	return &rates{limit: rate.Limit(l.ClientRate), burst: l.ClientBurst, kept: kept}, err
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
	b, ok := r.kept.Get(client)
	if !ok {
		b = rate.NewLimiter(r.limit, r.burst)
		r.kept.Add(client, b)
	}
	return b
}

// Payer names whose bucket a request is charged to: that of the caller, from
// wherever, or of the address when nobody has said who they are.
func (g *Gate) Payer(r *http.Request, id *access.Identity) string {
	if id == nil || id.Role == schema.RoleAnonymous || id.Subject == "" {
		return g.client(r)
	}
	return "subject " + id.Subject
}

// RemoteClient names a client by the address that a request comes from, an
// address of IPv6 by its network of 64 bits, which one customer has as a whole.
// A request from this machine itself has no name: it is its owner's, or comes
// through a proxy, and then the address does not say who the caller is.
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
