// Asks the service at the address given as the first argument, such as
// http://127.0.0.1:8080/graphql, every question of the GraphQL-over-HTTP
// audits, and lets the reference implementation read its schema and compare it
// with the file given as the second argument. Prints one line for each check
// that fails and one for the sum, and ends with 1 when any fails. With --all it
// prints those that pass, too.
import { readFile } from 'node:fs/promises';
import { serverAudits } from 'graphql-http';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
  validateSchema,
} from 'graphql';

const [url, schemaFile] = process.argv.slice(2).filter((a) => a !== '--all');
if (!url || !schemaFile) {
  console.error('usage: node check.mjs http://127.0.0.1:PORT/graphql schema.graphql [--all]');
  process.exit(2);
}
const all = process.argv.includes('--all');

let failed = 0;

function report(ok, name, reason) {
  if (!ok) failed++;
  if (all || !ok) console.log(`${ok ? 'ok' : 'FAILED'}: ${name}${!ok && reason ? `: ${reason}` : ''}`);
  return ok;
}

// A warning is a broken "should", a notice a "may"; this service keeps those too.
let passed = 0;
const audits = serverAudits({ url, fetchFn: fetch });
for (const audit of audits) {
  const result = await audit.fn();
  if (report(result.status === 'ok', `audit ${audit.id} ${audit.name}`, `${result.status}: ${result.reason}`)) passed++;
}
console.log(`audits: ${passed} of ${audits.length} ok`);

async function introspect() {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({
      query: getIntrospectionQuery({
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
    }),
  });
  const { data, errors } = JSON.parse(await response.text());
  report(!errors, 'the full introspection has no errors', JSON.stringify(errors));
  return data;
}

const data = await introspect();
report(JSON.stringify(await introspect()) === JSON.stringify(data), 'introspection is the same every time');
if (data) {
  const served = buildClientSchema(data);
  const faults = validateSchema(served);
  report(faults.length === 0, 'the schema is valid', faults.map(String).join('; '));
  const own = Object.values(served.getTypeMap()).filter((t) => t.astNode === undefined && 'specifiedByURL' in t);
  for (const name of ['Date', 'Percent', 'MoneyWan']) {
    const scalar = own.find((t) => t.name === name);
    report(scalar?.specifiedByURL, `scalar ${name} says where it is specified`);
  }
  const written = buildSchema(await readFile(schemaFile, 'utf8'));
  const sorted = (schema) => printSchema(lexicographicSortSchema(schema)).split('\n');
  const [a, b] = [sorted(served), sorted(written)];
  const at = a.findIndex((line, i) => line !== b[i]);
  report(
    a.length === b.length && at < 0,
    `introspection agrees with ${schemaFile}`,
    `line ${at + 1}: ${JSON.stringify(a[at])} against ${JSON.stringify(b[at])}`,
  );
  console.log(`schema: ${Object.keys(served.getTypeMap()).length} types, ${a.length} lines`);
}
process.exit(failed > 0 ? 1 : 0);
