// Which links are missing here? Asked with Apollo Client, by a persisted query:
// the first request carries the hash of the question alone.
//   node apollo.mjs http://127.0.0.1:8080/graphql 杭州
import { createHash } from 'node:crypto';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client/core';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';

const [url, region] = process.argv.slice(2);
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const client = new ApolloClient({
  link: new PersistedQueryLink({ sha256 }).concat(new HttpLink({ uri: url })),
  cache: new InMemoryCache(),
});

const { data } = await client.query({
  query: gql`
    query Gaps($region: ID!) {
      gaps(region: $region, states: [ABSENT], first: 5) {
        nodes {
          link {
            id
            name
          }
          state
          action
        }
      }
    }
  `,
  variables: { region },
});
for (const gap of data.gaps.nodes) console.log(gap.link.name, gap.state, gap.action);
client.stop();
