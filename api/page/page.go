// Package page serves the pages of the program to browsers: that for strategists, a built
// single-page application, and that for queries.
//
// The files of a page hold no data, so that they are sent to everybody; whoever has to sign
// in does so on the page. They are the same for all: each is made once, compressed in every
// coding too. Files below assets/ have a name that changes with their content, and are
// cached for good; all others are asked for again each time, by their ETag.
package page

import (
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"liantu/api/transport"
	"liantu/message"
)

// policy permits scripts, fonts and answers of this service alone, and no script in the
// page. Styles may stand in elements, since the widgets of the page write theirs at run
// time; pictures may be those that the page draws itself.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// The values of Cache-Control.
const (
	forGood  = "public, max-age=31536000, immutable"
	askAgain = "no-cache"
)

// The file that draws every screen, and where the files are whose names change with them.
const (
	indexFile = "index.html"
	assets    = "assets/"
)

// smallest is the size in bytes from which on a file is compressed.
const smallest = 1 << 10

// file is one of the page, in every coding that is smaller.
type file struct {
	media string
	tag   string // the beginning of its ETag
	cache string
	forms map[transport.Coding][]byte
}

// Page serves the files of a built page. It is safe for use by several goroutines.
type Page struct {
	files   map[string]*file // by path without the first slash
	screens []string
}

// New reads the files of a page. Each of the screens, paths such as "/map", is answered by
// its index.html, which draws the screen that the address names. With compress, files are
// sent compressed to clients that accept it.
func New(files fs.FS, compress bool, screens ...string) (*Page, error) {
	p := &Page{files: map[string]*file{}, screens: append([]string{"/"}, screens...)}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err == nil {
			p.files[name], err = newFile(name, body, compress)
		}
		return err
	})
	if err == nil && p.files[indexFile] == nil {
		err = message.Errorf("the page has no %s", indexFile)
	}
	return p, err
}

func newFile(name string, body []byte, compress bool) (*file, error) {
	sum := sha256.Sum256(body)
	f := &file{
		media: mediaOf(name), tag: base64.RawURLEncoding.EncodeToString(sum[:15]), cache: askAgain,
		forms: map[transport.Coding][]byte{transport.Plain: body},
	}
	if strings.HasPrefix(name, assets) {
		f.cache = forGood
	}
	if !compress || len(body) < smallest {
		return f, nil
	}
	for _, coding := range transport.Codings {
		coded, err := coding.Whole(body)
		if err != nil {
			return nil, err
		}
		if len(coded) < len(body) {
			f.forms[coding] = coded
		}
	}
	return f, nil
}

// medias are the types of the files of a page. The tables of a machine are not asked: some
// call scripts plain text, which browsers then refuse to run.
var medias = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
}

func mediaOf(name string) string {
	if media := medias[path.Ext(name)]; media != "" {
		return media
	}
	return "application/octet-stream"
}

// Paths are those that the page answers, sorted: its screens and its files.
func (p *Page) Paths() []string {
	paths := slices.Clone(p.screens)
	for name := range p.files {
		if name != indexFile {
			paths = append(paths, "/"+name)
		}
	}
	slices.Sort(paths)
	return paths
}

// ServeHTTP answers GET and HEAD.
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if slices.Contains(p.screens, r.URL.Path) {
		name = indexFile
	}
	f := p.files[name]
	if f == nil {
		http.NotFound(w, r)
		return
	}
	p.send(w, r, f)
}

// send sends a file in the coding that the client likes best, or 304 where it has it.
func (p *Page) send(w http.ResponseWriter, r *http.Request, f *file) {
	coding := transport.ChooseCoding(r.Header.Values("Accept-Encoding"))
	body, ok := f.forms[coding]
	if !ok {
		coding, body = transport.Plain, f.forms[transport.Plain]
	}
	header := w.Header()
	header.Set("Content-Security-Policy", policy)
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cache-Control", f.cache)
	if len(f.forms) > 1 {
		header.Set("Vary", "Accept-Encoding")
	}
	tag := `"` + strings.TrimSuffix(f.tag+"-"+string(coding), "-") + `"`
	header.Set("ETag", tag)
	if matches(r.Header.Values("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	coding.Apply(header)
	header.Set("Content-Type", f.media)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // an error is that the client has gone
	}
}

// matches reports whether headers If-None-Match name a tag.
func matches(headers []string, tag string) bool {
	for _, header := range headers {
		for named := range strings.SplitSeq(header, ",") {
			if named = strings.TrimSpace(named); named == "*" || strings.TrimPrefix(named, "W/") == tag {
				return true
			}
		}
	}
	return false
}
