package api_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"liantu/api"
)

// FuzzQuickRead compares the quick reader of bodies with encoding/json, which must
// read whatever the quick reader reads in the same way.
func FuzzQuickRead(f *testing.F) {
	for _, body := range []string{
		`{"query":"{ a }"}`, "{ \"query\" : \"a\\n\\\"b\\\"\\\\\\/\" ,\r\n\t\"variables\":{\"id\":\"330100\",\"n\":-7,\"t\":true,\"f\":false,\"o\":null}, \"operationName\":\"杭州\"} ",
		`{"query":"a","query":"b"}`, `{"Query":"a"}`, `{"query":"\u0041"}`, `{"query":null}`, `{"query":"a","variables":null}`, `{"query":"a","variables":{}}`,
		`{"variables":{"a":{"b":1}}}`, `{"variables":{"a":[1]}}`, `{"variables":{"a":1.5}}`, `{"variables":{"a":01}}`, `{"variables":{"a":-}}`, `{"variables":{"a":-0}}`,
		`{"variables":{"a":1,"a":2}}`, `{"variables":{"a":truex}}`, `{"variables":{"a":12`, `{"query":"` + "\xff" + `"}`, "{\"query\":\"a\x01\"}", `{"query":"a"}{}`, `{"query":"a",}`,
		`{`, ``, `{}`, `[]`, `{"documentId":"sha256:aa","extensions":{"minVersion":3}}`, `{"query":"\`, `{"other":1}`, `{"query":"\é"}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		quick, ok := api.QuickRead(body)
		if !ok {
			return
		}
		var want api.Request
		d := json.NewDecoder(bytes.NewReader(body))
		d.UseNumber()
		if err := d.Decode(&want); err != nil || len(bytes.TrimSpace(body[d.InputOffset():])) > 0 {
			t.Fatalf("%q is read, and no JSON: %v", body, err)
		}
		if !reflect.DeepEqual(quick, want) {
			t.Fatalf("%q: %#v, want %#v", body, quick, want)
		}
	})
}

// TestQuickReadTakesTheCommonForm checks that the quick reader is used at all.
func TestQuickReadTakesTheCommonForm(t *testing.T) {
	for _, body := range []string{
		`{"query":"query($id: ID!) {\n  region(id: $id) { name }\n}","variables":{"id":"330100","first":5},"operationName":"Q"}`,
		`{ "query": "{ meta { version } }" }`,
	} {
		if _, ok := api.QuickRead([]byte(body)); !ok {
			t.Errorf("%s is left to the other", body)
		}
	}
}
