// Package filestore stores a graph in one local file, without set-up and
// without a server. It is the default store of the program. The file is a bbolt
// database: one process holds it, one batch is written at a time, and readers
// never wait for the writer nor the writer for them.
//
// Only the program and tests import it; all others use [graph.Store].
package filestore

import (
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"math/bits"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// The file holds these buckets:
//
//	meta      format → a text with the format's number, revision → the number,
//	          counts → the number of nodes and of edges, secret → the bytes that
//	          personal ids are keyed with
//	kinds     name of a kind → its number in this file
//	nodes     number of the kind, id → the node, sealed
//	edges     number of the kind, id → the edge, sealed
//	keys      key of a node → number of its kind, id
//	ends      id of a node, number of an edge's kind, id of the edge → nothing; only
//	          where the id of the edge does not begin like that of the node, as the
//	          ids of all edges that start at it do
//	log       version → what the batch of this version changed, sealed
//	loads     id of a load → the load as JSON, sealed
//	told      the ledger: id of a load, zero byte, hash → a batch of it with its
//	          version, sealed
//	forgotten salted hash of a key → the tombstone of a node that had it, as JSON, sealed
//
// The last is made when the first node is forgotten, with the salt in meta.
// All numbers are big-endian, so that the order of bytes is the order of
// numbers. Ids are stored as their 16 bytes.
var (
	bucketMeta   = []byte("meta")
	bucketKinds  = []byte("kinds")
	bucketNodes  = []byte("nodes")
	bucketEdges  = []byte("edges")
	bucketKeys   = []byte("keys")
	bucketEnds   = []byte("ends")
	bucketLog    = []byte("log")
	bucketLoads  = []byte("loads")
	bucketLedger = []byte("told")

	bucketForgotten = []byte("forgotten")

	buckets = [][]byte{
		bucketMeta, bucketKinds, bucketNodes, bucketEdges, bucketKeys, bucketEnds, bucketLog, bucketLoads, bucketLedger,
	}

	metaFormat    = []byte("format")
	metaVersion   = []byte("revision")
	metaCounts    = []byte("counts")
	metaSalt      = []byte("salt")
	metaSecret    = []byte("secret")
	metaCompact   = []byte("compact") // present while free pages may hold bytes of a forgotten node
	formatPrefix  = []byte("liantu graph file ")
	format        = []byte("liantu graph file 5")
	withPlainIDs  = []byte("liantu graph file 4") // which is format 5 without a secret: all ids are plain hashes
	withoutLedger = []byte("liantu graph file 1") // which is format 2 without loads and told
	withAllEnds   = []byte("liantu graph file 2") // which has also the ends that the ids of edges show
	withForgotten = []byte("liantu graph file 3") // which is format 2 with forgotten, which a reader must obey
)

// ledgerBuckets is how many of the buckets, the last ones, the first format
// did not have.
const ledgerBuckets = 2

// lockWait is how long Open waits for another process to release the file: long
// enough for one that is ending, short enough for a person who waits.
const lockWait = time.Second

// growth is by how many bytes the file grows: few enough that a small graph has
// a small file, and enough that a large load rarely has to wait for it.
const growth = 4 << 20

// mapSize is the address space that is reserved for the file at the start.
// While the file is smaller, a batch that makes it grow need not wait for
// readers, so that yield may apply batches itself. It costs no memory. Windows
// would make the file itself that large, and 32 bits have no room for it.
func mapSize() int {
	if bits.UintSize < 64 || runtime.GOOS == "windows" {
		return 0
	}
	return 1 << (bits.UintSize - 28) // 64 GiB
}

// Store is a graph in a local file. It is a [graph.Store].
type Store struct {
	path   string
	model  *schema.Model
	namer  *graph.Namer
	writer chan struct{} // holds a token while a call writes

	swap sync.RWMutex // guards database, which a writer may replace
	*database

	mu     sync.Mutex
	closed bool
	broken error          // why nothing can be written any longer
	calls  sync.WaitGroup // the calls in progress, and old databases that close after them
	late   error          // of closing these databases
}

// database is an open file.
type database struct {
	db    *bbolt.DB
	file  *os.File       // what db reads and writes
	users sync.WaitGroup // the transactions that read
}

// Open opens the graph in the file at path, which is created if it does not
// exist. A file that an earlier version of the program wrote is converted to the
// present format, which takes seconds for a large one: if its ids are plain hashes,
// those of persons and their edges change, as one version of the graph.
// It fails with [graph.ErrLocked] when another process, or this one, holds the
// file, with [graph.ErrDenied] when the file system refuses access, with
// [graph.ErrNotFound] when there is no such folder, and with
// [graph.ErrInvalid] when the file is not a graph, is damaged, or was written
// in a newer format.
func Open(path string, model *schema.Model) (*Store, error) {
	return OpenWith(path, model, graph.Secret{})
}

// OpenWith opens a graph as [Open] does, and makes a new one, or converts an old one
// without a secret, with the secret given instead of a random one. It fails with
// [graph.ErrOtherSecret] when the graph has another one already.
func OpenWith(path string, model *schema.Model, secret graph.Secret) (*Store, error) {
	s := &Store{path: path, model: model, writer: make(chan struct{}, 1)}
	var err error
	if s.database, err = openFile(path); err != nil {
		return nil, s.named(openError(err))
	}
	if err := s.prepare(secret); err != nil {
		return nil, errors.Join(s.named(err), s.closeFile())
	}
	return s, nil
}

// openFile opens the file at path. Another process may have replaced the file
// by a new one, because it forgot a node, before it released the lock on the old
// one; then the new file is opened.
func openFile(path string) (*database, error) {
	for {
		d, err := openDatabase(path)
		if err != nil {
			return nil, err
		}
		opened, err := d.file.Stat()
		if err != nil {
			return nil, errors.Join(err, d.db.Close())
		}
		if there, err := os.Stat(path); err == nil && os.SameFile(opened, there) {
			return d, nil
		}
		if err := d.db.Close(); err != nil {
			return nil, err
		}
	}
}

// openDatabase opens a database. A damaged file can make bbolt panic before it
// returns; the file is then closed here, or it would stay locked.
func openDatabase(path string) (d *database, err error) {
	d = new(database)
	defer func() {
		if d.db == nil && d.file != nil {
			err = errors.Join(err, abandon(d.file))
		}
	}()
	defer guard(&err)()
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return d, message.As(graph.ErrInvalid, "is not a file")
	}
	d.db, err = bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout: lockWait,
		// The map finds free pages fast in a large file. The list of them is
		// written with every batch: it is small beside a batch, and without it
		// opening would read the whole file.
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: mapSize(),
		OpenFile: func(name string, flag int, mode fs.FileMode) (*os.File, error) {
			var err error
			d.file, err = os.OpenFile(name, flag, mode)
			return d.file, err
		},
	})
	if err == nil {
		d.db.AllocSize = growth
	}
	return d, err
}

// abandon closes the file of a database that cannot close itself.
func abandon(f *os.File) error {
	unlocked := unlock(f)
	closed := f.Close()
	if errors.Is(closed, fs.ErrClosed) {
		return nil // bbolt has closed it
	}
	return errors.Join(unlocked, closed)
}

// openError wraps the reason why a file cannot be opened with the matching error
// of the domain.
func openError(err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return message.As(graph.ErrLocked, "held by another process")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return message.Errorf("%w: %w", graph.ErrDenied, err)
	case errors.Is(err, fs.ErrNotExist):
		return message.Errorf("%w: %w", graph.ErrNotFound, err)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch):
		return message.Errorf("is not a graph file: %w (%w)", graph.ErrInvalid, err)
	}
	return err
}

// enter registers a call, which must end with s.calls.Done.
func (s *Store) enter() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return s.named(graph.ErrClosed)
	}
	s.calls.Add(1)
	return nil
}

// Close closes the file once the calls in progress have returned. Calls that
// come later fail with [graph.ErrClosed]. A second Close does nothing.
func (s *Store) Close() error {
	s.mu.Lock()
	closed := s.closed
	s.closed = true
	s.mu.Unlock()
	if closed {
		return nil
	}
	s.calls.Wait()
	return s.named(errors.Join(s.closeFile(), s.late))
}

// closeFile closes the database, or only the file if the database failed in the
// middle of writing and would wait for itself.
func (s *Store) closeFile() error {
	if s.broken != nil {
		return abandon(s.file)
	}
	return s.db.Close()
}

// Version returns the version of the last batch that changed something.
func (s *Store) Version(ctx context.Context) (graph.Version, error) {
	if err := s.enter(); err != nil {
		return 0, err
	}
	defer s.calls.Done()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	var r graph.Version
	err := s.read(func(tx *bbolt.Tx) error {
		var err error
		r, err = version(tx)
		return err
	})
	return r, s.named(err)
}

// Namer returns what makes the ids of the graph; see [graph.Reader].
func (s *Store) Namer(ctx context.Context) (*graph.Namer, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.calls.Done()
	return s.namer, ctx.Err()
}

// named adds the path to an error.
func (s *Store) named(err error) error {
	if err == nil {
		return nil
	}
	return message.Errorf("graph file %q: %w", s.path, err)
}

func version(tx *bbolt.Tx) (graph.Version, error) {
	numbers, err := metaNumbers(tx, metaVersion, 1)
	return graph.Version(numbers[0]), err
}

// metaNumbers reads n numbers from the bucket meta, zeros if it has none.
func metaNumbers(tx *bbolt.Tx, name []byte, n int) ([]uint64, error) {
	numbers := make([]uint64, n)
	v := tx.Bucket(bucketMeta).Get(name)
	if v == nil {
		return numbers, nil
	}
	if len(v) != 8*n {
		return numbers, message.Errorf("%w: %s of %d bytes", errDamaged, name, len(v))
	}
	for i := range numbers {
		numbers[i] = binary.BigEndian.Uint64(v[8*i:])
	}
	return numbers, nil
}
