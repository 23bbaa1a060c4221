// Measures the page of the program in a browser: medians of five, each with a program and
// a profile that have answered nothing before. The figures are of this machine.
//
//	node bench/page.mjs PROGRAM
import { browse, journey, open, start, visit } from '../web/journeys/browser.mjs';

const rounds = 5;
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** The chain that stands first for the region. */
async function firstChain(url) {
  const query = '{ gaps(region: "330000", first: 1) { nodes { link { chain { code } } } } }';
  const answer = await fetch(url + '/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });
  return (await answer.json()).data.gaps.nodes[0].link.chain.code;
}

/** Bytes as sent, and milliseconds until a thing is on the screen, of a first visit. */
async function first(path, selector) {
  const service = await start();
  const browser = await browse();
  const { page, context } = await open(browser);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  let bytes = 0;
  const urls = new Map();
  devtools.on('Network.responseReceived', (e) => urls.set(e.requestId, e.response.url));
  devtools.on('Network.loadingFinished', (e) => { if (!urls.get(e.requestId)?.endsWith('/graphql')) bytes += e.encodedDataLength; });
  const began = performance.now();
  await page.goto(service.url + path);
  await page.locator(selector).first().waitFor();
  const ms = performance.now() - began;
  await browser.close();
  await service.end();
  return { bytes, ms };
}

/** Heap after the screens were changed many times, against that after the first round. */
async function memory() {
  const service = await start();
  const browser = await browse();
  const { page, context } = await open(browser);
  const devtools = await context.newCDPSession(page);
  await visit(page, service.url + '/overview?region=330000');
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1e6;
  };
  const links = page.getByRole('navigation').getByRole('link');
  let before = 0;
  for (let i = 1; i <= 200; i++) {
    await links.nth(i % 4).click();
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    if (i === 4) before = await heap();
  }
  const after = await heap();
  await browser.close();
  await service.end();
  return { before, after };
}

await journey(async () => {
  const service = await start();
  const chain = await firstChain(service.url);
  await service.end();
  const overview = [], map = [];
  for (let i = 0; i < rounds; i++) {
    overview.push(await first('/overview?region=330000', 'main section.card'));
    map.push(await first(`/map?region=330000&chain=${chain}`, 'main [data-code]'));
  }
  const { before, after } = await memory();
  console.table([
    { what: 'first load of the overview, kB sent', is: median(overview.map((o) => o.bytes)) / 1000, budget: 450 },
    { what: 'first content of the overview, s', is: median(overview.map((o) => o.ms)) / 1000, budget: 1.0 },
    { what: 'chain map answers, s', is: median(map.map((m) => m.ms)) / 1000, budget: 1.5 },
    { what: 'heap after 4 changes of screen, MB', is: before, budget: '' },
    { what: 'heap after 200 changes of screen, MB', is: after, budget: '' },
  ]);
});
