//go:build unix

package opening

import (
	"os/exec"
	"syscall"
)

// apart keeps the key that interrupts this program from the command.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
