package api

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"liantu/api/bytecache"
	"liantu/api/fault"
	"liantu/api/fields"
)

// documentHash is the SHA-256 of a document.
type documentHash [sha256.Size]byte

// persisted caches documents that clients may name by their hash, as in Apollo's
// automatic persisted queries: an unknown hash is refused, the client sends the
// document once in full, and it is cached if it is valid.
type persisted struct {
	cache *bytecache.Cache[documentHash, string]
}

// newPersisted makes a cache of so many bytes.
func newPersisted(limit int) (persisted, error) {
	cache, err := bytecache.New[documentHash, string](int64(limit))
	return persisted{cache}, err
}

// documentOverhead is about the memory that a document takes besides its text. It
// counts for empty documents, too, so that their number is limited.
const documentOverhead = 128

func (p persisted) get(hash documentHash) (string, bool) { return p.cache.Get(hash) }

// add caches a document. One that is longer than the whole cache is not cached.
func (p persisted) add(hash documentHash, document string) {
	p.cache.Add(hash, int64(len(document)+documentOverhead), func() string { return document })
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

// named reports whether a request names a document, so that it need not hold one.
func (r Request) named() bool { return r.DocumentID != "" || r.Extensions["persistedQuery"] != nil }

// sha256Prefix marks a documentId that is a hash.
const sha256Prefix = "sha256:"

// nameOf reads how a request names its document.
func nameOf(r Request) (named, *fault.RefusalError) {
	var n named
	if r.DocumentID != "" {
		n = named{given: true, id: r.DocumentID}
		if text, ok := strings.CutPrefix(r.DocumentID, sha256Prefix); ok {
			if n.hash, n.hashed = parseHash(text); !n.hashed {
				return n, fault.Refuse(fault.CodeRequest, "documentId is %q; 64 hexadecimal digits must follow %q", fields.Shorten(r.DocumentID), sha256Prefix)
			}
		}
	}
	extension, ok := r.Extensions["persistedQuery"]
	if !ok || extension == nil {
		return n, nil
	}
	object, _ := extension.(map[string]any)
	text, _ := object["sha256Hash"].(string)
	if version, ok := fields.WholeNumber(object["version"]).(int); !ok || version != 1 {
		return n, fault.Refuse(fault.CodeRequest, "extensions.persistedQuery has no version 1, the only one there is")
	}
	n.given, n.id = true, text
	if n.hash, n.hashed = parseHash(text); !n.hashed {
		return n, fault.Refuse(fault.CodeRequest, "extensions.persistedQuery.sha256Hash is %q; it must be 64 hexadecimal digits", fields.Shorten(text))
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

// document finds the document that a request names, and returns what to do when it
// proves to be valid.
func (s *Server) document(x *execution, r *Request) (keep func(), f *fault.RefusalError) {
	keep = func() {}
	n, f := nameOf(*r)
	if f != nil {
		return keep, f
	}
	if s.trusted != nil && !r.Own {
		return keep, s.trusted.document(r, n)
	}
	switch {
	case !n.given:
	case !n.hashed:
		return keep, fault.Refuse(fault.CodeNotPersisted, "this service has no registered documents; a documentId begins with %q", sha256Prefix)
	case r.Query == "":
		document, ok := s.persisted.get(n.hash)
		if !ok {
			// The text is what clients search for.
			return keep, fault.Refuse(fault.CodeNotPersisted, "%s", "PersistedQueryNotFound") // by which clients know it
		}
		r.Query = document
	case sha256.Sum256([]byte(r.Query)) != n.hash:
		return keep, fault.Refuse(fault.CodeRequest, "the hash is not that of the query")
	default:
		document := r.Query
		keep = func() {
			s.persisted.add(n.hash, document)
			if s.forgettings.count() != x.forgettings {
				s.persisted.cache.Remove(n.hash)
			}
		}
	}
	return keep, nil
}
