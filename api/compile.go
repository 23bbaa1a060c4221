package api

import (
	"crypto/sha256"

	lru "github.com/hashicorp/golang-lru/v2"

	"liantu/api/engine"
)

// maxOperations is the most compiled operations that are cached. The limits on
// documents limit the size of each.
const maxOperations = 1000

// operationHash names an operation: a document and which of its operations.
type operationHash [sha256.Size]byte

func operationKeyOf(r *Request) operationHash {
	var room [1024]byte // for most documents
	text := append(append(room[:0], r.OperationName...), 0)
	return sha256.Sum256(append(text, r.Query...))
}

// compile makes the engine that runs operations on the server's schema.
func (s *Server) compile() error {
	s.sdl = s.schema.SDL()
	var err error
	if s.engine, err = s.schema.Engine(s.sdl, !s.features.Introspection); err != nil {
		return err
	}
	s.operations, err = lru.New[operationHash, *engine.Operation](maxOperations)
	return err
}
