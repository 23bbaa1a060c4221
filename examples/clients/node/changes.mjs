// Waits for the graph to change, with graphql-sse, and says what is different in
// the region. Ends after the given number of changes, or when the service does.
//   node changes.mjs http://127.0.0.1:8080/graphql 杭州 1
import { createClient } from 'graphql-sse';

const [url, region, count = '1'] = process.argv.slice(2);
const client = createClient({
  url,
  retryAttempts: 0,
  on: { connected: () => console.log('waiting') },
});

const changes = client.iterate({
  query: `
    subscription Changes($region: ID) {
      graphChanged(region: $region) {
        version
        previousVersion
        states { state before after }
      }
    }
  `,
  variables: { region },
});

let left = Number(count);
for await (const { data, errors } of changes) {
  if (errors) throw new Error(errors[0].message);
  const { previousVersion, version, states } = data.graphChanged;
  console.log(`version ${previousVersion} -> ${version}`);
  for (const s of states) console.log(`  ${s.state}: ${s.before} -> ${s.after}`);
  if (--left === 0) break;
}
client.dispose();
