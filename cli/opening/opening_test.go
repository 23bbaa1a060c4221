package opening

import (
	"net"
	"slices"
	"testing"
)

// What stands for all of a machine is no address to open; any other is.
func TestHost(t *testing.T) {
	for listener, want := range map[string]string{
		"0.0.0.0:8080":    "127.0.0.1:8080",
		"[::]:8080":       "127.0.0.1:8080",
		":8080":           "127.0.0.1:8080",
		"127.0.0.1:8080":  "127.0.0.1:8080",
		"127.0.0.2:8080":  "127.0.0.2:8080",
		"[::1]:8080":      "[::1]:8080",
		"192.168.1.5:80":  "192.168.1.5:80",
		"[fe80::1%lo]:80": "[fe80::1%lo]:80",
	} {
		addr, err := net.ResolveTCPAddr("tcp", listener)
		if err != nil {
			t.Fatal(err)
		}
		if addr.IP == nil { // as the listener has it that was asked for ":8080"
			addr.IP = net.IPv6unspecified
		}
		if got := Host(addr); got != want {
			t.Errorf("%s: %s, want %s", listener, got, want)
		}
	}
	if got := Host(&net.UnixAddr{Name: "/run/liantu", Net: "unix"}); got != "/run/liantu" {
		t.Errorf("a socket: %s", got)
	}
}

// The address is the last argument on every system.
func TestProgram(t *testing.T) {
	for system, want := range map[string][]string{
		"linux": {"xdg-open"}, "freebsd": {"xdg-open"}, "darwin": {"open"}, "windows": {"rundll32", "url.dll,FileProtocolHandler"},
	} {
		if got := program(system); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", system, got, want)
		}
	}
}
