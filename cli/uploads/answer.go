package uploads

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/cli/show"
	"liantu/loaders"
	"liantu/message"
	"liantu/schema"
)

// Line is one object of an answer. The last one has a mapping, a report or an error.
type Line struct {
	Progress *Progress       `json:"progress,omitempty"`
	Mapping  *Mapping        `json:"mapping,omitempty"`
	Report   *loaders.Report `json:"report,omitempty"`
	Complete *bool           `json:"complete,omitempty"` // of a report: whether nothing was left out
	Rejects  *Rejects        `json:"rejects,omitempty"`  // beside a report, where they were asked for
	Error    *fault.Error    `json:"error,omitempty"`
}

// Progress says how far a load is. A file that states nodes and edges is read twice.
type Progress struct {
	File       string `json:"file"`
	Rows       int    `json:"rows"` // done so far, of all files
	Bytes      int64  `json:"bytes"`
	TotalBytes int64  `json:"totalBytes"`
}

// Mapping says how files would be read.
type Mapping struct {
	YAML    string          `json:"yaml"` // with the columns that are not used as remarks
	Faults  []loaders.Fault `json:"faults"`
	Ignored []string        `json:"ignored"` // files that hold no data
}

// Rejects are the rows that were left out, with the reasons behind them, in a file that can
// be corrected and loaded again.
type Rejects struct {
	Name   string `json:"name"`
	Rows   int    `json:"rows"`   // in the file
	Beyond int    `json:"beyond"` // that were left out, too, and are not in the file
	Base64 string `json:"base64"` // the bytes of the file
}

// The steps of a load.
const (
	stepMap     = "map"
	stepPreview = "preview"
	stepApply   = "apply"
)

// question is what a request asks for.
type question struct {
	step, rejects string
}

func questionOf(r *http.Request) (question, *fault.RefusalError) {
	given := r.URL.Query()
	q := question{step: given.Get("step"), rejects: given.Get("rejects")}
	if q.step == "" {
		q.step = stepPreview
	}
	if q.step != stepMap && q.step != stepPreview && q.step != stepApply {
		return q, fault.Refuse(fault.CodeInput, "step is map, preview or apply, not %q", fields.Shorten(q.step))
	}
	if q.rejects != "" && q.rejects != "csv" && q.rejects != "xlsx" {
		return q, fault.Refuse(fault.CodeInput, "rejects is csv or xlsx, not %q", fields.Shorten(q.rejects))
	}
	return q, nil
}

// answer is that to one request.
type answer struct {
	handler  *Handler
	w        http.ResponseWriter
	r        *http.Request
	control  *http.ResponseController
	visitor  api.Visitor
	language message.Language
	begun    bool
	shownAt  time.Time // when progress was last written
}

// shown is an error as an answer states it.
func (a *answer) shown(err error) *fault.Error {
	e := a.handler.Service.ErrorOf(a.r.Context(), a.language, err)
	e.Message = inOptions(e.Message)
	return &e
}

// refuse ends a request with a status and an error.
func (a *answer) refuse(status int, err error) {
	api.WriteErrors(a.w, status, *a.shown(err))
}

// fail ends a request whose files could not be taken in. The rest of its body is not read.
func (a *answer) fail(err error) {
	var f *fault.RefusalError
	status := http.StatusInternalServerError
	if errors.As(err, &f) {
		status = statuses[f.Shown(a.language).Code()]
		api.SetRetry(a.w.Header(), f)
	}
	a.w.Header().Set("Connection", "close")
	a.refuse(status, err)
}

// statuses are those of the reasons for which a request is refused.
var statuses = map[fault.Code]int{
	fault.CodeRequest: http.StatusBadRequest, fault.CodeInput: http.StatusBadRequest, fault.CodeMediaType: http.StatusUnsupportedMediaType,
	fault.CodeLimit: http.StatusRequestEntityTooLarge, fault.CodeOverloaded: http.StatusServiceUnavailable,
}

// write writes a line.
func (a *answer) write(l Line) {
	if !a.begun {
		a.begun = true
		a.w.Header().Set("Content-Type", "application/x-ndjson; charset=utf-8")
		a.w.WriteHeader(http.StatusOK)
	}
	a.send(l)
}

// send writes an object and the end of a line, and lets go of it at once. A client that has
// gone is noticed by the context of its request.
func (a *answer) send(object any) {
	e := json.NewEncoder(a.w)
	e.SetEscapeHTML(false)
	err := e.Encode(object)
	if err == nil {
		err = a.control.Flush()
	}
	if err != nil && a.r.Context().Err() == nil {
		a.handler.Log.Warn("an answer about a load was not sent", "error", err)
	}
}

// progressInterval is how often progress is written at most.
const progressInterval = 200 * time.Millisecond

func (a *answer) progress(p loaders.Progress) {
	if time.Since(a.shownAt) < progressInterval {
		return
	}
	a.shownAt = time.Now()
	a.write(Line{Progress: &Progress{File: p.File, Rows: p.Rows, Bytes: p.Bytes, TotalBytes: p.TotalBytes}})
}

// answer does what a request asks for.
func (h *Handler) answer(ctx context.Context, a *answer, q question, f *files) error {
	options, err := f.loaderOptions(a.language)
	if err != nil {
		return err
	}
	if q.step == stepMap {
		return a.propose(ctx, options)
	}
	options.Store, options.Progress, options.DryRun = h.Store, a.progress, q.step == stepPreview
	left := rejects{rows: show.Rejects{IsKind: func(name string) bool { return schema.Default().Called(name) != nil }}}
	if q.rejects != "" {
		options.Rejects = left.add
	}
	report, err := h.load(ctx, a, options)
	if err != nil {
		return err
	}
	renameAll(report)
	complete := report.Complete()
	line := Line{Report: report, Complete: &complete}
	if q.rejects != "" {
		if line.Rejects, err = h.sendBack(a, &left, "rejects."+q.rejects); err != nil {
			return err
		}
	}
	a.write(line)
	return nil
}

// propose answers with the mapping of files.
func (a *answer) propose(ctx context.Context, options loaders.Options) error {
	p, err := loaders.Propose(ctx, options)
	if err != nil {
		return err
	}
	var b strings.Builder
	if err := p.WriteYAML(&b); err != nil {
		return err
	}
	rename(p.Faults)
	m := Mapping{YAML: b.String(), Faults: p.Faults, Ignored: p.Ignored}
	if m.Faults == nil {
		m.Faults = []loaders.Fault{}
	}
	if m.Ignored == nil {
		m.Ignored = []string{}
	}
	a.write(Line{Mapping: &m})
	return nil
}

// load loads the files, or tries to, on record.
func (h *Handler) load(ctx context.Context, a *answer, options loaders.Options) (report *loaders.Report, err error) {
	entry := a.entry(access.Change, "load over HTTP")
	if options.DryRun {
		if err := h.Record.Try(entry); err != nil {
			return nil, err
		}
		return loaders.Load(ctx, options)
	}
	err = h.Record.Change(entry, func(outcome *access.Entry) (err error) {
		if report, err = loaders.Load(ctx, options); report != nil && report.Load != "" {
			outcome.Version, outcome.Detail = int64(report.Version), entry.Detail+" "+access.Nameable(report.Load)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return report, h.Renew(ctx, report.Version)
}

// entry begins an entry of the audit log.
func (a *answer) entry(action access.Action, detail string) access.Entry {
	return access.Entry{Who: a.visitor.Identity.Subject, Role: a.visitor.Identity.Role, Action: action, Detail: detail}
}

// sendBack makes the file of the rows that were left out, on record.
func (h *Handler) sendBack(a *answer, left *rejects, name string) (*Rejects, error) {
	data, err := left.rows.File(name)
	if err != nil {
		return nil, err
	}
	entry := a.entry(access.Export, "rejected rows of a load over HTTP")
	entry.Count = left.rows.Count()
	if err := h.Record.Export(entry); err != nil {
		return nil, err
	}
	return &Rejects{Name: name, Rows: left.rows.Count(), Beyond: left.beyond, Base64: base64.StdEncoding.EncodeToString(data)}, nil
}

// maxRejects is the most rows that are sent back.
const maxRejects = 10_000

// rejects are the rows that a load left out, the first of them whole.
type rejects struct {
	rows   show.Rejects
	count  int
	beyond int
}

func (r *rejects) add(row loaders.Reject) error {
	if r.count == maxRejects {
		r.beyond++
		return nil
	}
	r.count++
	return r.rows.Add(row)
}
