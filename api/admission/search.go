package admission

import (
	"context"
	"time"
)

// searchCost is the cost of a search for what a name that nothing has may mean, in values:
// it takes about 20 milliseconds of a core in a graph of 200,000 names.
const searchCost = 40_000

// PaysSearch charges a client for a search for what a name that nothing has may mean, and
// counts the work. It reports whether the search may be made: the client has the values,
// the request has the work left and its context has not ended. A client whose bucket
// holds less than a search costs pays the full bucket.
func (g *Gate) PaysSearch(ctx context.Context, client string, b *Budget) bool {
	if b.Spent()+searchCost > b.limit || ctx.Err() != nil {
		return false
	}
	if g.Charge(client, searchCost, time.Now()) != nil {
		return false
	}
	return b.Spend(ctx, searchCost) == nil
}
