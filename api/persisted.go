package api

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// documentHash is the SHA-256 of a document.
type documentHash [sha256.Size]byte

// persisted keeps documents that clients may name by their hash, the way of
// Apollo's automatic persisted queries: what is not known is refused, the
// client sends it once in full, and it is kept if it is valid. The store is
// bounded in bytes; what was not used for longest goes first.
type persisted struct {
	mu    sync.Mutex
	kept  *simplelru.LRU[documentHash, string]
	bytes int
	limit int
}

func newPersisted(limit int) (*persisted, error) {
	p := &persisted{limit: limit}
	// Even empty documents have a price, so that their number is bounded, too.
	kept, err := simplelru.NewLRU(limit/documentOverhead+1, func(_ documentHash, document string) {
		p.bytes -= len(document) + documentOverhead
	})
	p.kept = kept
	return p, err
}

// documentOverhead is about what a document takes beside its text.
const documentOverhead = 128

func (p *persisted) get(hash documentHash) (string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.kept.Get(hash)
}

// add keeps a document. One that is longer than everything that may be kept is
// not.
func (p *persisted) add(hash documentHash, document string) {
	size := len(document) + documentOverhead
	p.mu.Lock()
	defer p.mu.Unlock()
	if size > p.limit || p.kept.Contains(hash) {
		return
	}
	for p.bytes+size > p.limit {
		p.kept.RemoveOldest()
	}
	p.kept.Add(hash, document)
	p.bytes += size
}

// named is how a request names its document: by a hash, in the form of Apollo
// (extensions.persistedQuery) or of GraphQL over HTTP (documentId), or by an
// id under which the document was registered.
type named struct {
	given  bool
	hash   documentHash // when id is not that of a registered document
	hashed bool
	id     string
}

// named reports whether a request may do without a document of its own.
func (r Request) named() bool { return r.DocumentID != "" || r.Extensions["persistedQuery"] != nil }

// sha256Prefix marks a documentId that is a hash.
const sha256Prefix = "sha256:"

// nameOf reads how a request names its document.
func nameOf(r Request) (named, *fault) {
	var n named
	if r.DocumentID != "" {
		n = named{given: true, id: r.DocumentID}
		if text, ok := strings.CutPrefix(r.DocumentID, sha256Prefix); ok {
			if n.hash, n.hashed = parseHash(text); !n.hashed {
				return n, refuse(CodeRequest, "documentId is %q; 64 hexadecimal digits must follow %q", shorten(r.DocumentID), sha256Prefix)
			}
		}
	}
	extension, ok := r.Extensions["persistedQuery"]
	if !ok || extension == nil {
		return n, nil
	}
	object, _ := extension.(map[string]any)
	text, _ := object["sha256Hash"].(string)
	if version, ok := wholeNumber(object["version"]).(int); !ok || version != 1 {
		return n, refuse(CodeRequest, "extensions.persistedQuery has no version 1, the only one there is")
	}
	n.given, n.id = true, text
	if n.hash, n.hashed = parseHash(text); !n.hashed {
		return n, refuse(CodeRequest, "extensions.persistedQuery.sha256Hash is %q; it must be 64 hexadecimal digits", shorten(text))
	}
	return n, nil
}

func parseHash(text string) (documentHash, bool) {
	var h documentHash
	if len(text) != hex.EncodedLen(len(h)) {
		return h, false
	}
	_, err := hex.Decode(h[:], []byte(text))
	return h, err == nil
}

// document finds the document that a request names, and returns what is to be
// done when it turns out to be valid.
func (s *Server) document(r *Request) (keep func(), f *fault) {
	keep = func() {}
	n, f := nameOf(*r)
	if f != nil {
		return keep, f
	}
	if s.trusted != nil {
		return keep, s.trusted.document(r, n)
	}
	switch {
	case !n.given:
	case !n.hashed:
		return keep, refuse(CodeNotPersisted, "this service has no registered documents; a documentId begins with %q", sha256Prefix)
	case r.Query == "":
		document, ok := s.persisted.get(n.hash)
		if !ok {
			// The text is what the clients look for.
			return keep, refuse(CodeNotPersisted, "PersistedQueryNotFound")
		}
		r.Query = document
	case sha256.Sum256([]byte(r.Query)) != n.hash:
		return keep, refuse(CodeRequest, "the hash is not that of the query")
	default:
		document := r.Query
		keep = func() { s.persisted.add(n.hash, document) }
	}
	return keep, nil
}
