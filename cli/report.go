package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/cli/help"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// The exit codes of the program.
const (
	exitOK      = 0
	exitFailed  = 1
	exitPartial = 2 // a load took in what was sound and left rows out
)

// errPartial ends a load that left rows out. Its report was printed already.
var errPartial = errors.New("some rows were left out")

// hintedError carries advice that only the place of the error can give.
type hintedError struct {
	err   error
	hints []schema.Text
}

func (e *hintedError) Error() string { return e.err.Error() }
func (e *hintedError) Unwrap() error { return e.err }

// hint adds advice to an error.
func hint(err error, hints ...schema.Text) error { return &hintedError{err, hints} }

// hintTable is the advice for the errors that may come from anywhere. The
// first row that fits is used.
var hintTable = []struct {
	is     error
	advice schema.Text
}{
	{service.ErrNoGraph, schema.Text{
		Zh: "先用 liantu load 导入数据，或用 liantu demo 看样例；用 --file 指定另一个图谱文件",
		En: "load data with liantu load, try the sample with liantu demo, or name another graph file with --file",
	}},
	{graph.ErrLocked, schema.Text{
		Zh: "另一个 liantu 进程正占用这个图谱文件；请先停止它，或用 --file 指定另一个文件",
		En: "another liantu process holds this graph file; stop it first, or name another file with --file",
	}},
	{graph.ErrDenied, schema.Text{
		Zh: "请检查 Neo4j 的用户名（--neo4j-user）与密码（LIANTU_NEO4J_PASSWORD），或图谱文件所在目录的读写权限",
		En: "check the user and password of Neo4j (--neo4j-user, LIANTU_NEO4J_PASSWORD), or the rights on the folder of the graph file",
	}},
	{graph.ErrUnavailable, schema.Text{
		Zh: "请确认 Neo4j 已启动、地址无误（--neo4j-uri）；没有 Neo4j 也可以用 --store file",
		En: "see that Neo4j runs and that the address is right (--neo4j-uri); --store file needs no database",
	}},
	{access.ErrTampered, schema.Text{
		Zh: "记录已不可信；请保留审计记录与封签备查，把两者一并移走，此后另起一份新记录",
		En: "the record cannot be trusted; keep the log and its seal as evidence: move both away together, and the next entry begins a new log",
	}},
	{syscall.EADDRINUSE, schema.Text{
		Zh: "端口已被占用；请用 --listen 换一个端口，例如 --listen 127.0.0.1:8081（端口 0 为任选空闲端口）",
		En: "the port is taken; choose another with --listen, for example --listen 127.0.0.1:8081 (port 0 takes any free one)",
	}},
	{fs.ErrPermission, schema.Text{
		Zh: "当前用户没有权限；请换一个目录，或修改其权限",
		En: "this user lacks the rights; use another folder or change its rights",
	}},
	{fs.ErrNotExist, schema.Text{
		Zh: "请检查路径是否正确",
		En: "check the spelling of the path",
	}},
	{context.Canceled, schema.Text{
		Zh: "已中断；已写入的批次有效，重新运行同一命令即可补齐",
		En: "interrupted; what was written stays valid, and the same command run again completes it",
	}},
}

// report prints an error as one error line, the lines of its details, and
// hint lines, and returns the exit code.
func (e *env) report(err error) int {
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errPartial):
		return exitPartial
	}
	language := message.Language(e.spoken())
	first, details, _ := strings.Cut(message.Of(err, language), "\n")
	fmt.Fprintln(e.stderr, message.New("error: %s", first).In(language))
	for line := range strings.Lines(details) {
		fmt.Fprintf(e.stderr, "  %s\n", strings.TrimRight(line, "\n"))
	}
	for _, h := range e.hintsFor(err) {
		fmt.Fprintln(e.stderr, message.New("hint: %s", h).In(language))
	}
	return exitFailed
}

// hintsFor collects the advice that err carries or else that the table has.
func (e *env) hintsFor(err error) []string {
	var usage *help.UsageError
	if errors.As(err, &usage) {
		if len(usage.Near) > 0 {
			return []string{e.text(help.DidYouMean(usage.Near))}
		}
		return []string{e.text(schema.Text{
			Zh: "liantu --help 列出全部命令，liantu 命令 --help 列出其参数",
			En: "liantu --help lists the commands, and liantu COMMAND --help its flags",
		})}
	}
	var own *hintedError
	if errors.As(err, &own) {
		hints := make([]string, len(own.hints))
		for i, h := range own.hints {
			hints[i] = e.text(h)
		}
		return hints
	}
	for _, row := range hintTable {
		if errors.Is(err, row.is) {
			return []string{e.text(row.advice)}
		}
	}
	return nil
}

// explain adds to an error about an unknown name which flag takes it, and what may have
// been meant.
func explain(cmd *cobra.Command, p *projection.Projection, err error) error {
	var missing *projection.NotFoundError
	var hinted *hintedError
	if !errors.As(err, &missing) || errors.As(err, &hinted) {
		return err
	}
	var hints []schema.Text
	if way, ok := show.Elsewhere(p, missing, func(flag string) bool { return cmd.Flags().Lookup(flag) != nil }); ok {
		hints = append(hints, way)
	}
	near, stopped := show.Near(cmd.Context(), p, missing)
	if stopped != nil {
		return errors.Join(err, stopped)
	}
	if len(near) > 0 {
		hints = append(hints, help.DidYouMean(near))
	}
	if len(hints) == 0 {
		return err
	}
	return hint(err, hints...)
}
