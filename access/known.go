package access

// Names returns the public part of an API key that is one of a user, without checking the
// key: "" for a text that is no key or names none. It costs a look at a table.
func (u *Users) Names(key string) string {
	prefix, _, ok := splitKey(key)
	if !ok {
		return ""
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.byKey[prefix] == nil {
		return ""
	}
	return prefix
}
