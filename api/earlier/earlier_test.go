package earlier_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"liantu/api/earlier"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/schema"
)

func picture(t *testing.T) *projection.Projection {
	t.Helper()
	store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	p, err := projection.Build(t.Context(), schema.Default(), store)
	if err = errors.Join(err, store.Close()); err != nil {
		t.Fatal(err)
	}
	return p
}

// free permits every picture.
func free(context.Context) error { return nil }

// TestOnePictureIsHeld reads three days by many at once: whoever reads one has that of the day,
// and none is made while another is read.
func TestOnePictureIsHeld(t *testing.T) {
	present := picture(t)
	held := earlier.Beside(present)
	if earlier.Beside(present) != held {
		t.Fatal("two are held beside one picture")
	}
	var reading, made atomic.Int64
	var all sync.WaitGroup
	for i := range 24 {
		day := []string{"2020", "2021", "2022"}[i%3]
		all.Go(func() {
			for range 10 {
				p, leave, err := held.Read(t.Context(), day, free, func(ctx context.Context) (*projection.Projection, error) {
					if n := reading.Load(); n != 0 {
						t.Errorf("a picture is made while %d read another", n)
					}
					made.Add(1)
					return present.On(ctx, day)
				})
				if err != nil {
					t.Error(err)
					return
				}
				reading.Add(1)
				if got := p.AsOf(); got != day+"-12-31" {
					t.Errorf("the picture of %s is of %s", day, got)
				}
				reading.Add(-1)
				leave()
			}
		})
	}
	all.Wait()
	if n := made.Load(); n < 3 || n > 240 {
		t.Errorf("%d pictures of three days", n)
	}
}

// TestAPictureIsReadTogether reads a day twice at once; another day waits for both, and gives
// up with its context.
func TestAPictureIsReadTogether(t *testing.T) {
	present := picture(t)
	held := earlier.Beside(present)
	build := func(day string) func(context.Context) (*projection.Projection, error) {
		return func(ctx context.Context) (*projection.Projection, error) { return present.On(ctx, day) }
	}
	one, leave, err := held.Read(t.Context(), "2020", free, build("2020"))
	if err != nil {
		t.Fatal(err)
	}
	other, leaveOther, err := held.Read(t.Context(), "2020", free, nil) // nothing is made
	if err != nil || one != other {
		t.Fatalf("another picture of the day, %v", err)
	}
	leave()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := held.Read(ctx, "2021", free, build("2021")); !errors.Is(err, context.Canceled) {
		t.Errorf("another day while one is read: %v", err)
	}
	leaveOther()
	p, leave, err := held.Read(t.Context(), "2021", free, build("2021"))
	if err != nil || p.AsOf() != "2021-12-31" {
		t.Fatalf("%v, %v", p, err)
	}
	leave()
}

// TestAFailureIsForgotten fails to make a picture, and makes it then.
func TestAFailureIsForgotten(t *testing.T) {
	present := picture(t)
	held, broken := earlier.Beside(present), errors.New("broken")
	if _, _, err := held.Read(t.Context(), "2020", free, func(context.Context) (*projection.Projection, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	_, leave, err := held.Read(t.Context(), "2020", free, func(ctx context.Context) (*projection.Projection, error) { return present.On(ctx, "2020") })
	if err != nil {
		t.Fatal(err)
	}
	leave()
}

// TestARefusalTakesNothingAway asks for another day without being admitted, and makes a
// picture that panics: the picture that is held stays, and so does the turn.
func TestARefusalTakesNothingAway(t *testing.T) {
	present := picture(t)
	held, refused := earlier.Beside(present), errors.New("refused")
	build := func(day string) func(context.Context) (*projection.Projection, error) {
		return func(ctx context.Context) (*projection.Projection, error) { return present.On(ctx, day) }
	}
	first, leave, err := held.Read(t.Context(), "2020", free, build("2020"))
	if err != nil {
		t.Fatal(err)
	}
	leave()
	if _, _, err := held.Read(t.Context(), "2021", func(context.Context) error { return refused }, build("2021")); !errors.Is(err, refused) {
		t.Errorf("%v", err)
	}
	again, leave, err := held.Read(t.Context(), "2020", func(context.Context) error { return refused }, nil)
	if err != nil || again != first {
		t.Fatalf("the picture is another one, %v", err)
	}
	leave()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
		}()
		_, _, _ = held.Read(t.Context(), "2022", free, func(context.Context) (*projection.Projection, error) { panic("broken") })
	}()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, leave, err = held.Read(ctx, "2020", free, build("2020")); err != nil {
		t.Fatal(err)
	}
	leave()
}
