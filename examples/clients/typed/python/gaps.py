"""Which links are missing here? Asked with the client that ariadne-codegen generates.

python gaps.py http://127.0.0.1:8080/graphql 杭州
"""

import asyncio
import sys

from generated import Client

url, region = sys.argv[1:]


async def main() -> None:
    async with Client(url) as client:
        answer = await client.gaps(region=region, first=5)
        for gap in answer.gaps.nodes:
            print(gap.link.name, gap.state.value, gap.action.value)


asyncio.run(main())
