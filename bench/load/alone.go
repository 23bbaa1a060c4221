package main

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"liantu/api/attacks"
)

// cost is what one request took, including its client, which is in the same
// process.
type cost struct {
	name   string
	length int
	status int
	cpu    time.Duration
	bytes  uint64
}

// alone sends every request by itself and lists the most expensive ones. The
// projection is warm: what is computed once for all is not the cost of a
// request.
func alone(s *service, out io.Writer, rounds, shown int, only string) error {
	var all []cost
	for _, a := range attacks.All() {
		if !strings.Contains(a.Name, only) {
			continue
		}
		c, err := s.measure(a, rounds)
		if err != nil {
			return err
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b cost) int { return cmp.Compare(b.cpu, a.cpu) })
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "request\tbytes\tstatus\tcpu ms\tallocated MB\t\n")
	over := 0
	for i, c := range all {
		bad := c.length <= attacks.Most && (c.cpu > mostCPU || c.bytes > mostBytes)
		if bad {
			over++
		}
		if i < shown || bad {
			fmt.Fprintf(w, "%s\t%d\t%d\t%.1f\t%.1f\t\n", c.name, c.length, c.status, ms(c.cpu), float64(c.bytes)/(1<<20))
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d requests; %d of those up to %d bytes take more than %v or %d MB\n\n", len(all), over, attacks.Most, mostCPU, mostBytes>>20)
	if over > 0 {
		return fmt.Errorf("%d requests exceed the limit", over)
	}
	return nil
}

// measure sends a request once to warm up and then rounds more times. Requests
// that make the service compute something new do so each time.
func (s *service) measure(a attacks.Attack, rounds int) (cost, error) {
	c := cost{name: a.Name, length: len(a.Body)}
	var err error
	if c.status, _, err = s.send(a.Anew(s.form())); err != nil {
		return c, err
	}
	var times []time.Duration
	var sizes []uint64
	for range rounds {
		runtime.GC()
		cpu, bytes := used(), allocated()
		if _, _, err := s.send(a.Anew(s.form())); err != nil {
			return c, err
		}
		times, sizes = append(times, used()-cpu), append(sizes, allocated()-bytes)
	}
	slices.Sort(times)
	slices.Sort(sizes)
	c.cpu, c.bytes = times[rounds/2], sizes[rounds/2]
	return c, nil
}

// used is the processor time of this process.
func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // only a wrong argument can cause it
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// allocated is how many bytes this process has allocated so far.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
