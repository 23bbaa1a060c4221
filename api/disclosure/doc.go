// Package disclosure decides who may see what: the policy of schema/policy.yaml
// for the fields of a schema, the view of a picture that a caller may know of, what
// a mask leaves of a value, and what is entered in the audit log. Nothing else
// decides what of a value leaves the service.
//
// The decision has three steps. A [View] holds no node, edge or value that the
// caller may not even know of. A [Policy] is asked for every field when an operation
// is planned, and decides whether it is shown, masked, revealed and recorded,
// refused, or to be decided by element. [Show] and [Caption] treat values whose
// property is known only while the plan runs.
//
// Package fields and the packages of api above it may import disclosure, and so may
// a program that answers without a server, for [ViewOf] and [Caller.Value].
package disclosure
