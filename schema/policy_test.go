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
purposes:
  - code: Stroll
    label: {zh: 散步}
    roles: [viewer]
    consent: perhaps
`
	_, err := schema.ReadPolicy([]byte(text))
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`role "steward" is missing`, `role "king" is unknown`, `right "fly" is unknown`, `scope "world" is unknown`,
		"personal has no access", "internal cannot be \"mask\"", `"whisper" is not one of`, "has no questions", `"beyond" without a scope`,
		"not in capital letters", `purpose "Stroll" needs a label`, `consent "perhaps"`, `purpose "Stroll" opens nothing`, `the role "viewer" sees no personal values`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q:\n%v", want, err)
		}
	}
	if _, err := schema.ReadPolicy([]byte("roles:\n  - nam: x\n")); err == nil {
		t.Error("an unknown key passes")
	}
}

// TestPurposesOpenWhatIsPersonal checks the list of purposes against the model: each
// opens personal properties that exist, and the notes about persons are opened at the
// request of the person alone.
func TestPurposesOpenWhatIsPersonal(t *testing.T) {
	model, policy := schema.Default(), schema.DefaultPolicy()
	if len(policy.Purposes) == 0 {
		t.Fatal("there is no purpose")
	}
	for _, p := range policy.Purposes {
		for _, of := range p.Opens {
			for _, name := range of {
				kind, property, named := strings.Cut(name, ".")
				k := model.Kind(kind)
				if !named && k != nil && k.IsEdge() && p.OpensEdges(kind) && !p.Discloses(kind, "role") {
					continue
				}
				if k == nil || k.Property(property) == nil || k.Property(property).Sensitivity != schema.Personal {
					t.Errorf("%s opens %s, which is no personal property", p.Code, name)
				}
				if !p.Discloses(kind, property) || p.Discloses(kind, property+"x") {
					t.Errorf("%s: Discloses misjudges %s", p.Code, name)
				}
			}
		}
		for _, text := range []string{p.Code, strings.ToLower(p.Code), p.Label.Zh, " " + p.Label.En + " "} {
			if policy.FindPurpose(text) != p {
				t.Errorf("%q does not name %s", text, p.Code)
			}
		}
		if p.Permits(schema.RoleAdmin) || p.Permits(schema.RoleViewer) || p.Permits(schema.RoleAnonymous) || p.Permits(schema.RoleIntermediary) {
			t.Errorf("%s is for a role that has no use for it", p.Code)
		}
		if p.OpensEdges("FEEDS") {
			t.Errorf("%s opens edges that it does not name", p.Code)
		}
		if p.Identifies(model.Kind("Person")) != (p.Discloses("Person", "employer") && p.Discloses("Person", "native_region")) {
			t.Errorf("%s: Identifies misjudges", p.Code)
		}
		if notes := p.Discloses("Person", "description"); notes != (p.Code == "RECTIFICATION") {
			t.Errorf("%s opens the notes about a person: %t", p.Code, notes)
		}
	}
	if policy.FindPurpose("约见") != nil || policy.FindPurpose("") != nil || policy.FindPurpose("x") != nil {
		t.Error("free text is a purpose")
	}
}
