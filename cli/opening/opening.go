// Package opening says at which address a browser of this machine reaches a service, and
// opens one there.
//
// Only cli/service may import opening.
package opening

import (
	"context"
	"net"
	"os/exec"
	"runtime"

	"liantu/message"
)

// Host is the host and port at which this machine reaches a listener: its own, or
// 127.0.0.1 in place of an address that stands for all of the machine (0.0.0.0 and ::),
// which browsers do not open.
func Host(listener net.Addr) string {
	tcp, ok := listener.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return listener.String()
	}
	own := *tcp
	own.IP, own.Zone = net.IPv4(127, 0, 0, 1), ""
	return own.String()
}

// programs open an address in the default browser, by operating system; other systems
// have the one of the desktops of Linux.
var programs = map[string][]string{
	"darwin":  {"open"},
	"windows": {"rundll32", "url.dll,FileProtocolHandler"},
}

// program is what opens an address on an operating system: its name, then its arguments
// before the address.
func program(system string) []string {
	if own, ok := programs[system]; ok {
		return own
	}
	return []string{"xdg-open"}
}

// Browser opens an address in the default browser of this machine. It returns at once;
// failed is called, at most once and in a goroutine of its own, if that could not be done.
// The browser stays open when ctx ends and when the program is interrupted.
func Browser(ctx context.Context, url string, failed func(error)) {
	command := program(runtime.GOOS)
	cmd := exec.CommandContext(context.WithoutCancel(ctx), command[0], append(command[1:], url)...)
	apart(cmd)
	// Where no browser runs yet, the program may be the browser itself and go on for hours.
	go func() {
		if err := cmd.Run(); err != nil {
			failed(message.Errorf("%s: %w", command[0], err))
		}
	}()
}
