package api_test

import (
	"fmt"
	"strings"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/schema"
)

const viewerQuery = `{ viewer { name role roleLabel { en } rights purposes { code } scoped regions { code } ecosystems { code } intermediary } }`

// TestEachCallerLearnsWhoItIs asks in every role, two strategists of one scope one after
// the other, since equal questions of equal scopes share their answers.
func TestEachCallerLearnsWhoItIs(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	strategist := func(name string) *access.Identity {
		return &access.Identity{Subject: "user:" + name, Name: name, Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"330100"}, Ecosystems: []string{"*"}}}
	}
	for _, tt := range []struct {
		id   *access.Identity
		want string
	}{
		{nil, "map[ecosystems:[] intermediary:<nil> name:local purposes:[] regions:[] rights:[WORK LOAD] role:ANONYMOUS roleLabel:map[en:local user] scoped:false]"},
		{callerOf(schema.RoleViewer), "purposes:[] regions:[] rights:[] role:VIEWER roleLabel:map[en:viewer] scoped:false]"},
		{&access.Identity{Name: "a", Role: schema.RoleIntermediary, Scope: access.Scope{Intermediary: "own-agency"}}, "intermediary:own-agency name:a purposes:[] regions:[] rights:[] role:INTERMEDIARY roleLabel:map[en:intermediary] scoped:true]"},
		{strategist("li"), "map[ecosystems:[map[code:aiot]] intermediary:<nil> name:li purposes:[map[code:INTRODUCTION] map[code:VISIT] map[code:INVITATION] map[code:CONSENT]] regions:[map[code:330100]] rights:[WORK] role:STRATEGIST roleLabel:map[en:strategist] scoped:true]"},
		{strategist("wang"), "name:wang purposes"},
		{callerOf(schema.RoleSteward), "rights:[WORK LOAD STEWARD] role:STEWARD"},
		{callerOf(schema.RoleAdmin), "purposes:[] regions:[] rights:[MANAGE] role:ADMIN"},
	} {
		answer := ask(t, s, api.Request{Query: viewerQuery, Identity: tt.id})
		if got := fmt.Sprint(at(t, answer, "data", "viewer")); answer["errors"] != nil || !strings.Contains(got, tt.want) {
			t.Errorf("got  %s %v\nwant %s", got, answer["errors"], tt.want)
		}
	}
}

// TestTheLocalUserIsAViewer asks over HTTP.
func TestTheLocalUserIsAViewer(t *testing.T) {
	answer := over(t, serve(t, newSampleServer(t)), viewerQuery, nil)
	if at(t, answer, "data", "viewer", "role") != "ANONYMOUS" {
		t.Errorf("got %v", answer)
	}
}
