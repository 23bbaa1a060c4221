package settings

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"liantu/api"
	"liantu/graph/tuning"
)

// defaults is the text of config.yaml.
func defaults(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestConfigFileHoldsEverySetting holds config.yaml and the struct together.
func TestConfigFileHoldsEverySetting(t *testing.T) {
	v := viper.New()
	v.SetConfigType("yaml")
	if err := v.ReadConfig(strings.NewReader(defaults(t))); err != nil {
		t.Fatal(err)
	}
	var cfg Settings
	fields := leavesOf(reflect.ValueOf(&cfg).Elem(), "")
	known := make([]string, len(fields))
	for i, leaf := range fields {
		known[i] = leaf.key
		if !v.IsSet(leaf.key) {
			t.Errorf("config.yaml lacks %s", leaf.key)
		}
	}
	for _, key := range v.AllKeys() {
		if !slices.Contains(known, key) {
			t.Errorf("config.yaml has %s, which no setting reads", key)
		}
	}
	for _, key := range append(slices.Sorted(maps.Keys(rules)), secretKeys...) {
		if !slices.Contains(known, key) {
			t.Errorf("there is a rule for %s, which is no setting", key)
		}
	}
}

// TestDefaultsAgree holds config.yaml and the defaults that packages give to
// their other callers together.
func TestDefaultsAgree(t *testing.T) {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	AddFlags(flags)
	cfg, _, err := Read(defaults(t), flags)
	if err != nil {
		t.Fatal(err)
	}
	if want := tuning.Default(); cfg.Gaps != want {
		t.Errorf("config.yaml has the gap settings\n%+v, the package\n%+v", cfg.Gaps, want)
	}
	if want := api.DefaultConfig(); cfg.Limits != want {
		t.Errorf("config.yaml has the limits\n%+v, the package\n%+v", cfg.Limits, want)
	}
}

func TestEverySettingIsCommented(t *testing.T) {
	lines := strings.Split(defaults(t), "\n")
	for i, line := range lines {
		trimmed := strings.TrimSpace(line)
		section := strings.HasSuffix(trimmed, ":")
		if trimmed == "" || strings.HasPrefix(trimmed, "#") || section {
			continue
		}
		// The comment is above, or the setting follows one of its group directly.
		if i == 0 || strings.TrimSpace(lines[i-1]) == "" {
			t.Errorf("config.yaml:%d: %q has no comment", i+1, trimmed)
		}
	}
}

func TestSnake(t *testing.T) {
	for name, want := range map[string]string{
		"Listen": "listen", "URI": "uri", "MinGrade": "min_grade", "MaxBodyBytes": "max_body_bytes",
		"LQWeak": "lq_weak", "Neo4j": "neo4j", "Top1": "top1",
	} {
		if got := snake(name); got != want {
			t.Errorf("snake(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"aiot", "biomed", "equipment", "materials", "energy"}
	for _, c := range []struct {
		word string
		want []string
	}{
		{"biomad", []string{"biomed"}},
		{"Enregy", []string{"energy"}},
		{"zzzzzz", []string{}},
	} {
		if got := nearest(c.word, known, 2); !slices.Equal(got, c.want) {
			t.Errorf("nearest(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}
