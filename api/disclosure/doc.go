// Package disclosure decides who may see what: the policy of schema/policy.yaml
// for the fields of a schema, the view of a picture that a caller may know of, what
// a mask leaves of a value, and what goes on record. Nothing else decides what of
// a value leaves the service.
//
// Three stations make up the decision. A [View] holds no node, edge or value that
// the caller may not even know of. A [Policy] is asked for every field when an
// operation is planned, and says whether it is shown, masked, revealed on record,
// refused, or to be decided by element. [Show] and [Caption] treat values whose
// property shows only while the plan runs.
//
// Package fields and what is above it in package api may import disclosure, and a
// program that answers without a server, for [ViewOf].
package disclosure
