package admission

import (
	"context"
	"net/http"
	"runtime"
	"time"

	"golang.org/x/time/rate"

	"liantu/api/engine"
	"liantu/api/fault"
)

// Limits bound what requests may ask for and how many compute at once. They are
// the values of the same names of a server's configuration.
type Limits struct {
	DefaultPage   int // rows of a page when first is not given
	MaxPage       int // the largest first
	MaxNodes      int // rows and nodes that the pages of one request may hold together
	MaxFields     int // values that one request may select, estimated from its pages
	MaxWork       int // values that are written for one request, counted while it runs
	HeavyFields   int // values from which on a request is heavy
	MaxConcurrent int // requests that compute at once; 0 for two for each core
	MaxQueue      int // requests that wait for a place
	ClientRate    int // values a second that one client may ask for; 0 for no limit
	ClientBurst   int // values that a client may ask for at once
	DeniedRate    int // denied tries a minute that one client has; 0 for no limit
	DeniedBurst   int // denied tries that a client has at once
}

// Gate admits requests before they compute: it limits what each may cost, how much
// each client may ask for, and how many compute at once. It is safe for use by
// several goroutines.
type Gate struct {
	limits Limits
	work   func(object, field string) *engine.Work
	waited func(lane string, took time.Duration)
	client func(*http.Request) string
	lanes  lanes
	rates  *rates
	tries  *rates // of what was denied
}

// Deps is what a gate needs besides its limits.
type Deps struct {
	Work   func(object, field string) *engine.Work // the work of a field before it is written, nil for little
	Waited func(lane string, took time.Duration)   // called with the time that a request waited for a place
	Client func(*http.Request) string              // names the client that is charged where no caller is known; "" for none
}

// NewGate makes a gate without requests.
func NewGate(l Limits, w Deps) (*Gate, error) {
	values, err := newRates(rate.Limit(l.ClientRate), l.ClientBurst)
	if err != nil {
		return nil, err
	}
	tries, err := newRates(rate.Limit(float64(l.DeniedRate)/60), l.DeniedBurst)
	return &Gate{limits: l, work: w.Work, waited: w.Waited, client: w.Client, lanes: newLanes(l), rates: values, tries: tries}, err
}

// Charge takes the cost of a request from what its client may ask for. A client
// without a name is never limited. The refusal has [fault.CodeRate].
func (g *Gate) Charge(client string, values float64, now time.Time) *fault.RefusalError {
	return g.rates.charge(client, values, now)
}

// Heavy reports whether a request of so many values is heavy: it waits for
// others that are, and lets light ones go first.
func (g *Gate) Heavy(values float64) bool { return values >= g.lanes.heavyFrom }

// Counts counts the requests that have a place in a lane and those that wait for one.
func (g *Gate) Counts() (computing, waiting int) {
	for _, lane := range []*lane{g.lanes.light, g.lanes.heavy, g.lanes.store, g.lanes.write, g.lanes.earlier} {
		c, w := lane.counts()
		computing, waiting = computing+c, waiting+w
	}
	return computing, waiting
}

// EnterStore waits for a place among the requests that check the store for a newer
// picture, and returns a function that leaves it.
func (g *Gate) EnterStore(ctx context.Context) (leave func(), err error) {
	if err := g.lanes.store.enter(ctx, 0); err != nil {
		return nil, err
	}
	return g.lanes.store.leave, nil
}

// EnterEarlier waits for a place among the requests that are answered from the picture of an
// earlier day, which they hold beside the one in which they compute, and returns a function
// that leaves it.
func (g *Gate) EnterEarlier(ctx context.Context) (leave func(), err error) {
	if err := g.lanes.earlier.enter(ctx, 0); err != nil {
		return nil, err
	}
	return g.lanes.earlier.leave, nil
}

// lanes are the queues of the service. Light requests compute in the light lane.
// Documents that the service has not read before are read in the heavy lane, and
// heavy requests compute there; it has fewer places than the machine has cores, so
// that light requests always find a core, and reading goes before computing.
type lanes struct {
	light, heavy *lane
	store        *lane   // of those that check the store for a newer picture
	write        *lane   // of those that change the graph, one at a time
	earlier      *lane   // of those that are answered from an earlier day
	heavyFrom    float64 // values from which on a request is heavy
}

func newLanes(l Limits) lanes {
	places := l.MaxConcurrent
	if places == 0 {
		places = 2 * runtime.GOMAXPROCS(0)
	}
	return lanes{
		light:     newLane("light", places, l.MaxQueue),
		heavy:     newLane("heavy", max(1, min(places, runtime.GOMAXPROCS(0))/2), l.MaxQueue),
		store:     newLane("store", places, l.MaxQueue),
		write:     newLane("write", 1, l.MaxQueue),
		earlier:   newLane("earlier", places, l.MaxQueue),
		heavyFrom: float64(l.HeavyFields),
	}
}

// of is the lane in which so many values are computed.
func (l *lanes) of(values float64) *lane {
	if values < l.heavyFrom {
		return l.light
	}
	return l.heavy
}
