package service

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/schema"
)

// sharedFile is a [graph.Store] on a graph file that is open only while calls
// are under way. A server that reads through it leaves the file to "liantu
// load" in between, and sees what was loaded at its next call; while another
// process holds the file, its calls fail with [graph.ErrLocked]. A file that
// did not change is not opened for its version.
type sharedFile struct {
	path   string
	model  *schema.Model
	secret graph.Secret // of the settings, none to take that of the file
	calls  sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	users   int              // calls that use the open file
	store   *filestore.Store // nil without users
	stamp   fileStamp        // of the file when the version was read
	version graph.Version
}

// fileStamp differs when a file changed.
type fileStamp struct {
	modified time.Time
	size     int64
}

// stampOf returns the stamp of a file, the zero stamp for one without: opening it
// reports why.
func stampOf(path string) fileStamp {
	info, err := os.Stat(path)
	if err != nil {
		return fileStamp{}
	}
	return fileStamp{info.ModTime(), info.Size()}
}

// with gives an open store to one call. The first of several calls at once
// opens the file and the last one closes it.
func (s *sharedFile) with(do func(*filestore.Store) error) error {
	store, err := s.enter()
	if err != nil {
		return err
	}
	err = do(store)
	if e := s.leave(); e != nil {
		return errors.Join(err, e)
	}
	return err // unwrapped, as the contract promises for an error of yield
}

func (s *sharedFile) enter() (*filestore.Store, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, graph.ErrClosed
	}
	if s.users == 0 {
		store, err := filestore.OpenWith(s.path, s.model, s.secret)
		if err != nil {
			return nil, err
		}
		s.store = store
	}
	s.users++
	s.calls.Add(1)
	return s.store, nil
}

func (s *sharedFile) leave() error {
	defer s.calls.Done()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users > 0 {
		return nil
	}
	store := s.store
	s.store = nil
	return store.Close()
}

// Namer returns what makes the ids of the graph.
func (s *sharedFile) Namer(ctx context.Context) (namer *graph.Namer, err error) {
	err = s.with(func(store *filestore.Store) error {
		namer, err = store.Namer(ctx)
		return err
	})
	return namer, err
}

// Apply applies the batch as [filestore.Store.Apply] does.
func (s *sharedFile) Apply(ctx context.Context, batch graph.Batch) (result graph.Result, err error) {
	err = s.with(func(store *filestore.Store) error {
		result, err = store.Apply(ctx, batch)
		return err
	})
	return result, err
}

// Changes streams what changed as [filestore.Store.Changes] does.
func (s *sharedFile) Changes(ctx context.Context, after graph.Version, yield func(graph.Change) error) (version graph.Version, err error) {
	err = s.with(func(store *filestore.Store) error {
		version, err = store.Changes(ctx, after, yield)
		return err
	})
	return version, err
}

// Loads lists loads as [filestore.Store.Loads] does.
func (s *sharedFile) Loads(ctx context.Context, ids ...string) (loads []graph.Load, err error) {
	err = s.with(func(store *filestore.Store) error {
		loads, err = store.Loads(ctx, ids...)
		return err
	})
	return loads, err
}

// Ledger streams the ledger as [filestore.Store.Ledger] does.
func (s *sharedFile) Ledger(ctx context.Context, yield func(graph.Entry) error) error {
	return s.with(func(store *filestore.Store) error { return store.Ledger(ctx, yield) })
}

// Undo takes a load back as [filestore.Store.Undo] does.
func (s *sharedFile) Undo(ctx context.Context, load string) (undone graph.Undone, err error) {
	err = s.with(func(store *filestore.Store) error {
		undone, err = store.Undo(ctx, load)
		return err
	})
	return undone, err
}

// Forget removes a node for good as [filestore.Store.Forget] does.
func (s *sharedFile) Forget(ctx context.Context, f graph.Forgetting) (done graph.Forgotten, err error) {
	err = s.with(func(store *filestore.Store) error {
		done, err = store.Forget(ctx, f)
		return err
	})
	return done, err
}

// Tombstones returns what was forgotten as [filestore.Store.Tombstones] does.
func (s *sharedFile) Tombstones(ctx context.Context, keys []graph.Key) (found map[graph.Key]graph.Tombstone, err error) {
	err = s.with(func(store *filestore.Store) error {
		found, err = store.Tombstones(ctx, keys)
		return err
	})
	return found, err
}

// Version returns the version last seen while the file is unchanged, and else
// opens it.
func (s *sharedFile) Version(ctx context.Context) (version graph.Version, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	// The stamp is taken first, so that a change that comes in between is seen
	// the next time.
	stamp := stampOf(s.path)
	if version, known := s.known(stamp); known {
		return version, nil
	}
	err = s.with(func(store *filestore.Store) error {
		version, err = store.Version(ctx)
		return err
	})
	// A file written just now may be written again within the same tick of its
	// clock, so only a stamp of some age is cached.
	if err == nil && stamp != (fileStamp{}) && time.Since(stamp.modified) > clockTick {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.stamp, s.version = stamp, version
	}
	return version, err
}

// clockTick is longer than what file systems take as one moment.
const clockTick = 2 * time.Second

func (s *sharedFile) known(stamp fileStamp) (graph.Version, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.version, !s.closed && s.users == 0 && stamp != fileStamp{} && stamp == s.stamp
}

// Close refuses further calls and waits for those under way.
func (s *sharedFile) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.calls.Wait()
	return nil
}
