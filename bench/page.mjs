// Measures the page of the program in a browser: medians of five, each with a program and
// a profile that have answered nothing before. The figures are of this machine.
//
//	node bench/page.mjs PROGRAM
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { browse, command, folder, journey, open, shown, start, visit } from '../web/journeys/browser.mjs';

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

/**
 * Heap, and nodes of documents, over 200 changes of screen. They begin after 100 others, in which
 * the browser fills what it remembers of requests and styles.
 */
async function memory() {
  const service = await start();
  const browser = await browse();
  const { page, context } = await open(browser);
  const devtools = await context.newCDPSession(page);
  await visit(page, service.url + '/overview?region=330000');
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    return { heap: (await devtools.send('Runtime.getHeapUsage')).usedSize / 1e6, nodes: (await devtools.send('Memory.getDOMCounters')).nodes };
  };
  const links = page.getByRole('navigation').getByRole('link');
  let before;
  for (let i = 1; i <= 300; i++) {
    await links.nth(i % 4).click();
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    if (i === 100) before = await heap();
  }
  const after = await heap();
  await browser.close();
  await service.end();
  return { before, after };
}

/** A chain of 2,000 links, 40 of them groups of the others, each with a company and fed by another; invented. */
function largeChain(to) {
  mkdirSync(to);
  const write = (kind, head, rows) => writeFileSync(join(to, `${kind}.csv`), [head, ...rows].join('\n') + '\n');
  const by = 'bench,2026-01-01,B', links = Array.from({ length: 1960 }, (_, i) => i);
  const lanes = ['UPSTREAM', 'MIDSTREAM', 'DOWNSTREAM'];
  write('Source', 'name,title,publisher,population,complete_in,source,as_of,grade', [`bench,示例名单,示例单位,ABOVE_SCALE,100000,${by}`]);
  write('Ecosystem', 'code,name,source,as_of,grade', [`aiot,智能物联,${by}`]);
  write('Chain', 'code,name,source,as_of,grade', [`big,大链,${by}`]);
  write('Link', 'code,name,position,source,as_of,grade', [
    ...Array.from({ length: 40 }, (_, g) => `big.g${g},组${g},${lanes[g % 3]},${by}`),
    ...links.map((i) => `big.g${i % 40}.l${i},环节${i},${lanes[i % 40 % 3]},${by}`),
  ]);
  write('PART_OF', 'from_kind,from,to_kind,to,source,as_of,grade', [
    `Chain,big,Ecosystem,aiot,${by}`, ...Array.from({ length: 40 }, (_, g) => `Link,big.g${g},Chain,big,${by}`),
    ...links.map((i) => `Link,big.g${i % 40}.l${i},Link,big.g${i % 40},${by}`),
  ]);
  write('FEEDS', 'from_kind,from,to_kind,to,layer,source,as_of,grade', links.slice(1).map((i) => `Link,big.g${(i - 1) % 40}.l${i - 1},Link,big.g${i % 40}.l${i},INDUSTRY,${by}`));
  write('Company', 'name,synthetic,source,as_of,grade', links.map((i) => `示例${i}有限公司,是,${by}`));
  write('OPERATES_IN', 'from,to,source,as_of,grade', links.map((i) => `示例${i}有限公司,big.g${i % 40}.l${i},${by}`));
  write('LOCATED_IN', 'from_kind,from,to,role,source,as_of,grade', links.map((i) => `Company,示例${i}有限公司,${i % 2 ? '330100' : '440300'},REGISTERED,${by}`));
}

/** Seconds until a chain of 2,000 links is on the screen, and the frames of a second while it is scrolled. */
async function panning() {
  const dir = folder(), env = { LIANTU_STORE_PATH: join(dir, 'graph.db') };
  largeChain(join(dir, 'large'));
  await command(['load', join(dir, 'large')], env);
  const service = await start(['serve'], { env });
  const browser = await browse();
  const { page } = await open(browser);
  const began = performance.now();
  await page.goto(`${service.url}/map?region=330100&chain=big`);
  await page.locator('main [data-code]').first().waitFor();
  const ms = performance.now() - began;
  await shown(page);
  const cells = await page.locator('main [data-code]').count();
  const frames = await page.evaluate(() => new Promise((done) => {
    let height = 0, place = document.scrollingElement;
    for (const e of document.querySelectorAll('*')) {
      if (e.scrollHeight - e.clientHeight > height && /auto|scroll/.test(getComputedStyle(e).overflowY)) { height = e.scrollHeight - e.clientHeight; place = e; }
    }
    let count = 0, first;
    const frame = (now) => {
      first ??= now;
      place.scrollTop += 12;
      if (now - first >= 5000) done((count / (now - first)) * 1000);
      else { count += 1; requestAnimationFrame(frame); }
    };
    requestAnimationFrame(frame);
  }));
  await browser.close();
  await service.end();
  return { ms, cells, frames };
}

await journey(async () => {
  const large = await panning();
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
    { what: `chain map of ${large.cells} cells answers, s`, is: large.ms / 1000, budget: '' },
    { what: `frames a second while ${large.cells} cells are scrolled`, is: large.frames, budget: 55 },
    { what: 'heap before 200 changes of screen, MB', is: before.heap, budget: '' },
    { what: 'heap after them, MB', is: after.heap, budget: 'flat' },
    { what: 'nodes before and after', is: `${before.nodes}, ${after.nodes}`, budget: 'flat' },
  ]);
});
