// Package bench measures what a question costs in process and over HTTP. It
// holds benchmarks only; nothing imports it. README.md says how to run them and
// lists their results.
package bench
