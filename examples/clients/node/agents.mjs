// Which links are missing here, who would fill them, and who opens the door? Asked as an
// agent does, with the official client of the Model Context Protocol.
//   node agents.mjs http://127.0.0.1:8081/mcp
//   node agents.mjs liantu mcp --file graph.db
// With AGENT_CALLS=FILE it calls the tools of that file first: [{"tool": …, "arguments": …}].
import { readFile } from 'node:fs/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [target, ...args] = process.argv.slice(2);
const transport = target.includes('://')
  ? new StreamableHTTPClientTransport(new URL(target))
  : new StdioClientTransport({ command: target, args, env: process.env, stderr: 'ignore' });
const client = new Client({ name: 'example', version: '1' });
await client.connect(transport);

// The list has the schemas by which the client checks each answer.
const { tools } = await client.listTools();
const { resources } = await client.listResources();
const { resourceTemplates } = await client.listResourceTemplates();
const { prompts } = await client.listPrompts();
console.log(`${tools.length} tools, ${resources.length + resourceTemplates.length} resources, ${prompts.length} prompts`);
console.log(`${tools.filter((tool) => tool.outputSchema).length} output schemas`);

let calls = 0;
let letters = 0;
async function call(name, given) {
  const result = await client.callTool({ name, arguments: given });
  const text = result.content[0].text;
  calls += 1;
  letters += [...text].length;
  return { failed: result.isError === true, text, answer: result.structuredContent?.answer };
}

const checks = process.env.AGENT_CALLS ? JSON.parse(await readFile(process.env.AGENT_CALLS, 'utf8')) : [];
for (const { tool, arguments: given } of checks) {
  const { failed, text, answer } = await call(tool, given);
  console.log(tool, failed ? text.split(':')[0] : `answers ${Object.keys(answer).length > 0}`);
}
for (const { uri } of resources) {
  const { contents } = await client.readResource({ uri });
  console.log(uri, contents[0].mimeType, Object.keys(JSON.parse(contents[0].text).answer).length > 0);
}
for (const uri of ['liantu://regions/330000', 'liantu://chains/bio-medicine', 'liantu://chains/nowhere']) {
  try {
    const { contents } = await client.readResource({ uri });
    console.log(uri, JSON.parse(contents[0].text).answer.name);
  } catch (error) {
    console.log(uri, error.code);
  }
}
for (const { name, arguments: wanted } of prompts) {
  const given = Object.fromEntries(wanted.map((a) => [a.name, a.name === 'lang' ? 'zh' : '杭州']));
  const { messages } = await client.getPrompt({ name, arguments: given });
  console.log(name, messages[0].content.text.includes('introductions'));
}

// The question itself.
calls = 0;
letters = 0;
const scope = { region: '杭州', chain: '生物医药', lang: 'zh' };
const gaps = await call('gaps', { ...scope, states: ['ABSENT', 'WEAK'] });
for (const row of gaps.answer.rows) console.log(row.link.name, row.state, row.action, row.population);
const found = await call('candidates', scope);
for (const row of found.answer.rows) console.log(row.company.name, row.kind, row.links.join(' '));
const companies = found.answer.rows.filter((row) => row.kind === 'ATTRACT').slice(0, 4).map((row) => row.company.name);
const doors = await call('introductions', { region: '杭州', companies, lang: 'zh' });
for (const to of doors.answer.to) console.log(to.company, to.rows?.[0].ask.request ?? '—');
console.log(`answered in ${calls} calls and ${letters} characters`);
await client.close();
