// The missing links as a list that Relay pages, and a company that it fetches anew by
// its id. relay-compiler makes the queries of both from the schema.
import { graphql } from 'relay-runtime';

graphql`
  fragment gaps_list on Query
  @refetchable(queryName: "gapsPageQuery")
  @argumentDefinitions(region: { type: "ID!" }, first: { type: "Int", defaultValue: 3 }, after: { type: "String" }) {
    gaps(region: $region, states: [ABSENT], first: $first, after: $after) @connection(key: "gaps_gaps") {
      edges {
        node {
          link {
            name
          }
          state
          action
        }
      }
    }
  }
`;

graphql`
  query gapsQuery($region: ID!) {
    ...gaps_list @arguments(region: $region)
  }
`;

graphql`
  fragment gaps_company on Company @refetchable(queryName: "gapsCompanyQuery") {
    name
    uscc
    registeredCapital
  }
`;
