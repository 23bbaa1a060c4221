package cli

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"liantu/access"
)

// form is a request with files: pairs of the name of a part and its text, where the part
// file is followed by the name of the file, too.
func form(t *testing.T, parts ...string) (body []byte, media string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for len(parts) > 0 {
		var part io.Writer
		var err error
		if parts[0] == "file" {
			part, err = w.CreateFormFile("file", parts[1])
			parts = parts[1:]
		} else {
			part, err = w.CreateFormField(parts[0])
		}
		if err == nil {
			_, err = io.WriteString(part, parts[1])
		}
		if err != nil {
			t.Fatal(err)
		}
		parts = parts[2:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), w.FormDataContentType()
}

// upload sends a form as a user and returns the status and the last line of the answer.
func (g *guarded) upload(t *testing.T, user, step string, head []string, parts ...string) (int, string) {
	t.Helper()
	body, media := form(t, parts...)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, g.url+"/load?"+step, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", media)
	if user != "" {
		r.Header.Set("Authorization", "Bearer "+g.keys[user])
	}
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	status, answer := send(t, http.DefaultClient, r)
	last := ""
	for lines := bufio.NewScanner(strings.NewReader(answer)); lines.Scan(); {
		if !json.Valid(lines.Bytes()) {
			t.Fatalf("not a line of JSON: %s", lines.Text())
		}
		last = lines.Text()
	}
	return status, last
}

// newCompanies is a list with a company that is new, and a row at fault.
const newCompanies = "企业名称,员工人数,注册地,闲话\n星河上传有限公司,12,330100,x\n乙水上传有限公司,许多,330100,y\n"

// TestFilesAreLoadedOverHTTP maps, previews and applies a list as a steward: nothing is
// written before it is applied, and the next answer has it.
func TestFilesAreLoadedOverHTTP(t *testing.T) {
	t.Setenv("LIANTU_SERVER_REFRESH", "1h")
	g := serveGuarded(t)
	known := func() bool {
		t.Helper()
		_, body := g.ask(t, http.DefaultClient, "Bearer "+g.keys["kan"], `{ company(id: "星河上传有限公司") { name } }`, "")
		return !strings.Contains(body, "NOT_FOUND")
	}
	options := `{"source": "测试名单", "asOf": "2026-11", "grade": "b"}`
	status, got := g.upload(t, "wang", "step=map", nil, "options", options, "file", "名单.csv", newCompanies)
	var mapped struct {
		Mapping struct{ YAML string }
	}
	if err := json.Unmarshal([]byte(got), &mapped); err != nil || status != http.StatusOK || !strings.Contains(mapped.Mapping.YAML, "闲话") {
		t.Fatalf("mapping: %d %s", status, got)
	}
	parts := []string{"options", options, "mapping", mapped.Mapping.YAML, "file", "名单.csv", newCompanies}
	status, got = g.upload(t, "wang", "", nil, parts...)
	if status != http.StatusOK || !strings.Contains(got, `"dryRun":true`) || !strings.Contains(got, `"complete":false`) || known() {
		t.Fatalf("preview, known %t: %d %s", known(), status, got)
	}
	status, got = g.upload(t, "wang", "step=apply&rejects=csv", []string{"Accept-Language", "zh"}, parts...)
	var applied struct {
		Report  struct{ Load string }
		Rejects struct {
			Rows   int
			Base64 []byte
		}
	}
	if err := json.Unmarshal([]byte(got), &applied); err != nil || status != http.StatusOK || !known() {
		t.Fatalf("applied, known %t: %d %s", known(), status, got)
	}
	if back := string(applied.Rejects.Base64); applied.Rejects.Rows != 1 || !strings.Contains(back, "乙水上传有限公司,许多") || !strings.Contains(back, "E_BAD_VALUE") {
		t.Errorf("rejects are %d: %s", applied.Rejects.Rows, back)
	}
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "liantu-load-*")); err != nil || len(left) > 0 {
		t.Errorf("files are left: %v, error %v", left, err)
	}
	var on []string
	for _, e := range g.entries(t) {
		if e.Who == "user:wang" {
			on = append(on, string(e.Action)+" "+e.Detail)
		}
	}
	for _, want := range []string{"load over HTTP: tried only", "load over HTTP", "load over HTTP " + access.Nameable(applied.Report.Load) + ": done", "rejected rows of a load over HTTP"} {
		if !strings.Contains(strings.Join(on, "\n")+"\n", " "+want+"\n") {
			t.Errorf("not on record: %q in %q", want, on)
		}
	}
}

// entries are those of the audit log.
func (g *guarded) entries(t *testing.T) (list []access.Entry) {
	t.Helper()
	data, err := os.ReadFile(g.audit)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
		var e access.Entry
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

// TestWhoMayNotLoadOverHTTP sends files without the right, without credentials, and for a
// page of another site.
func TestWhoMayNotLoadOverHTTP(t *testing.T) {
	g := serveGuarded(t)
	list := []string{"file", "名单.csv", newCompanies}
	before := g.version(t)
	for name, c := range map[string]struct {
		user   string
		head   []string
		status int
		code   string
	}{
		"no credentials":         {"", nil, 401, "UNAUTHENTICATED"},
		"viewer":                 {"kan", nil, 403, "FORBIDDEN"},
		"strategist":             {"li", nil, 403, "FORBIDDEN"},
		"page of another site":   {"wang", []string{"Sec-Fetch-Site", "cross-site"}, 403, "CROSS_SITE"},
		"form of another site":   {"wang", []string{"Origin", "http://elsewhere.example"}, 403, "CROSS_SITE"},
		"a steward of the house": {"wang", []string{"Sec-Fetch-Site", "same-origin"}, 200, ""},
	} {
		status, got := g.upload(t, c.user, "step=preview", c.head, list...)
		if status != c.status || !strings.Contains(got, c.code) {
			t.Errorf("%s: %d %s", name, status, got)
		}
	}
	if after := g.version(t); after != before {
		t.Errorf("the version went from %d to %d", before, after)
	}
	denied := 0
	for _, e := range g.entries(t) {
		if e.Action == access.Denied && e.Detail == "load over HTTP" {
			denied++
		}
	}
	if denied != 2 {
		t.Errorf("%d denied tries are on record", denied)
	}
}

// TestFaultyUploads sends requests that are refused, each with a reason that a client can
// act on.
func TestFaultyUploads(t *testing.T) {
	t.Setenv("LIANTU_LIMITS_MAX_LOAD_BYTES", "20000")
	g := serveGuarded(t)
	file := []string{"file", "a.csv", newCompanies}
	for name, c := range map[string]struct {
		step   string
		parts  []string
		status int
		text   string
	}{
		"step":             {"step=all", file, 400, "step is map, preview or apply"},
		"rejects":          {"rejects=pdf", file, 400, "rejects is csv or xlsx"},
		"no file":          {"", nil, 400, "has no file"},
		"unknown option":   {"", append([]string{"options", `{"sauce": "x"}`}, file...), 400, "sauce"},
		"option of a type": {"", append([]string{"options", `{"headerRow": "x"}`}, file...), 400, "headerRow cannot be a JSON string"},
		"two options":      {"", append([]string{"options", `{} {"kind": "Company"}`}, file...), 400, "more than one JSON object"},
		"line below zero":  {"", append([]string{"options", `{"headerRow": -7}`}, file...), 400, "headerRow is -7"},
		"no options":       {"", append([]string{"options", `[]`}, file...), 400, "it is a JSON array"},
		"unknown part":     {"", append([]string{"extra", "x"}, file...), 400, "not \\\"extra\\\""},
		"moment":           {"", append([]string{"modified", "yesterday"}, file...), 400, "2026-03-31T08:00:00+08:00"},
		"twice":            {"", append(file, file...), 400, "two files have the name"},
		"no name":          {"", []string{"file", "..", newCompanies}, 400, "a file needs a name"},
		"too long":         {"", []string{"file", "a.csv", strings.Repeat("x", 30_000)}, 413, "BODY_TOO_LARGE"},
		"mapping":          {"", append([]string{"mapping", "files: 3"}, file...), 200, `cannot unmarshal !!int ` + "`3`" + `"`},
		"not understood":   {"step=map", []string{"file", "a.csv", "甲,乙\n1,2\n"}, 200, `"error":{"message":"mapping: no file is recognised"`},
		"grade":            {"", append([]string{"options", `{"grade": "Z"}`}, file...), 200, `"error":`},
		"scope alone":      {"", append([]string{"options", `{"scope": "bio-medicine"}`}, file...), 200, `scope and completeOn say what of a list is complete; give population and completeIn`},
		"nothing stated":   {"", []string{"options", `{"kind": "Company"}`, "file", "list.csv", "name,province\n甲公司,浙江\n"}, 200, `; state your own with `},
		"day to come":      {"", append([]string{"options", `{"asOf": "2999"}`}, file...), 200, `"error":`},
		"a broken archive": {"", []string{"file", "a.zip", "PK\x03\x04 nothing"}, 200, `"`},
	} {
		status, got := g.upload(t, "wang", c.step, nil, c.parts...)
		if status != c.status || !strings.Contains(got, c.text) || strings.Contains(got, "INTERNAL") || strings.Contains(got, os.TempDir()) || strings.Contains(got, "--") {
			t.Errorf("%s: %d %s", name, status, got)
		}
	}
	if status, got := g.sendPlain(t, "text/plain", "x"); status != http.StatusUnsupportedMediaType {
		t.Errorf("plain text: %d %s", status, got)
	}
	if status, got := g.upload(t, "wang", "", []string{"Content-Encoding", "gzip"}, file...); status != http.StatusUnsupportedMediaType || !strings.Contains(got, "gzip itself") {
		t.Errorf("a packed body: %d %s", status, got)
	}
}

func (g *guarded) sendPlain(t *testing.T, media, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, g.url+"/load", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", media)
	r.Header.Set("Authorization", "Bearer "+g.keys["wang"])
	return send(t, http.DefaultClient, r)
}

// held is a body that a server waits for: its first read says that the server has begun to
// take it in.
type held struct {
	begun chan<- struct{}
	until <-chan struct{}
}

func (h *held) Read([]byte) (int, error) {
	h.begun <- struct{}{}
	<-h.until
	return 0, io.EOF
}

// TestUploadsAreBounded has four clients send files without an end; a fifth is sent away.
func TestUploadsAreBounded(t *testing.T) {
	g := serveGuarded(t)
	begun, until, done := make(chan struct{}), make(chan struct{}), make(chan error)
	client := &http.Client{Transport: &http.Transport{ExpectContinueTimeout: 1 << 40}}
	for range 4 {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, g.url+"/load", &held{begun, until})
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		r.Header.Set("Expect", "100-continue")
		r.Header.Set("Authorization", "Bearer "+g.keys["wang"])
		go func() {
			response, err := client.Do(r)
			if err == nil {
				err = response.Body.Close()
			}
			done <- err
		}()
		<-begun
	}
	if status, got := g.upload(t, "wang", "", nil, "file", "a.csv", newCompanies); status != http.StatusServiceUnavailable || !strings.Contains(got, "OVERLOADED") {
		t.Errorf("a fifth client: %d %s", status, got)
	}
	close(until)
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if status, got := g.upload(t, "wang", "", nil, "file", "a.csv", newCompanies); status != http.StatusOK {
		t.Errorf("afterwards: %d %s", status, got)
	}
}

// TestLocalUserLoadsOverHTTP loads a list without accounts, as the command does.
func TestLocalUserLoadsOverHTTP(t *testing.T) {
	t.Setenv("LIANTU_STORE_PATH", sampleFile(t))
	g := &guarded{served: serve(t, "serve")}
	status, got := g.upload(t, "", "step=apply&rejects=xlsx", nil, "modified", "2026-03-01T00:00:00Z", "file", "名单.csv", newCompanies)
	var applied struct {
		Rejects struct{ Base64 string }
	}
	if err := json.Unmarshal([]byte(got), &applied); err != nil || status != http.StatusOK || !strings.Contains(got, "2026-03-01") {
		t.Fatalf("%d %s", status, got)
	}
	if data, err := base64.StdEncoding.DecodeString(applied.Rejects.Base64); err != nil || !bytes.HasPrefix(data, []byte("PK")) {
		t.Errorf("rejects are no workbook: %v", err)
	}
}

// TestFilesOfKilledServicesAreRemoved starts a service where an earlier one left the files of
// a load, and another one may be receiving some.
func TestFilesOfKilledServicesAreRemoved(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	old, fresh := filepath.Join(dir, "liantu-load-1"), filepath.Join(dir, "liantu-load-2")
	for _, folder := range []string{old, fresh} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "名单.csv"), []byte(newCompanies), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(old, before, before); err != nil {
		t.Fatal(err)
	}
	serveGuarded(t)
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what an earlier service left is there: %v", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("what another service may need is gone: %v", err)
	}
}
