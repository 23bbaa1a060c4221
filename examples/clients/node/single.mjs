// Asks a question and waits for the graph to change, both over the one stream of
// events that graphql-sse opens in its single connection mode. Ends after the given
// number of changes.
//   node single.mjs http://127.0.0.1:8080/graphql 杭州 1
import { createClient } from 'graphql-sse';

const [url, region, count = '1'] = process.argv.slice(2);
const client = createClient({ url, singleConnection: true, retryAttempts: 0, lazyCloseTimeout: 1000 });

async function ask(query, variables) {
  for await (const { data, errors } of client.iterate({ query, variables })) {
    if (errors) throw new Error(errors[0].message);
    return data;
  }
}

const { meta } = await ask('{ meta { version } }');
console.log(`waiting at version ${meta.version}`);

const changes = client.iterate({
  query: `
    subscription Changes($region: ID, $since: Int) {
      graphChanged(region: $region, sinceVersion: $since) {
        version
        previousVersion
        states { state before after }
      }
    }
  `,
  variables: { region, since: meta.version },
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
