package neo4jstore

import (
	"embed"
	"io/fs"
)

//go:embed cypher/*.cypher
var cypherFiles embed.FS

// Queries returns the questions that are shipped as Cypher, one statement in
// each file, with its parameters and columns in the comment at its head.
func Queries() fs.FS {
	files, err := fs.Sub(cypherFiles, "cypher")
	if err != nil {
		panic(err) // the name is a constant
	}
	return files
}
