// Which links are missing here? The compiler derives the types of the answer from
// the text of the document and the schema.
//
//	node generated/js/gaps.js http://127.0.0.1:8080/graphql 杭州
import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada';
import { print } from 'graphql';
import type { introspection } from './generated/schema.js';

const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Date: string; MoneyWan: number; USCC: string };
}>();

const Gaps = graphql(`
  query Gaps($region: ID!, $first: Int, $after: String) {
    gaps(region: $region, states: [ABSENT], first: $first, after: $after) {
      nodes {
        link {
          name
        }
        state
        action
      }
    }
  }
`);

const [url, region] = process.argv.slice(2);
const variables: VariablesOf<typeof Gaps> = { region, first: 5 };
const response = await fetch(url, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
  body: JSON.stringify({ query: print(Gaps), variables }),
});
const { data, errors }: { data: ResultOf<typeof Gaps>; errors?: unknown } = await response.json();
if (errors) throw new Error(JSON.stringify(errors));
for (const gap of data.gaps?.nodes ?? []) console.log(gap.link.name, gap.state, gap.action);
