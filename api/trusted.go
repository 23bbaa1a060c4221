package api

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/message"
)

// Trusted holds the only documents that a service answers, when it has any.
// Everything else is refused without being read.
type Trusted struct {
	byHash map[documentHash]string
	byID   map[string]string // ids that are not hashes
	places map[string]string // document: where it was found
}

// ReadTrusted reads documents from a folder, in which every file *.graphql or
// *.gql at any depth is one, or from a manifest: a JSON object from the id of
// each document to its text, or the manifest that Apollo's tools write.
// An id of 64 hexadecimal digits must be the SHA-256 of its document.
func ReadTrusted(path string) (*Trusted, error) {
	t := &Trusted{byHash: map[documentHash]string{}, byID: map[string]string{}, places: map[string]string{}}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		err = t.readFolder(path)
	default:
		err = t.readManifest(path)
	}
	if err == nil && len(t.byHash) == 0 {
		err = message.Errorf("%s: there is no document", path)
	}
	return t, err
}

// add registers a document. The text at the end of a file is what clients
// send, with or without its last line end.
func (t *Trusted) add(document, place string) {
	for _, text := range []string{document, strings.TrimSpace(document)} {
		t.byHash[sha256.Sum256([]byte(text))] = text
		t.places[text] = place
	}
}

func (t *Trusted) readFolder(path string) error {
	return filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if extension := filepath.Ext(name); err != nil || entry.IsDir() || extension != ".graphql" && extension != ".gql" {
			return err
		}
		text, err := os.ReadFile(name)
		if err == nil {
			t.add(string(text), name)
		}
		return err
	})
}

// manifest is the form that Apollo's tools write.
type manifest struct {
	Format     string
	Version    int
	Operations []struct{ ID, Name, Body string }
}

func (t *Trusted) readManifest(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return t.Add(text, path)
}

// Add registers the documents of a manifest, which errors call by its path.
func (t *Trusted) Add(text []byte, path string) error {
	documents := map[string]string{}
	var m manifest
	if json.Unmarshal(text, &m) == nil && m.Format == "apollo-persisted-query-manifest" {
		if m.Version != 1 {
			return message.Errorf("%s: manifest of version %d; only 1 is understood", path, m.Version)
		}
		for _, o := range m.Operations {
			documents[o.ID] = o.Body
		}
	} else if err := json.Unmarshal(text, &documents); err != nil {
		return message.Errorf("%s: not a JSON object from ids to documents: %w", path, err)
	}
	var faults []error
	for _, id := range slices.Sorted(maps.Keys(documents)) {
		document, place := documents[id], fmt.Sprintf("%s, document %q", path, id)
		t.add(document, place)
		if hash, ok := parseHash(strings.TrimPrefix(id, sha256Prefix)); !ok {
			t.byID[id] = document
		} else if sha256.Sum256([]byte(document)) != hash {
			faults = append(faults, message.Errorf("%s: the id is not its SHA-256", place))
		}
	}
	return errors.Join(faults...)
}

// document finds the registered document that a request names or sends.
func (t *Trusted) document(r *Request, n named) *fault.RefusalError {
	if r.Query != "" {
		hash := documentHash(sha256.Sum256([]byte(r.Query)))
		if _, ok := t.byHash[hash]; !ok || n.hashed && n.hash != hash {
			return fault.Refuse(fault.CodeNotPersisted, "the document is not registered; this service answers no others")
		}
		return nil
	}
	document, ok := t.byID[n.id]
	if n.hashed {
		document, ok = t.byHash[n.hash]
	}
	if !ok {
		return fault.Refuse(fault.CodeNotPersisted, "no document is registered as %q", fields.Shorten(n.id))
	}
	r.Query = document
	return nil
}

// check refuses documents that the server would refuse, and names them all.
func (t *Trusted) check(s *Server) error {
	var faults []error
	checked := map[string]bool{} // by place, since a text may be registered in two ways
	for _, text := range slices.Sorted(maps.Keys(t.places)) {
		place := t.places[text]
		if checked[place] {
			continue
		}
		checked[place] = true
		if f := s.checkDocument(text); f != nil {
			faults = append(faults, message.Errorf("%s: %w", place, f))
			continue
		}
		doc, errs := s.engine.Read(text)
		if len(errs) == 0 {
			for _, name := range doc.Names() {
				_, errs = doc.Operation(name)
				if len(errs) > 0 {
					break
				}
			}
		}
		for _, e := range errs {
			place := place
			if len(e.Locations) > 0 {
				place = fmt.Sprintf("%s:%d:%d", place, e.Locations[0].Line, e.Locations[0].Column)
			}
			faults = append(faults, message.Errorf("%s: %w", place, e))
		}
	}
	return errors.Join(faults...)
}
