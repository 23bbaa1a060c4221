package disclosure_test

import (
	"slices"
	"strings"
	"testing"

	"liantu/api/disclosure"
	"liantu/api/fault"
	"liantu/message"
	"liantu/schema"
)

// TestPurposeOf reads purposes and notes, and shows what of them is recorded.
func TestPurposeOf(t *testing.T) {
	long := strings.Repeat("约", 200)
	for _, c := range []struct {
		name          string
		purpose, note any
		role          schema.Role
		recorded      string
		refused       fault.Code
	}{
		{"none", nil, "王小明", schema.RoleSteward, "", ""},
		{"empty", "", nil, schema.RoleViewer, "", ""},
		{"a code", "VISIT", nil, schema.RoleSteward, "VISIT", ""},
		{"a code in small letters", " visit ", nil, schema.RoleStrategist, "VISIT", ""},
		{"a Chinese label", "拜访约见", "", schema.RoleSteward, "VISIT", ""},
		{"an English label", "Asking for consent", nil, schema.RoleSteward, "CONSENT", ""},
		{"a note", "VISIT", " 约见 13812345678 ", schema.RoleSteward, "VISIT: 约见 138****5678", ""},
		{"the longest note", "VISIT", long, schema.RoleSteward, "VISIT: " + long, ""},
		{"free text", "约见", nil, schema.RoleSteward, "", fault.CodeInput},
		{"one letter", "x", nil, schema.RoleSteward, "", fault.CodeInput},
		{"free text of an admin", "王小明", nil, schema.RoleAdmin, "", fault.CodeInput},
		{"a number", 1, nil, schema.RoleSteward, "", fault.CodeInput},
		{"a note too long", "VISIT", long + "约", schema.RoleSteward, "", fault.CodeInput},
		{"a note of two lines", "VISIT", "two\nlines", schema.RoleSteward, "", fault.CodeInput},
		{"a note with a separator of lines", "VISIT", "two\u2028lines", schema.RoleSteward, "", fault.CodeInput},
		{"a note that is no text", "VISIT", 7, schema.RoleSteward, "", fault.CodeInput},
		{"a note that is not UTF-8", "VISIT", "\xff", schema.RoleSteward, "", fault.CodeInput},
		{"a purpose of stewards", "VERIFICATION", nil, schema.RoleStrategist, "", fault.CodeForbidden},
		{"an admin", "VISIT", nil, schema.RoleAdmin, "", fault.CodeForbidden},
		{"a viewer", "VISIT", nil, schema.RoleViewer, "", fault.CodeForbidden},
		{"the local user", "VISIT", nil, schema.RoleAnonymous, "", fault.CodeForbidden},
		{"an intermediary", "VISIT", nil, schema.RoleIntermediary, "", fault.CodeForbidden},
	} {
		got, f := disclosure.PurposeOf(map[string]any{"purpose": c.purpose, "note": c.note}, c.role, nil)
		code := fault.Code("")
		if f != nil {
			code = f.Shown(message.English).Code()
		}
		if got.String() != c.recorded || code != c.refused || got.None() != (c.recorded == "") {
			t.Errorf("%s: %q, refused %q; want %q, %q", c.name, got, code, c.recorded, c.refused)
		}
	}
}

// TestUnknownPurposeIsHelped reads the refusal of free text: it lists the purposes of
// the role, in both languages, and does not repeat what may be a name.
func TestUnknownPurposeIsHelped(t *testing.T) {
	_, f := disclosure.PurposeOf(map[string]any{"purpose": "约见王小明"}, schema.RoleStrategist, nil)
	if f == nil {
		t.Fatal("free text is a purpose")
	}
	want := "extensions.purpose is none of the purposes INTRODUCTION (introduction), VISIT (visit), INVITATION (invitation), CONSENT (asking for consent); choose one, and write in extensions.note what it is for"
	if f.Error() != want {
		t.Errorf("got  %s\nwant %s", f, want)
	}
	shown := f.Shown(message.Chinese)
	if codes, _ := shown.Extensions["purposes"].([]string); !slices.Equal(codes, []string{"INTRODUCTION", "VISIT", "INVITATION", "CONSENT"}) {
		t.Errorf("the error lists %q", codes)
	}
	if !strings.Contains(shown.Message, "VISIT（拜访约见）") || strings.Contains(shown.Message, "王小明") {
		t.Errorf("in Chinese: %s", shown.Message)
	}
}
