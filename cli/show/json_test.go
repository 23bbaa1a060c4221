package show

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestLayOut(t *testing.T) {
	long := strings.Repeat("环节", 40)
	for _, c := range []struct{ name, in, want string }{
		{"what fits stays in a line, members in their order", `{"b":1,"a":[true,null,"x<y"]}`, `{"b": 1, "a": [true, null, "x<y"]}`},
		{"what does not fit is broken", `{"a":"` + long + `","b":{"c":1}}`, "{\n  \"a\": \"" + long + "\",\n  \"b\": {\"c\": 1}\n}"},
		{"numbers stay as they are written", `[1.50, 1e3, 12345678901234567890]`, `[1.50, 1e3, 12345678901234567890]`},
		{"nothing in it", `{"a":{},"b":[]}`, `{"a": {}, "b": []}`},
	} {
		got, err := LayOut([]byte(c.in))
		if err != nil || got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s\n%v", c.name, got, c.want, err)
		}
	}
	for _, in := range []string{"", "{", `{"a":1}x`, "[1,]"} {
		if got, err := LayOut([]byte(in)); err == nil {
			t.Errorf("LayOut(%q) = %q, want an error", in, got)
		}
	}
}

// FuzzLayOut holds that laying out changes nothing but the blanks.
func FuzzLayOut(f *testing.F) {
	for _, seed := range []string{`{"a":[1,{"b":"链图"}]}`, `"\u2028"`, `[]`, `{"a":1,"a":2}`, `-0.0`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		laid, err := LayOut([]byte(in))
		if (err == nil) != json.Valid([]byte(in)) {
			t.Fatalf("LayOut(%q): %v", in, err)
		}
		if err != nil {
			return
		}
		again, err := LayOut([]byte(laid))
		if err != nil || again != laid {
			t.Fatalf("laid out twice %q is %q: %v", laid, again, err)
		}
		want, got := new(bytes.Buffer), new(bytes.Buffer)
		if err := json.Compact(want, normal(t, in)); err != nil {
			t.Fatal(err)
		}
		if err := json.Compact(got, normal(t, laid)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want.Bytes(), got.Bytes()) {
			t.Fatalf("%s became %s", want, got)
		}
	})
}

// normal writes JSON with its numbers as they are and its texts in one way.
func normal(t *testing.T, text string) []byte {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
