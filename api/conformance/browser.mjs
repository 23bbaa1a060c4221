// Opens pages of two other origins in Chromium, of which the service permits the first, and
// lets them use the service. Prints what came of it as JSON.
//   node browser.mjs CHROMIUM SERVICE PERMITTED OTHER KEY
import { chromium } from 'playwright-core';

const [executablePath, service, permitted, other, key] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath, headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

// Runs calls of the functions of the page, one after another, in a context of its own.
async function use(origin, calls) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin);
  const results = {};
  for (const [name, what, ...given] of calls) {
    results[name] = await page.evaluate(
      ([what, given]) => attempt(globalThis[what] ?? eval(what), ...given), [what, [service, ...given]]);
  }
  await context.close();
  return results;
}

const long = '{ nodes(kind: Company, first: 5) { nodes { id caption facts { property value provenance { source grade asOf } } } } }';
const meta = '{ meta { version } }';
const calls = (by, name, role, links = ['resist.resin', 'resist.photoresist']) => [
  ['ask', 'ask', by, meta],
  ['long', 'ask', by, long], // compressed once it is computed
  ['again', 'ask', by, long], // and from the cache
  ['companies', 'companies', by],
  ['declare', 'declare', by, { id: `${name}-declare`, link: links[0], role }],
  ['followByFetch', 'followByFetch', by, { id: `${name}-fetch`, link: links[1], role }],
];
const session = [
  ['openSession', 'openSession', key], ...calls({}, 'session', 'CORE'),
  ['followByEventSource', 'followByEventSource', {}, { id: 'session-source', link: 'resist.chips', role: 'CORE' }],
];
try {
  console.log(JSON.stringify({
    key: await use(permitted, calls({ key }, 'key', 'KEY')),
    session: await use(permitted, session),
    otherKey: await use(other, calls({ key }, 'other', 'PROMINENT')),
    otherSession: await use(other, session),
  }));
} finally {
  await browser.close();
}
