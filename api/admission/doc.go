// Package admission decides which requests compute, when, and for how long. A
// [Gate] bounds what a request may cost, what a client may ask for, and how many
// requests compute at once; a [Pass] is the place of one request, a [Budget]
// bounds what it writes, and a [Deadline] how long it takes.
//
// The decisions about cost, all in one unit, the value written: a field or an
// item of a list, which takes between a tenth of a microsecond and one
// microsecond, so that about 2,000 values make a millisecond.
//
//   - Cost is estimated before anything runs, from the sizes of the pages that are
//     asked for, whether or not there is so much: an estimate from the data would
//     need the data, and would say how much of it there is.
//   - A list without pages counts as 10 items (listGuess); those that exist are
//     shorter or nearly so. The cells of a comparison count as 40, the most
//     regions that are compared.
//   - The lists of an introspection have guesses of their own
//     (introspectionGuess), under which the full query of the usual clients
//     passes and one more turn of types within fields within types does not. 10
//     guessed values count as one written ([SchemaShare]), because most of them
//     are inner types that a type does not have.
//   - What a question works out before it writes anything counts as the values
//     that could be written meanwhile, as bench/load measures it. The figure
//     stands beside each question in package questions, so that a new question is
//     admitted by one row. An area to compare with counts 50,000 more, because
//     nobody may have compared with it before.
//   - Work is counted again while a plan runs ([Budget]), since an estimate can be
//     wrong. It is counted and not timed because Go does not say what a goroutine
//     used: the clock of a thread counts only while the goroutine is tied to it,
//     which makes every switch more expensive, and it would end the same request
//     at different places each time.
//   - A client is charged the estimate and not what was spent, so that the answer
//     when to come again is known before anything is computed. Nobody is charged
//     more than a full bucket, so that the largest answer can be had at all.
//   - A known caller pays from wherever it asks; else the address pays, one of
//     IPv6 by its network of 64 bits, which one customer has as a whole. Requests
//     from this machine pay nothing: they are its owner's, or come through a proxy,
//     and then the address does not say who the caller is.
//   - From Limits.HeavyFields values on a request is heavy. Heavy ones compute in
//     a lane with fewer places than the machine has cores, so that light ones
//     always find a core, and let others go first every 100 microseconds, since
//     the scheduler of Go would leave them their core for ten milliseconds.
//   - Reading a document that was not read before costs 0.1 values a byte
//     (readingCost) and is done in the heavy lane, so that documents which differ
//     each time keep no known one waiting.
//   - In a lane the cheapest goes first, and of one cost the one that came first.
//     When too many wait, the most expensive is refused at once, so that nobody
//     waits behind work that will never be done in time.
//   - Changes have one place: they follow one another anyway, and would otherwise
//     hold the places of those that only ask.
//   - The buckets of 10,000 clients are remembered (clientsKept); a client that is
//     forgotten begins with a full one, which costs less than a table that grows
//     with every address.
//
// Only package api may import admission.
package admission
