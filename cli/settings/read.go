package settings

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"liantu/message"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"
	"go.yaml.in/yaml/v3"
)

// Setting is one setting as config show prints it.
type Setting struct {
	Key    string `json:"key"`
	Value  string `json:"value"` // masked where it is secret
	Origin string `json:"from"`  // default, file and line, environment variable or flag
}

// envPrefix starts the name of every environment variable that the program
// reads. What begins with testPrefix belongs to the tests.
const (
	envPrefix  = "LIANTU_"
	testPrefix = "LIANTU_TEST_"
)

// TokenEnv is the environment variable for --token. It is the safer place, since
// flags show in lists of processes.
const TokenEnv = envPrefix + "TOKEN"

func envName(key string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// AddFlags adds the flags that every command has: the file of settings, and
// those that overlay a setting.
func AddFlags(flags *pflag.FlagSet) {
	flags.String("config", "", "file of settings (default ./liantu.yaml, if it is there)")
	for _, f := range settingFlags {
		AddFlag(flags, f.name, f.key, f.usage)
	}
}

// AddFlag adds a flag that overlays the setting with the given key.
func AddFlag(flags *pflag.FlagSet, name, key, usage string) {
	flags.String(name, "", usage)
	flags.Lookup(name).Annotations = map[string][]string{"setting": {key}}
}

// Read overlays the defaults, the text of config.yaml, with a file, the
// environment and the flags, in this order, and checks the outcome. It returns
// the settings, and each with its origin in order of the fields. The error names
// every fault, each with the setting, its value and where it came from.
func Read(defaults string, flags *pflag.FlagSet) (Settings, []Setting, error) {
	var cfg Settings
	l, err := newLayers(defaults, flags)
	if err != nil {
		return cfg, nil, err
	}
	leaves := leavesOf(reflect.ValueOf(&cfg).Elem(), "")
	known := make([]string, len(leaves))
	for i, leaf := range leaves {
		known[i] = leaf.key
	}
	faults := l.unknown(known)
	var faulty []string // keys
	settings := make([]Setting, 0, len(leaves))
	for _, leaf := range leaves {
		raw := l.viper.Get(leaf.key)
		s := Setting{Key: leaf.key, Value: fmt.Sprint(raw), Origin: l.origin(leaf.key)}
		if slices.Contains(secretKeys, s.Key) && s.Value != "" {
			s.Value = "******"
		}
		settings = append(settings, s)
		err := set(leaf.value, raw)
		if rule := ruleFor(leaf.key); err == nil && rule != nil {
			err = rule(leaf.value.Interface())
		}
		if err != nil {
			faults = append(faults, message.Errorf("%s: %q %w (from %s)", s.Key, s.Value, err, s.Origin))
			faulty = append(faulty, s.Key)
		}
	}
	faults = append(faults, cfg.checkTogether(l.origin, faulty)...)
	if len(faults) > 0 {
		return cfg, nil, &configError{faults}
	}
	return cfg, settings, nil
}

// Language returns the setting of the language for a command line, before it is known
// to be valid: help and errors are in the language of the caller, too. What is wrong
// with the settings is reported when they are read; here it leaves the locale.
func Language(defaults string, args []string) string {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.ParseErrorsAllowlist.UnknownFlags = true
	flags.BoolP("help", "h", false, "")
	AddFlags(flags)
	wrong := flags.Parse(args)
	language := flags.Lookup("lang").Value.String()
	if l, err := newLayers(defaults, flags); err == nil && wrong == nil {
		language = l.viper.GetString("language")
	}
	if OneOf("zh", "en")(language) != nil {
		language = "auto"
	}
	return Spoken(language)
}

// Spoken returns zh or en for the setting of the language: auto is resolved by the
// locale, as other programs do, of which the first of LC_ALL, LC_MESSAGES and LANG that
// is set decides.
func Spoken(setting string) string {
	locale := cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
	switch {
	case setting != "auto":
		return setting
	case strings.HasPrefix(locale, "zh"):
		return "zh"
	}
	return "en"
}

// configError lists every fault of the settings.
type configError struct{ faults []error }

func (e *configError) Error() string { return e.In(message.English) }

// In returns the text in a language: one line, or a head and a line for each fault.
func (e *configError) In(language message.Language) string {
	if len(e.faults) == 1 {
		return message.New("bad setting: %v", e.faults[0]).In(language)
	}
	lines := []string{message.New("%d bad settings", len(e.faults)).In(language)}
	for _, fault := range e.faults {
		lines = append(lines, message.Of(fault, language))
	}
	return strings.Join(lines, "\n")
}

// layers are the places that settings come from.
type layers struct {
	viper *viper.Viper
	file  string         // "" without a file
	lines map[string]int // key in the file → its line
	flags map[string]*pflag.Flag
}

func newLayers(defaults string, flags *pflag.FlagSet) (*layers, error) {
	l := &layers{viper: viper.New(), lines: map[string]int{}, flags: map[string]*pflag.Flag{}}
	l.viper.SetConfigType("yaml")
	if err := l.viper.ReadConfig(strings.NewReader(defaults)); err != nil {
		return nil, message.Errorf("embedded config.yaml: %w", err)
	}
	path, err := configPath(flags)
	if err != nil {
		return nil, err
	}
	if path != "" {
		if err := l.readFile(path); err != nil {
			return nil, err
		}
	}
	l.viper.SetEnvPrefix(strings.TrimSuffix(envPrefix, "_"))
	l.viper.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	l.viper.AllowEmptyEnv(true)
	l.viper.AutomaticEnv()
	flags.VisitAll(func(f *pflag.Flag) {
		if keys := f.Annotations["setting"]; len(keys) == 1 {
			l.flags[keys[0]] = f
			err = errors.Join(err, l.viper.BindPFlag(keys[0], f))
		}
	})
	return l, err
}

// configPath finds the file of settings: the one asked for by flag or
// environment, else liantu.yaml here, else liantu/config.yaml in the user's
// folder of settings, else none.
func configPath(flags *pflag.FlagSet) (string, error) {
	asked, err := flags.GetString("config")
	if err != nil {
		return "", err
	}
	if asked = cmp.Or(asked, os.Getenv(envPrefix+"CONFIG")); asked != "" {
		return asked, nil
	}
	candidates := []string{"liantu.yaml"}
	if dir, err := os.UserConfigDir(); err == nil {
		candidates = append(candidates, filepath.Join(dir, "liantu", "config.yaml"))
	}
	for _, path := range candidates {
		_, err := os.Stat(path)
		if err == nil {
			return path, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return "", nil
}

func (l *layers) readFile(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return message.Errorf("file of settings: %w", err)
	}
	l.file = shortPath(path)
	var tree yaml.Node
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return message.Errorf("%s: %w", l.file, err)
	}
	if len(tree.Content) == 0 {
		return nil // only comments
	}
	if tree.Content[0].Kind != yaml.MappingNode {
		return message.Errorf("%s:%d: settings are written as \"key: value\" lines", l.file, tree.Content[0].Line)
	}
	noteLines(tree.Content[0], "", l.lines)
	var values map[string]any
	if err := tree.Decode(&values); err != nil {
		return message.Errorf("%s: %w", l.file, err)
	}
	return l.viper.MergeConfigMap(values)
}

// noteLines records the line of every leaf below a YAML mapping.
func noteLines(mapping *yaml.Node, prefix string, lines map[string]int) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		name, value := mapping.Content[i], mapping.Content[i+1]
		key := prefix + strings.ToLower(name.Value)
		if value.Kind == yaml.MappingNode {
			noteLines(value, key+".", lines)
			continue
		}
		lines[key] = name.Line
	}
}

// unknown reports what the file and the environment set although the program
// has no such setting.
func (l *layers) unknown(known []string) []error {
	var faults []error
	for _, key := range slices.Sorted(maps.Keys(l.lines)) {
		if slices.Contains(known, key) {
			continue
		}
		inside := func(k string) bool { return strings.HasPrefix(k, key+".") }
		if slices.ContainsFunc(known, inside) {
			faults = append(faults, message.Errorf("%s: is a section, not a single value (from %s)", key, l.origin(key)))
			continue
		}
		faults = append(faults, message.Errorf("%s: no such setting%s (from %s)", key, DidYouMean(key, known), l.origin(key)))
	}
	names := []string{envPrefix + "CONFIG", TokenEnv}
	for _, key := range known {
		names = append(names, envName(key))
	}
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		ours := strings.HasPrefix(name, envPrefix) && !strings.HasPrefix(name, testPrefix)
		if ours && !slices.Contains(names, name) {
			faults = append(faults, message.Errorf("%s: no such setting%s (from the environment)", name, DidYouMean(name, names)))
		}
	}
	return faults
}

// origin says where the value of a setting comes from.
func (l *layers) origin(key string) string {
	if f := l.flags[key]; f != nil && f.Changed {
		return "--" + f.Name
	}
	if _, ok := os.LookupEnv(envName(key)); ok {
		return envName(key)
	}
	if line := l.lines[key]; line > 0 {
		return fmt.Sprintf("%s:%d", l.file, line)
	}
	return "default"
}

// leaf is one field of the configuration.
type leaf struct {
	key   string
	value reflect.Value
}

// leavesOf lists the fields of a struct of settings, nested ones by path.
func leavesOf(v reflect.Value, prefix string) []leaf {
	var leaves []leaf
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("yaml") == "-" {
			continue // it belongs to a question, not to the program
		}
		key := prefix + snake(v.Type().Field(i).Name)
		if v.Field(i).Kind() == reflect.Struct {
			leaves = append(leaves, leavesOf(v.Field(i), key+".")...)
			continue
		}
		leaves = append(leaves, leaf{key, v.Field(i)})
	}
	return leaves
}

// set gives a field the value read for it. A number, a duration or a switch
// may be written as text, since environment variables are text.
func set(field reflect.Value, raw any) error {
	if raw == nil {
		return message.Errorf("has no value")
	}
	text := strings.TrimSpace(fmt.Sprint(raw))
	if field.Type() == reflect.TypeFor[time.Duration]() {
		d, err := time.ParseDuration(text)
		if err != nil {
			return message.Errorf("is not a duration such as 500ms, 10s or 1h")
		}
		field.SetInt(int64(d))
		return nil
	}
	switch field.Kind() {
	case reflect.String:
		field.SetString(text)
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return message.Errorf("is neither true nor false")
		}
		field.SetBool(b)
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return message.Errorf("is not a whole number")
		}
		field.SetInt(n)
	case reflect.Float64:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return message.Errorf("is not a number")
		}
		field.SetFloat(x)
	default:
		return message.Errorf("cannot be set: no reader for %s", field.Type())
	}
	return nil
}
