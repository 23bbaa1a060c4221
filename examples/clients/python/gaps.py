"""Which links are missing here? Asked with gql.

python gaps.py http://127.0.0.1:8080/graphql 杭州
"""

import sys

from gql import Client, gql
from gql.transport.httpx import HTTPXTransport

url, region = sys.argv[1:]
question = gql(
    """
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
    """
)
question.variable_values = {"region": region}

# The client reads the schema first and checks the question against it.
with Client(transport=HTTPXTransport(url=url), fetch_schema_from_transport=True) as session:
    for gap in session.execute(question)["gaps"]["nodes"]:
        print(gap["link"]["name"], gap["state"], gap["action"])
