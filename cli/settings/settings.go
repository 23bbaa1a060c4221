// Package settings turns config.yaml, a file of settings, the environment and the
// flags into checked [Settings], and states where each value came from. It
// knows no command; cli and cli/service import it.
package settings

import (
	"cmp"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"liantu/access"
	"liantu/api"
	"liantu/graph"
	"liantu/graph/tuning"
	"liantu/message"
)

// Settings holds every setting. Each field is one key of config.yaml: the path
// of field names in lower snake case, so that Store.Path is store.path. A
// setting is added by adding its field here and its line there; a test holds
// the two together.
type Settings struct {
	Language string
	Store    Store
	Neo4j    Neo4j
	Server   Server
	Access   Access
	Limits   api.Config
	Gaps     tuning.Settings
	Log      Log
	Admin    Admin
	Tracing  Tracing
}

// Store says where the graph is.
type Store struct {
	Kind   string
	Path   string
	Secret string // hexadecimal digits, "" for the graph's own
}

// Neo4j says how to reach the database, with the store kind "neo4j".
type Neo4j struct {
	URI      string
	User     string
	Password string
	Database string
}

// Server says how GraphQL over HTTP is served.
type Server struct {
	Listen        string
	Refresh       time.Duration
	GetQueries    string
	Introspection string
	Graphiql      string
	Mcp           string
	Page          string
	Compression   string

	TrustedDocuments string
	TLS              TLS
	PublicURL        string
	TrustedProxies   string
	PlainHTTP        bool
	CORS             CORS
}

// Features says which parts of the interface are on. A setting "auto" stands
// for on as long as the service does not authenticate its callers.
func (c *Settings) Features() api.Features {
	on := func(Setting string) bool { return Setting == "on" || Setting == "auto" && c.Access.Mode == AccessNone }
	return api.Features{
		GetQueries: on(c.Server.GetQueries), Introspection: on(c.Server.Introspection), Explorer: on(c.Server.Graphiql),
		Compression: c.Server.Compression == "on", LocalNames: c.Access.Mode == AccessNone,
	}
}

// Log says what is logged and in which form.
type Log struct {
	Level  string
	Format string
}

// secretKeys are the settings that no command shows.
var secretKeys = []string{"store.secret", "neo4j.password", "admin.token"}

// rules holds what a setting must satisfy beyond its type.
var rules = map[string]func(value any) error{
	"language":                    OneOf("auto", "zh", "en"),
	"store.kind":                  OneOf("file", "neo4j"),
	"store.path":                  filled,
	"store.secret":                graphSecret,
	"neo4j.uri":                   boltURI,
	"neo4j.database":              filled,
	"server.listen":               listenAddress,
	"server.refresh":              positive,
	"server.get_queries":          OneOf("auto", "on", "off"),
	"server.introspection":        OneOf("auto", "on", "off"),
	"server.graphiql":             OneOf("auto", "on", "off"),
	"server.mcp":                  OneOf("on", "off"),
	"server.page":                 OneOf("on", "off"),
	"server.compression":          OneOf("on", "off"),
	"access.mode":                 OneOf(AccessNone, AccessRequired),
	"access.users":                filled,
	"access.audit":                filled,
	"access.session":              positive,
	"access.max_sessions":         positive,
	"access.reveals_per_request":  upTo(200), // as many as one entry of the audit log names
	"access.reveals_per_day":      positive,
	"server.public_url":           emptyOr(publicAddress),
	"server.trusted_proxies":      proxies,
	"server.cors.origins":         origins,
	"access.sessions_per_subject": positive,
	"access.oidc.token_type":      OneOf(access.TypeAccess, access.TypePlain),
	"access.oidc.max_lifetime":    positive,
	"admin.token":                 emptyOr(longToken),
	"limits.answer_bytes":         notNegative,
	"log.level":                   OneOf("debug", "info", "warn", "error"),
	"log.format":                  OneOf("text", "json"),
	"admin.listen":                emptyOr(listenAddress),
	"tracing.endpoint":            emptyOr(webAddress),
	"tracing.sample":              share,

	"limits.drain_delay":    notNegative,
	"limits.max_concurrent": notNegative,
	"limits.client_rate":    notNegative,
	"limits.denied_rate":    notNegative,
	"limits.slow_operation": notNegative,
}

// ruleFor returns the rule of a setting, or nil. Every limit without a
// rule of its own must be above zero.
func ruleFor(key string) func(any) error {
	if strings.HasPrefix(key, "limits.") && rules[key] == nil {
		return positive
	}
	return rules[key]
}

// checkTogether makes the checks across settings, and names for each fault where
// the value came from. A check needs every setting of its sections to be valid by
// itself; those with a faulty one are left out.
func (c *Settings) checkTogether(origin func(key string) string, faulty []string) []error {
	var faults []error
	for _, check := range []struct {
		sections []string
		faults   func() []error
	}{
		{[]string{"access.", "server."}, func() []error { return c.Access.check(&c.Server, origin) }},
		{[]string{"server."}, func() []error { return c.Server.check(origin) }},
		{[]string{"access.", "server."}, func() []error { return c.corsTogether(origin) }},
		{[]string{"limits."}, func() []error { return c.limitsTogether(origin) }},
		{[]string{"admin.", "server."}, func() []error { return c.Admin.check(&c.Server, origin) }},
		{[]string{"gaps."}, func() []error { return c.gapsTogether(origin) }},
	} {
		within := func(key string) bool {
			return slices.ContainsFunc(check.sections, func(section string) bool { return strings.HasPrefix(key, section) })
		}
		if !slices.ContainsFunc(faulty, within) {
			faults = append(faults, check.faults()...)
		}
	}
	return faults
}

// gapsTogether makes the checks of package gaps.
func (c *Settings) gapsTogether(origin func(key string) string) []error {
	var faults []error
	joined, ok := c.Gaps.Check().(interface{ Unwrap() []error })
	if !ok {
		return faults
	}
	for _, fault := range joined.Unwrap() {
		name, _, _ := strings.Cut("gaps."+fault.Error(), ":")
		from := origin(name)
		if section, _, several := strings.Cut(name, "*"); several { // a sum
			from = c.origins(section, origin)
		}
		faults = append(faults, message.Errorf("gaps.%w (from %s)", fault, from))
	}
	return faults
}

// origins names the places that set anything in a section.
func (c *Settings) origins(section string, origin func(key string) string) string {
	var places []string
	for _, leaf := range leavesOf(reflect.ValueOf(c).Elem(), "") {
		if place := origin(leaf.key); strings.HasPrefix(leaf.key, section) && place != "default" && !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	return cmp.Or(strings.Join(places, ", "), "default")
}

// settingFlags are the flags that overlay a setting on every command.
var settingFlags = []struct{ name, key, usage string }{
	{"lang", "language", "language of the output: zh, en or auto (by the locale)"},
	{"store", "store.kind", "where the graph is stored: file or neo4j"},
	{"file", "store.path", "the graph file, with --store file"},
	{"neo4j-uri", "neo4j.uri", "address of Neo4j, with --store neo4j"},
	{"neo4j-user", "neo4j.user", "user of Neo4j; the password is read from LIANTU_NEO4J_PASSWORD"},
	{"neo4j-database", "neo4j.database", "database of Neo4j"},
	{"log-level", "log.level", "least level that is logged: debug, info, warn or error"},
	{"log-format", "log.format", "form of the log: text or json"},
}

// OneOf returns the rule that a value is one of some words. Its error reads on
// after the value.
func OneOf(allowed ...string) func(any) error {
	return func(value any) error {
		text := fmt.Sprint(value)
		if slices.Contains(allowed, text) {
			return nil
		}
		return message.Errorf("is not one of %s%s", strings.Join(allowed, ", "), DidYouMean(text, allowed))
	}
}

// graphSecret is the rule for the secret of a graph. Its error does not repeat it.
func graphSecret(value any) error {
	_, err := graph.ParseSecret(fmt.Sprint(value))
	return err
}

func filled(value any) error {
	if value == "" {
		return message.Errorf("is empty")
	}
	return nil
}

func positive(value any) error {
	v := reflect.ValueOf(value)
	if v.CanInt() && v.Int() > 0 || v.CanFloat() && v.Float() > 0 {
		return nil
	}
	return message.Errorf("is not above zero")
}

// upTo returns the rule that a number is above zero and at most a limit.
func upTo(limit int64) func(any) error {
	return func(value any) error {
		if v := reflect.ValueOf(value); v.CanInt() && v.Int() > limit {
			return message.Errorf("is above %d", limit)
		}
		return positive(value)
	}
}

func notNegative(value any) error {
	if v := reflect.ValueOf(value); v.CanInt() && v.Int() >= 0 {
		return nil
	}
	return message.Errorf("is below zero")
}

func boltURI(value any) error {
	schemes := []string{"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"}
	u, err := url.Parse(value.(string))
	if err != nil || u.Host == "" || !slices.Contains(schemes, u.Scheme) {
		return message.Errorf("is not an address such as neo4j://host:7687")
	}
	return nil
}

func listenAddress(value any) error {
	_, port, err := net.SplitHostPort(value.(string))
	if err != nil {
		return message.Errorf("is not an address such as 127.0.0.1:8080")
	}
	if _, err := net.LookupPort("tcp", port); err != nil {
		return message.Errorf("has the port %q, which is neither a number up to 65535 nor a service name", port)
	}
	return nil
}

// snake converts a field name to a key: MinGrade to min_grade, URI to uri.
func snake(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		starts := i > 0 && unicode.IsUpper(r) &&
			(!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if starts {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// shortPath shows a path relative to the working directory where it is below.
func shortPath(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		if here, err := filepath.Abs("."); err == nil {
			if rel, err := filepath.Rel(here, abs); err == nil && filepath.IsLocal(rel) {
				return rel
			}
		}
	}
	return path
}
