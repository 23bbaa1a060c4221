// Which links are missing here? Asked with urql.
//   node urql.mjs http://127.0.0.1:8080/graphql 杭州
import { Client, fetchExchange, gql } from '@urql/core';

const [url, region] = process.argv.slice(2);
const client = new Client({ url, exchanges: [fetchExchange] });

const { data, error } = await client.query(
  gql`
    query Gaps($region: ID!) {
      gaps(region: $region, states: [ABSENT], first: 5) {
        nodes {
          link {
            name
          }
          state
          action
        }
      }
    }
  `,
  { region },
);
if (error) throw error;
for (const gap of data.gaps.nodes) console.log(gap.link.name, gap.state, gap.action);
