// Which links are missing here? Asked with graphql-request.
//   node graphql-request.mjs http://127.0.0.1:8080/graphql 杭州
import { GraphQLClient, gql } from 'graphql-request';

const [url, region] = process.argv.slice(2);
const client = new GraphQLClient(url);

const { gaps } = await client.request(
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
for (const gap of gaps.nodes) console.log(gap.link.name, gap.state, gap.action);
