package graph

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"liantu/schema"
)

// KeysOf makes the keys of a node of the given kind from the values of its
// properties, strongest first: one for each identifying group of the kind
// whose first property has a value. A fallback group of the kind makes a key
// only where no group before it does: two companies of different credit codes are
// two, whatever their names, so that a name beside a code is no key. The other
// properties of a group may be absent and then count as empty, except in a kind of
// which only whole keys identify: there a group with an absent or masked value makes
// no key. Values of type
// text are compared by [schema.NormalName], all others as they are; a value is
// expected in the form that package schema gives it. The result is nil if
// nothing identifies the node.
func KeysOf(kind *schema.Kind, props map[string]any) []Key {
	var keys []Key
	for i, group := range kind.Identify {
		if len(keys) > 0 && kind.Fallbacks(i) {
			break
		}
		if k, ok := keyOf(kind, group, props); ok {
			keys = append(keys, k)
		}
	}
	return keys
}

// recurring returns the keys by which a node of these properties may come again after
// it was forgotten. For a kind of which only whole keys identify these are the keys of
// all groups, also of those that identify only where no stronger one does: a list may
// lack the telephone number by which the person was known. They are those of the
// simplified characters, too: a list may have the others.
func recurring(kind *schema.Kind, props map[string]any) []Key {
	if !kind.Whole {
		return KeysOf(kind, props)
	}
	simplified := maps.Clone(props)
	for name, value := range props {
		if text, ok := value.(string); ok && kind.Property(name) != nil && kind.Property(name).Type == schema.TypeText {
			simplified[name] = schema.SimplifiedName(text)
		}
	}
	var keys []Key
	for _, group := range kind.Identify {
		for _, values := range []map[string]any{props, simplified} {
			if k, ok := keyOf(kind, group, values); ok && !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// keyOf returns the key that properties make by one group.
func keyOf(kind *schema.Kind, group []string, props map[string]any) (Key, bool) {
	values := make([]string, len(group))
	for i, name := range group {
		values[i] = keyText(kind.Property(name), props[name])
		if kind.Whole && (values[i] == "" || schema.Masked(valueText(props[name]))) {
			return "", false
		}
	}
	if values[0] == "" {
		return "", false
	}
	return NewKey(kind.Name, group, values), true
}

// keyText returns the form that a value has in a key.
func keyText(p *schema.Property, v any) string {
	text := valueText(v)
	if p != nil && p.Type == schema.TypeText {
		return schema.NormalName(text)
	}
	return text
}

// valueText returns a value as text, nil as "".
func valueText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case []string:
		return strings.Join(v, "\n")
	}
	return ""
}

// Discriminator joins the values of an edge's key properties, in the order the
// kind declares them, into the text that distinguishes parallel edges. An absent
// value counts as empty, and empty values at the end are left out, so that an
// edge without key properties has the discriminator "".
func Discriminator(kind *schema.Kind, props map[string]any) string {
	parts := make([]string, len(kind.Key))
	for i, name := range kind.Key {
		parts[i] = keyEscaper.Replace(valueText(props[name]))
	}
	for len(parts) > 0 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, "/")
}

// discriminatorPart returns the part of a discriminator that belongs to the
// key property with the given position.
func discriminatorPart(discriminator string, position int) string {
	for range position {
		_, discriminator, _ = strings.Cut(discriminator, "/")
	}
	part, _, _ := strings.Cut(discriminator, "/")
	return part
}

// keyGroup returns the position of the identifying group that a key is made
// of, -1 if the kind has no such group or the key is malformed.
func keyGroup(kind *schema.Kind, k Key) int {
	rest, ok := strings.CutPrefix(string(k), kind.Name+"/")
	if !ok {
		return -1
	}
	return slices.IndexFunc(kind.Identify, func(group []string) bool { return madeOf(rest, group) })
}

// madeOf reports whether the text a=x&b=y of a key has exactly the properties
// of a group, and a value for the first.
func madeOf(text string, group []string) bool {
	for i, name := range group {
		part, rest, more := strings.Cut(text, "&")
		value, ok := strings.CutPrefix(part, name)
		if !ok || !strings.HasPrefix(value, "=") || strings.ContainsAny(value[1:], "=/") || i == 0 && value == "=" {
			return false
		}
		if more != (i < len(group)-1) {
			return false
		}
		text = rest
	}
	return true
}

// FallbackText returns the first value of a key that is made of a fallback group
// of the kind, in the form that it has in keys: a normalised name, for a company
// that is known by its name. It reports false for any other key.
func FallbackText(kind *schema.Kind, k Key) (string, bool) {
	if len(kind.Fallback) == 0 {
		return "", false
	}
	if g := keyGroup(kind, k); g < 0 || !kind.Fallbacks(g) {
		return "", false
	}
	_, text, _ := strings.Cut(string(k), "=")
	text, _, _ = strings.Cut(text, "&")
	return keyUnescaper.Replace(text), true
}

// sortKeys orders the keys of a node: by the strength that the kind gives to
// their groups, then by text; keys of groups that the kind no longer has come
// next and lost ids last. It removes duplicates.
func sortKeys(kind *schema.Kind, keys []Key) []Key {
	rank := func(k Key) int {
		if strings.HasPrefix(string(k), idKeyPrefix) {
			return len(kind.Identify) + 1
		}
		if g := keyGroup(kind, k); g >= 0 {
			return g
		}
		return len(kind.Identify)
	}
	slices.SortFunc(keys, func(a, b Key) int {
		if c := rank(a) - rank(b); c != 0 {
			return c
		}
		return strings.Compare(string(a), string(b))
	})
	return slices.Compact(keys)
}
