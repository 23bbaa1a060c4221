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
//     need the data, and would disclose how much of it there is.
//   - A list without pages counts as 10 items (listGuess); those that exist are
//     shorter or nearly so. The cells of a comparison count as 40, the most
//     regions that are compared.
//   - The lists of an introspection have guesses of their own
//     (introspectionGuess), under which the full query of the usual clients
//     passes and one more level of types within fields within types does not. 10
//     guessed values count as one written ([SchemaShare]), because most of them
//     are inner types that a type does not have.
//   - The work of a question before it writes anything counts as the values that
//     could be written meanwhile, as bench/load measures it. The figure stands
//     beside each question in package questions, so that a new question is admitted
//     by one row. A reference of its own counts 50,000 more, because no question
//     may have used it before.
//   - Work is counted again while a plan runs ([Budget]), since an estimate can be
//     wrong. It is counted and not timed because Go does not say what a goroutine
//     used: the clock of a thread counts only while the goroutine is tied to it,
//     which makes every switch more expensive, and it would end the same request
//     at different places each time.
//   - A client is charged the estimate and not what was spent, so that the time to
//     retry is known before anything is computed. Nobody is charged more than a
//     full bucket, so that the largest answer is possible at all.
//   - A known caller is charged from any address; otherwise the address is charged,
//     one of IPv6 by its network of 64 bits, which one customer has as a whole.
//     Requests from this machine are not charged: they are its owner's, or come
//     through a proxy, and then the address does not identify the caller.
//   - A name that nothing has takes microseconds to look up, and 20 milliseconds to search
//     for what it may mean. A search is charged when it happens, with 40,000 values
//     (searchCost), since no estimate knows of it. A client that cannot pay it gets the
//     error without suggestions.
//   - From Limits.HeavyFields values on a request is heavy. Heavy ones compute in
//     a lane with fewer places than the machine has cores, so that light ones
//     always find a core, and yield every 100 microseconds, since the scheduler of
//     Go would leave them their core for ten milliseconds.
//   - Reading a document that was not read before costs 0.1 values a byte
//     (readingCost) and is done in the heavy lane, so that documents which differ
//     each time delay no known one.
//   - In a lane the cheapest goes first, and of equal cost the one that came first.
//     When too many wait, the most expensive is refused at once, so that no request
//     waits behind work that cannot be done in time.
//   - Changes have one place: they follow one another anyway, and would otherwise
//     hold the places of queries.
//   - At most 10,000 clients have a bucket (maxClients); a client that was dropped
//     begins with a full one, which costs less than a table that grows with every
//     address.
//
// Only package api may import admission.
package admission
