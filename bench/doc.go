// Package bench measures the whole: what a question costs in process and over
// HTTP. It holds benchmarks only; nothing imports it. README.md says how to
// run them and what they gave.
package bench
