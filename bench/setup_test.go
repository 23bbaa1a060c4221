package bench_test

import (
	"context"
	"sync"
	"syscall"
	"testing"
	"time"

	"liantu/api"
	"liantu/examples/zhejiang/picture"
	"liantu/graph/projection"
)

// sample is the projection of the sample pack, loaded once.
var sample = sync.OnceValues(func() (*projection.Live, error) { return picture.New(context.Background()) })

// newServer makes a server over the sample pack whose limits let the largest
// question of the benchmarks pass. Answers are cached only if wanted.
func newServer(tb testing.TB, keep bool) *api.Server {
	tb.Helper()
	live, err := sample()
	if err != nil {
		tb.Fatal(err)
	}
	cfg := api.DefaultConfig()
	cfg.MaxPage = 1000
	if !keep {
		cfg.AnswerBytes = 0
	}
	s, err := api.New(cfg, api.Deps{Pictures: live, Features: api.Features{Compression: true}})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// cpu is the processor time that this process has used.
func cpu(tb testing.TB) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// small finds one thing.
const small = `query($id: ID!) { region(id: $id) { id code name shortName parent { name } } }`

// fifty is 50 rows of 20 fields, as the first screen asks for them.
const fifty = `query($region: ID!) {
	gaps(region: $region, first: 50) {
		totalCount
		nodes {
			link { code name position }
			chain { name }
			state confidence action priority declared computed
			numbers { companies referenceCompanies expected hidden lq mean low high pullDown pullUp }
		}
	}
}`

// thousand is 1,000 rows of 10 fields, as a table or an export asks for them.
const thousand = `query($region: ID!) {
	gaps(region: $region, first: 1000) {
		totalCount
		nodes {
			link { code name }
			state confidence action priority
			numbers { companies expected mean pullDown }
		}
	}
}`
