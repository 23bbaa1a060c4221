// Package papers answers GET /papers/NAME.FORM: the answers of commands as files, for
// callers of the service. GET /papers/gaps.xlsx?region=杭州&ecosystem=biomed has the workbook
// that "liantu gaps --region 杭州 --ecosystem biomed --format xlsx" writes.
//
// The parameters are flags of the command, of those that [Papers] lists; one that is given
// several times is a list. The forms are xlsx, csv and json, and docx for the papers of a meeting; the language is that of
// Accept-Language, or of the parameter lang, zh or en.
//
// A paper is made of the picture that the service answers from, limited to what the caller
// may know of it, with personal values masked. Its right is that to the question; it is on
// record as an export is before it is sent, where callers must authenticate.
//
// Only cli and cli/service import papers.
package papers

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/graph/projection"
	"liantu/message"
)

// Path is where the handler answers, with the name of a paper in place of :name.
const Path = "/papers/:name"

// Paper is one to print.
type Paper struct {
	Args        []string               // of the command line
	Caller      *access.Identity       // whose request it is
	View, Whole *projection.Projection // what the caller may know of the graph, and all of it, by which consent is decided
	Language    message.Language
}

// Print prints a paper, and returns a name for its file without an extension. Its errors are
// for the caller: they hold no value that it may not see.
type Print func(ctx context.Context, p Paper, out io.Writer) (title string, err error)

// Service is the service to which the door belongs; an [api.Server] is one.
type Service interface {
	// MayAsk refuses a visitor that may not ask a question, on record.
	MayAsk(ctx context.Context, v api.Visitor, question string) *fault.RefusalError
	// Charge takes the cost of a request from what a visitor may ask for.
	Charge(v api.Visitor, values float64) *fault.RefusalError
	// See returns what a visitor may know of the graph, and the whole of it.
	See(ctx context.Context, v api.Visitor, day string) (api.Seen, error)
	// ErrorOf is an error in the form of an answer.
	ErrorOf(ctx context.Context, language message.Language, err error) fault.Error
}

// Config is what the handler works with. All fields are required.
type Config struct {
	Service Service
	Print   Print
	Record  func(e access.Entry) error // enters in the audit log what is about to be sent
	Timeout time.Duration              // for making a paper
}

// Handler answers GET /papers/NAME.FORM. It is safe for use by several goroutines.
type Handler struct {
	Config
	places chan struct{} // one for each paper that is being made
}

// mostAtOnce is how many papers are made at once.
const mostAtOnce = 2

// New makes a handler.
func New(c Config) *Handler { return &Handler{c, make(chan struct{}, mostAtOnce)} }

// dayOf is the parameter that asks for a paper of an earlier day.
const dayOf = "as-of"

// paperCost is what a paper costs its caller, in the values that could be written meanwhile.
const paperCost = 200_000

// retryAfter is after how many seconds a client that found no place should try again.
const retryAfter = 2

// media are the media types of the forms.
var media = map[string]string{
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"csv":  "text/csv; charset=utf-8",
	"json": "application/json; charset=utf-8",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// ServeHTTP answers a request that a door of the service let in.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	language := languageOf(r)
	name, body, version, err := h.make(r, language)
	if err != nil {
		h.refuse(w, r, language, err)
		return
	}
	w.Header().Set("Content-Type", media[name[strings.LastIndexByte(name, '.')+1:]])
	w.Header().Set("Content-Disposition", disposition(r.URL.Path, name))
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Header().Set("Liantu-Version", strconv.FormatInt(version, 10))
	_, _ = w.Write(body) // an error is that the client has gone
}

// disposition names the file; a client that reads ASCII names alone takes that of the path.
func disposition(path, name string) string {
	file := func(name string) string {
		return mime.FormatMediaType("attachment", map[string]string{"filename": name})
	}
	if named, ok := strings.CutPrefix(file(name), "attachment; filename*="); ok {
		return file(path[strings.LastIndexByte(path, '/')+1:]) + "; filename*=" + named
	}
	return file(name)
}

// languageOf is the language that a request asks for.
func languageOf(r *http.Request) message.Language {
	switch r.URL.Query().Get("lang") {
	case "zh":
		return message.Chinese
	case "en":
		return message.English
	}
	return api.LanguageOf(r.Header)
}

// make makes the paper of a request, and returns the name of its file and the version of
// the graph that it is made of. It is on record when it returns.
func (h *Handler) make(r *http.Request, language message.Language) (name string, body []byte, version int64, err error) {
	v := api.VisitorOf(r)
	if v.Identity == nil {
		return "", nil, 0, fault.Refuse(fault.CodeInternal, "internal error")
	}
	kind, form, f := paperOf(r.URL.Path)
	if f != nil {
		return "", nil, 0, f
	}
	args, f := argsOf(kind, form, r.URL.Query())
	if f == nil {
		f = h.Service.MayAsk(r.Context(), v, kind.Question)
	}
	if f == nil {
		f = h.Service.Charge(v, paperCost)
	}
	if f != nil {
		return "", nil, 0, f
	}
	select {
	case h.places <- struct{}{}:
		defer func() { <-h.places }()
	default:
		return "", nil, 0, fault.Refuse(fault.CodeOverloaded, "too many papers are being made; try again").With("retryAfter", retryAfter)
	}
	ctx, cancel := context.WithTimeout(r.Context(), h.Timeout)
	defer cancel()
	p := Paper{Args: args, Caller: v.Identity, Language: language}
	seen, err := h.Service.See(ctx, v, r.URL.Query().Get(dayOf))
	if err != nil {
		return "", nil, 0, err
	}
	defer seen.Leave()
	p.View, p.Whole = seen.View, seen.Whole
	var out bytes.Buffer
	title, err := h.Print(ctx, p, &out)
	if err != nil {
		return "", nil, 0, forCaller(ctx, err, language)
	}
	version = int64(p.Whole.Version())
	e := access.Entry{Who: v.Identity.Subject, Role: v.Identity.Role, Action: access.Export, Version: version, Detail: "paper " + kind.Name + " as " + form + asOf(r.URL.Query().Get(dayOf))}
	return title + "." + form, out.Bytes(), version, h.Record(e)
}

// asOf names the earlier day of a paper in the record of it.
func asOf(day string) string {
	if day == "" {
		return ""
	}
	return " as of " + day
}

// forCaller is the error of a command as one for its caller. Those of the domain have a code
// of their own; all others that are meant for people are of the parameters.
func forCaller(ctx context.Context, err error, language message.Language) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	_, known := fault.CodeOf(err)
	if forPeople := (message.Localised)(nil); known || !errors.As(err, &forPeople) {
		return err
	}
	return fault.Refuse(fault.CodeInput, "%s", message.Of(err, language))
}

// paperOf finds the paper that a path names.
func paperOf(path string) (Kind, string, *fault.RefusalError) {
	name, form, _ := strings.Cut(path[strings.LastIndexByte(path, '/')+1:], ".")
	i := slices.IndexFunc(Papers, func(k Kind) bool { return k.Name == name })
	if _, ok := media[form]; i < 0 || !ok || form == "docx" && !Papers[i].Document {
		return Kind{}, "", fault.Refuse(fault.CodePath, "there is no such paper; there are %s, each as xlsx, csv and json, and meeting as docx", Names())
	}
	return Papers[i], form, nil
}

// argsOf is the command line for the parameters of a request.
func argsOf(kind Kind, form string, given url.Values) ([]string, *fault.RefusalError) {
	args := strings.Fields(kind.Command)
	if lang := given.Get("lang"); given.Has("lang") && lang != "zh" && lang != "en" {
		return nil, fault.Refuse(fault.CodeInput, "lang is zh or en, not %q", fields.Shorten(lang))
	}
	if days := given[dayOf]; len(days) > 1 || len(days) == 1 && days[0] == "" {
		return nil, fault.Refuse(fault.CodeInput, "%s is one day, such as 2024-06-30, or left out", dayOf)
	}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range given {
			if name != "lang" && !yield(name) {
				return
			}
		}
	}) {
		if !slices.Contains(kind.Flags, name) {
			return nil, fault.Refuse(fault.CodeInput, "%s takes %s, not %q", kind.Name, strings.Join(kind.Flags, ", "), fields.Shorten(name))
		}
		for _, value := range given[name] {
			args = append(args, "--"+name+"="+value)
		}
	}
	return append(args, "--format="+form), nil
}

// refuse ends a request with an error.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, language message.Language, err error) {
	shown := h.Service.ErrorOf(r.Context(), language, err)
	status, ok := statuses[shown.Code()]
	if !ok {
		status = http.StatusInternalServerError
	}
	var f *fault.RefusalError
	if errors.As(err, &f) {
		api.SetRetry(w.Header(), f)
	}
	api.WriteErrors(w, status, shown)
}

// statuses are those of the reasons for which there is no paper.
var statuses = map[fault.Code]int{
	fault.CodeInput: http.StatusBadRequest, fault.CodeNotFound: http.StatusNotFound, fault.CodePath: http.StatusNotFound,
	fault.CodeForbidden: http.StatusForbidden, fault.CodeRate: http.StatusTooManyRequests, fault.CodeLimit: http.StatusBadRequest,
	fault.CodeOverloaded: http.StatusServiceUnavailable, fault.CodeUnavailable: http.StatusServiceUnavailable, fault.CodeTimeout: http.StatusServiceUnavailable,
}

// Kind is a paper that there is.
type Kind struct {
	Name, Command string   // in the path, and on the command line
	Question      string   // whose right it takes
	Flags         []string // that are parameters
	Document      bool     // whether it can be a document for a word processor
}

// Papers are all that there are.
var Papers = []Kind{
	{"gaps", "gaps", "gaps", []string{"about", "action", "as-of", "chain", "ecosystem", "levels", "limit", "link", "min-grade", "order-by", "peers", "population", "region", "state", "why", "with-empty"}, false},
	{"candidates", "candidates", "candidates", []string{"about", "as-of", "chain", "ecosystem", "exclude", "kind", "limit", "link", "listed", "min-capital", "min-employees", "min-grade", "opportunity", "ownership", "place", "population", "region"}, false},
	{"meeting", "meeting", "gaps", []string{"about", "action", "against", "as-of", "chain", "declared-role", "ecosystem", "levels", "limit", "link", "min-grade", "order-by", "peers", "population", "region", "state", "with-empty"}, true},
	{"introductions", "introductions", "introductions", []string{"as-of", "company", "limit", "link", "min-grade", "person", "region"}, false},
	{"compare", "compare", "compare", []string{"about", "as-of", "chain", "ecosystem", "levels", "limit", "link", "min-grade", "peers", "population", "reference", "regions"}, false},
	{"what-if", "what-if", "whatIf", []string{"as-of", "close", "land", "leave", "limit", "min-grade", "peers", "population", "region"}, false},
	{"anchor", "anchor", "anchor", []string{"as-of", "company", "limit", "min-grade", "peers", "population", "region"}, false},
	{"ties", "ties", "layerTies", []string{"as-of", "chain", "ecosystem", "layer", "limit", "link", "min-grade", "region"}, false},
	{"quality", "quality", "quality", []string{"as-of", "ecosystem", "min-grade", "region", "stale-years"}, false},
	{"match", "match need", "match", []string{"as-of", "limit", "link", "region", "task-force"}, false},
	{"needs", "match needs", "needs", []string{"as-of", "limit", "partner", "region", "task-force"}, false},
	{"match-plan", "match plan", "matchPlan", []string{"as-of", "region", "task-force"}, false},
}

// Names lists the names of the papers.
func Names() string {
	names := make([]string, len(Papers))
	for i, k := range Papers {
		names[i] = k.Name
	}
	return strings.Join(names, ", ")
}
