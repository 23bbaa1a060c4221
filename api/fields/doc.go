// Package fields is the kit that the fields of the interface are made with: types
// for the kinds of the model, lists and pages, scalars, what a resolver sees of
// its request, and the schema as text.
//
// A [Builder] makes the types of one server and notes how each field is served
// and what it shows; [Builder.Schema] closes them into a [Schema], which makes the
// engine that runs operations on it. A field is served by a function on the value
// that it belongs to, given to [Get], [Word], [Many], [Words] or [Compute]: the
// engine then writes it without reflection and, except with [Compute], without an
// allocation. Only this package makes fields for properties of the data, together
// with what package disclosure decides about them, so that no question can show a
// property in another way.
//
// Packages questions and mutations and package api may import fields.
package fields
