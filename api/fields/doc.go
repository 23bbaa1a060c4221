// Package fields is the kit that the fields of the interface are made with: types
// for the kinds of the model, lists and pages, scalars, what a resolver sees of
// its request, and the schema as text.
//
// A [Builder] makes the types of one server and notes how each field is served
// and what it shows; [Builder.Schema] closes them into a [Schema], which makes the
// engine that runs operations on it. How a field is served is said by a function
// on the value that it belongs to, with [Get], [Word], [Many], [Words] or
// [Compute]: the engine then writes it without reflection and, but for [Compute],
// without an allocation. Properties of the data are made here alone, together with
// what package disclosure says of them, so that no question can show one in
// another way.
//
// Packages questions and mutations and package api may import fields.
package fields
