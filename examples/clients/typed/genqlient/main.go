// Command typed asks which links are missing in a region, with the code that genqlient
// generates.
//
//	go run . http://127.0.0.1:8080/graphql 杭州
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/Khan/genqlient/graphql"

	"typed/generated"
)

func main() {
	client := graphql.NewClient(os.Args[1], http.DefaultClient)
	first := 5
	answer, err := generated.Gaps(context.Background(), client, os.Args[2], &first, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, gap := range answer.Gaps.Nodes {
		fmt.Println(*gap.Link.Name, gap.State, *gap.Action)
	}
}
