"""Which links are missing here, who would fill them, and who opens the door? Asked as an
agent does, with the official client of the Model Context Protocol.

python agents.py http://127.0.0.1:8081/mcp
python agents.py liantu mcp --file graph.db

With AGENT_CALLS=FILE it calls the tools of that file first: [{"tool": …, "arguments": …}].
"""

import asyncio
import json
import os
import sys

from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters, stdio_client

spent = {"calls": 0, "letters": 0}


async def call(client, name, given):
    result = await client.call_tool(name, given)
    text = result.content[0].text
    spent["calls"] += 1
    spent["letters"] += len(text)
    return result.is_error, text, (result.structured_content or {}).get("answer")


async def check(client):
    """Calls every tool, reads every resource and gets every prompt."""
    # The list has the schemas by which the client checks each answer.
    tools = (await client.list_tools()).tools
    resources = (await client.list_resources()).resources
    templates = (await client.list_resource_templates()).resource_templates
    prompts = (await client.list_prompts()).prompts
    print(f"{len(tools)} tools, {len(resources) + len(templates)} resources, {len(prompts)} prompts")
    print(f"{sum(tool.output_schema is not None for tool in tools)} output schemas")
    checks = []
    if "AGENT_CALLS" in os.environ:
        with open(os.environ["AGENT_CALLS"], encoding="utf-8") as file:
            checks = json.load(file)
    for wanted in checks:
        failed, text, answer = await call(client, wanted["tool"], wanted["arguments"])
        print(wanted["tool"], text.split(":")[0] if failed else f"answers {json.dumps(len(answer) > 0)}")
    for resource in resources:
        content = (await client.read_resource(resource.uri)).contents[0]
        print(resource.uri, content.mime_type, json.dumps(len(json.loads(content.text)["answer"]) > 0))
    for uri in ("liantu://regions/330000", "liantu://chains/bio-medicine", "liantu://chains/nowhere"):
        try:
            content = (await client.read_resource(uri)).contents[0]
            print(uri, json.loads(content.text)["answer"]["name"])
        except MCPError as error:
            print(uri, error.error.code)
    for prompt in prompts:
        given = {a.name: "zh" if a.name == "lang" else "杭州" for a in prompt.arguments}
        messages = (await client.get_prompt(prompt.name, given)).messages
        print(prompt.name, json.dumps("introductions" in messages[0].content.text))


async def ask(client):
    """The question itself."""
    spent.update(calls=0, letters=0)
    scope = {"region": "杭州", "chain": "生物医药", "lang": "zh"}
    _, _, gaps = await call(client, "gaps", scope | {"states": ["ABSENT", "WEAK"]})
    for row in gaps["rows"]:
        print(row["link"]["name"], row["state"], row["action"], row["population"])
    _, _, found = await call(client, "candidates", scope)
    for row in found["rows"]:
        print(row["company"]["name"], row["kind"], " ".join(row["links"]))
    companies = [row["company"]["name"] for row in found["rows"] if row["kind"] == "ATTRACT"][:4]
    _, _, doors = await call(client, "introductions", {"region": "杭州", "companies": companies, "lang": "zh"})
    for to in doors["to"]:
        print(to["company"], to["rows"][0]["ask"]["request"] if "rows" in to else "—")
    print(f"answered in {spent['calls']} calls and {spent['letters']} characters")


async def main(target, *args):
    server = target
    if "://" not in target:
        server = stdio_client(StdioServerParameters(command=target, args=args, env=dict(os.environ)), errlog=open(os.devnull, "w"))
    async with Client(server) as client:
        await check(client)
        await ask(client)


asyncio.run(main(*sys.argv[1:]))
