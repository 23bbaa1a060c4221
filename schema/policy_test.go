package schema_test

import (
	"strings"
	"testing"

	"liantu/schema"
)

func TestPolicyIsWhole(t *testing.T) {
	p := schema.DefaultPolicy()
	if len(p.Roles) != len(schema.Roles) {
		t.Fatalf("%d roles, want %d", len(p.Roles), len(schema.Roles))
	}
	for _, name := range schema.Roles {
		if p.Role(name) == nil {
			t.Errorf("role %q is missing", name)
		}
	}
}

// TestPersonalIsNeverShownToLowRoles holds whatever else changes in the table.
func TestPersonalIsNeverShownToLowRoles(t *testing.T) {
	p := schema.DefaultPolicy()
	for _, c := range []struct {
		role   schema.Role
		within bool
		want   []schema.Access
	}{
		{schema.RoleAnonymous, true, []schema.Access{schema.Mask, schema.Refuse}},
		{schema.RoleViewer, true, []schema.Access{schema.Refuse}},
		{schema.RoleIntermediary, false, []schema.Access{schema.Refuse}},
		{schema.RoleStrategist, false, []schema.Access{schema.Refuse}},
		{schema.RoleStrategist, true, []schema.Access{schema.Audit, schema.Mask}},
		{schema.RoleSteward, true, []schema.Access{schema.Audit, schema.Mask}},
		{schema.RoleAdmin, true, []schema.Access{schema.Mask, schema.Refuse}},
	} {
		got := p.Role(c.role).See(schema.Personal, c.within)
		ok := false
		for _, w := range c.want {
			ok = ok || got == w
		}
		if !ok {
			t.Errorf("%s, within %v: %q, want one of %q", c.role, c.within, got, c.want)
		}
	}
}

func TestReadPolicyReportsFaults(t *testing.T) {
	const text = `roles:
  - name: viewer
    label: {zh: 查看者, en: viewer}
    description: {zh: 看, en: sees}
    sees: {public: show, internal: mask}
    beyond: {public: show}
    questions: [all]
    may: [fly]
  - name: king
    label: {zh: 王, en: king}
    description: {zh: 王, en: king}
    scope: world
    sees: {public: show, internal: show, personal: whisper}
    questions: []
`
	_, err := schema.ReadPolicy([]byte(text))
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`role "steward" is missing`, `role "king" is unknown`, `right "fly" is unknown`, `scope "world" is unknown`,
		"personal has no access", "internal cannot be \"mask\"", `"whisper" is not one of`, "has no questions", `"beyond" without a scope`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q:\n%v", want, err)
		}
	}
	if _, err := schema.ReadPolicy([]byte("roles:\n  - nam: x\n")); err == nil {
		t.Error("an unknown key passes")
	}
}
