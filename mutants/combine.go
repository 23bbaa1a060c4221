package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// switchName is the variable of the environment that says which mutation is on
// in a test program that holds many, and in the programs that it starts.
const switchName = "LIANTU_TEST_MUTANT"

// switchFile declares the switch in a package with mutations. An import of it
// would be one more rule for the table of imports; a variable of the environment
// is none.
const switchFile = `package %s

import "os"

var mutantOn = os.Getenv("` + switchName + `")
`

// combine writes the files that hold all the mutations that a switch can turn
// on: beside each function with a broken rule stands a copy of it in which the
// rule is broken, and the function hands over to it when the switch says so. So
// a test program is built once for all. It returns the list of what stands for
// what, and for each mutation whether it is in; one that is in no function, or in
// one with a parameter without a name, is not.
func combine(root, temp string, all []mutation) (overlay string, in []bool, err error) {
	in = make([]bool, len(all))
	replace, packages := map[string]string{}, map[string]string{}
	byFile := map[string][]int{}
	for i, m := range all {
		byFile[m.file] = append(byFile[m.file], i)
	}
	absolute, err := filepath.Abs(root)
	if err != nil {
		return "", nil, err
	}
	for file, numbers := range byFile {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			return "", nil, err
		}
		c := &combined{text: string(text), set: token.NewFileSet()}
		if c.tree, err = parser.ParseFile(c.set, file, text, parser.SkipObjectResolution); err != nil {
			return "", nil, err
		}
		for _, i := range numbers {
			in[i] = c.add(all[i], i)
		}
		name := filepath.Join(temp, strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(name, []byte(c.written()), 0o600); err != nil {
			return "", nil, err
		}
		replace[filepath.Join(absolute, file)] = name
		packages[filepath.Dir(file)] = c.tree.Name.Name
	}
	for dir, name := range packages {
		file := filepath.Join(temp, strings.ReplaceAll(dir, "/", "_")+"_switch.go")
		if err := os.WriteFile(file, fmt.Appendf(nil, switchFile, name), 0o600); err != nil {
			return "", nil, err
		}
		replace[filepath.Join(absolute, dir, "mutant_switch.go")] = file
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": replace})
	if err != nil {
		return "", nil, err
	}
	overlay = filepath.Join(temp, "all.json")
	return overlay, in, os.WriteFile(overlay, list, 0o600)
}

// combined is one file with its mutations.
type combined struct {
	text   string
	set    *token.FileSet
	tree   *ast.File
	turns  []turn
	copies strings.Builder
}

// turn is where a function hands over to a copy of it.
type turn struct {
	at   int // behind the brace of its body
	text string
}

// add puts a mutation into the file, if a switch can turn it on.
func (c *combined) add(m mutation, number int) bool {
	at := strings.Index(c.text, m.old)
	offset := func(p token.Pos) int { return c.set.Position(p).Offset }
	for _, d := range c.tree.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil || offset(f.Body.Lbrace) >= at || offset(f.Body.Rbrace) < at+len(m.old) {
			continue
		}
		call, ok := c.call(f, fmt.Sprintf("%s__%d", f.Name.Name, number))
		if !ok {
			return false
		}
		if f.Type.Results == nil {
			call += "; return"
		} else {
			call = "return " + call
		}
		c.turns = append(c.turns, turn{offset(f.Body.Lbrace) + 1, fmt.Sprintf(" if mutantOn == %q { %s }; ", m.name, call)})
		start, name := offset(f.Pos()), offset(f.Name.Pos())
		fmt.Fprintf(&c.copies, "\n//line %s.go:1\n%s%s__%d%s\n", m.name, c.text[start:name], f.Name.Name, number,
			strings.Replace(c.text[name+len(f.Name.Name):offset(f.End())], m.old, m.new, 1))
		return true
	}
	return false
}

// call is the call of a copy of a function with the arguments of the function.
func (c *combined) call(f *ast.FuncDecl, name string) (string, bool) {
	names := func(list *ast.FieldList) (found []string, ok bool) {
		if list == nil {
			return nil, true
		}
		for _, field := range list.List {
			if len(field.Names) == 0 {
				return nil, false
			}
			for _, n := range field.Names {
				if n.Name == "_" {
					return nil, false
				}
				found = append(found, n.Name)
			}
		}
		return found, true
	}
	receiver, ok := names(f.Recv)
	args, good := names(f.Type.Params)
	types, fine := names(f.Type.TypeParams)
	if !ok || !good || !fine {
		return "", false
	}
	if len(receiver) > 0 {
		name = receiver[0] + "." + name
	}
	if len(types) > 0 {
		name += "[" + strings.Join(types, ", ") + "]"
	}
	if params := f.Type.Params.List; len(params) > 0 {
		if _, variadic := params[len(params)-1].Type.(*ast.Ellipsis); variadic {
			args[len(args)-1] += "..."
		}
	}
	return name + "(" + strings.Join(args, ", ") + ")", true
}

// written is the file with the turns and the copies.
func (c *combined) written() string {
	var out strings.Builder
	last := 0
	for at := range len(c.text) {
		for _, t := range c.turns {
			if t.at == at {
				out.WriteString(c.text[last:at])
				out.WriteString(t.text)
				last = at
			}
		}
	}
	out.WriteString(c.text[last:])
	out.WriteString(c.copies.String())
	return out.String()
}
