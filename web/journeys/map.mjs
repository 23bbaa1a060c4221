// The map of a chain: what feeds what is drawn, a second region stands beside the own one, and the drawing can be saved.
// With a folder as second argument the drawing and the picture are left there.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { browse, check, journey, open, shown, start, step, visit } from './browser.mjs';

const chain = 'auto-parts';

/** What feeds what is drawn between the groups. */
async function ties(service, page) {
  await visit(page, `${service.url}/map?region=330000&chain=${chain}`);
  await page.locator('.lines .tie').first().waitFor({ state: 'attached' });
  const drawn = await page.locator('.lines .tie').evaluateAll((paths) => paths.map((p) => ({ d: p.getAttribute('d'), long: p.getTotalLength(), stroke: getComputedStyle(p).stroke })));
  check(drawn.every((p) => p.long > 10 && p.stroke !== 'none'), `ties that nobody sees: ${JSON.stringify(drawn.find((p) => p.long <= 10))}`);
  const groups = await page.locator('[data-group]').count();
  check(drawn.length >= 3 && drawn.length <= groups * groups, `${drawn.length} ties between ${groups} groups`);
  step(`${drawn.length} ties between ${groups} groups are drawn`);
}

/** Two regions, one under the other, with the same folds; the drawer is that of the own region. */
async function peer(service, page) {
  await page.getByRole('combobox', { name: '对比地区' }).click();
  await page.keyboard.type('江苏');
  await page.locator('.ant-select-item-option', { hasText: '320000' }).click();
  await page.waitForURL((url) => url.searchParams.get('peer') === '320000');
  const maps = page.locator('main .lanes');
  await maps.nth(1).waitFor();
  await shown(page);
  check(await maps.count() === 2, 'there are not two maps');
  check(/江苏/.test(await maps.nth(1).getAttribute('aria-label')), 'the second map does not say whose it is');
  const said = await page.locator('.likeness').innerText();
  check(/^(▲ )?两地.*。$/.test(said), `nothing says how far they can be compared: ${said}`);
  step(`two maps: ${said}`);
  await visit(page, `${service.url}/map?region=330000&chain=${chain}&peer=330683`);
  const warned = page.locator('.likeness.warning');
  await warned.waitFor();
  check((await warned.innerText()).includes('样本太少'), `a county is compared like a province: ${await warned.innerText()}`);
  step(`a county beside it: ${await warned.innerText()}`);
  await page.goBack();
  await page.waitForURL((url) => url.searchParams.get('peer') === '320000');
  await maps.nth(1).waitFor();
  await shown(page);
  const lefts = (map) => maps.nth(map).locator('.lane').evaluateAll((all) => all.map((l) => Math.round(l.getBoundingClientRect().left)).join());
  check(await lefts(0) === await lefts(1), 'the lanes of the two maps are not under each other');

  const group = await maps.nth(0).locator('[data-fold]').first().getAttribute('data-fold');
  await maps.nth(1).locator(`[data-fold="${group}"]`).click();
  await page.waitForFunction((code) => document.querySelectorAll(`[data-fold="${code}"][aria-expanded="false"]`).length === 2, group);
  step('a fold holds for both');
  const cell = maps.nth(1).locator('.cell').last();
  const code = await cell.getAttribute('data-code');
  await cell.click();
  await page.waitForURL((url) => url.searchParams.get('link') === code && url.searchParams.get('region') === '330000');
  const drawer = page.getByRole('complementary');
  await drawer.getByText('上下限').waitFor();
  check(await page.locator(`.cell[data-code="${code}"][aria-current="true"]`).count() >= 1, 'the link is not marked');
  step('a link of the second region opens the drawer of the own one');
  await page.getByRole('button', { name: '取消对比' }).click();
  await page.waitForURL((url) => !url.searchParams.has('peer'));
  await page.waitForFunction(() => document.querySelectorAll('main .lanes').length === 1);
  step('one click leaves one region');
}

/** From the drawer of a link to the battle map, where it stands among what is to be done likewise. */
async function battle(service, page) {
  const link = await page.evaluate(async () => {
    const query = '{ gaps(region: "330000", actions: [BUILD, FILL], first: 1) { nodes { action link { code name chain { code ecosystem { code } } } } } }';
    const answer = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });
    return (await answer.json()).data.gaps.nodes[0];
  });
  await visit(page, `${service.url}/map?region=330000&chain=${link.link.chain.code}&link=${link.link.code}`);
  await page.getByRole('link', { name: '在作战图中查看' }).click();
  await page.waitForURL((url) => url.pathname === '/battle' && url.searchParams.get('eco') === link.link.chain.ecosystem.code && url.searchParams.get('act') === link.action);
  await shown(page);
  await page.locator('main table').getByText(link.link.name, { exact: true }).first().waitFor();
  step(`${link.link.name} stands in the battle map`);
}

/** The paths of introductions of a link as a picture: who is on them stands there once, people by their codes. */
async function drawn(service, page) {
  await visit(page, `${service.url}/map?region=330100&chain=smart-grid&link=smart-grid.motors-and-drives`);
  check(await page.locator('.paths').count() === 0, 'the paths are drawn before anybody wants it');
  await page.getByRole('button', { name: '画成图' }).click();
  await page.locator('.paths .react-flow__edge').first().waitFor({ state: 'attached' });
  const answer = await page.evaluate(async () => {
    const end = '{ __typename id ... on Person { code } }';
    const query = `{ introductions(region: "330100", link: "smart-grid.motors-and-drives", first: 3) { nodes { hops { from ${end} to ${end} } } } }`;
    const sent = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });
    return (await sent.json()).data.introductions.nodes.flatMap((n) => n.hops.flatMap((h) => [h.from, h.to]));
  });
  const ends = new Map(answer.map((e) => [e.id, e]));
  check(await page.locator('.paths .react-flow__node').count() === ends.size, 'an end is missing in the picture, or stands there twice');
  const people = await page.locator('.paths .end.Person').allInnerTexts();
  const codes = [...ends.values()].filter((e) => e.__typename === 'Person').map((e) => e.code);
  check(codes.length > 0 && people.sort().join() === codes.sort().join(), `people are ${people}, not ${codes}`);
  check(await page.locator('.paths').locator('a, button, [tabindex="0"]').count() === 0, 'the picture takes the keyboard, which reads nothing in it');
  await page.getByRole('button', { name: '收起图' }).click();
  await page.locator('.paths').waitFor({ state: 'detached' });
  step('the paths are drawn, people by their codes');
}

/** A layer whose ties all lead to other chains says so; the answer of the service is given other counts for it. */
async function outside(service, page) {
  const change = async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    if (body.data?.chainMap) {
      body.data.chainMap.ties = [];
      for (const layer of body.data.chainMap.layers) Object.assign(layer, { ties: 0, outside: 7 });
    }
    await route.fulfill({ response: answer, json: body });
  };
  await page.route('**/graphql', change);
  await visit(page, `${service.url}/map?region=330000&chain=${chain}`);
  await page.getByRole('note').getByText('7 条联系都通往别的产业链').waitFor();
  check(await page.locator('.lines .tie').count() === 0, 'lines are drawn all the same');
  await page.unroute('**/graphql', change);
  step('a layer with ties to other chains alone says so');
}

/** Saves the drawing by a button, and returns the file's name and what is in it. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return { name: download.suggestedFilename(), body: readFileSync(await download.path()) };
}

/** What is on the screen, as a drawing and as a picture. */
async function exported(service, page, address) {
  await visit(page, `${service.url}/map?region=330000&chain=${chain}${address}`);
  const cells = await page.locator('main .cell').count();
  const { name, body } = await saved(page, '导出 SVG');
  check(/^浙江省?-汽车与零部件-\d{4}-\d\d-\d\d\.svg$/.test(name), `the drawing is called ${name}`);
  const drawing = await page.evaluate((text) => {
    const xml = new DOMParser().parseFromString(text, 'image/svg+xml');
    if (xml.querySelector('parsererror')) return { fault: xml.querySelector('parsererror').textContent };
    const root = xml.documentElement;
    const outside = [...root.querySelectorAll('*')].flatMap((e) => [...e.attributes]).filter((a) => /href|url\(|^on|class=|style/.test(`${a.name}=${a.value}`) && a.name !== 'class');
    return {
      root: `${root.namespaceURI} ${root.localName}`, title: root.querySelector('title').textContent, cells: root.querySelectorAll('g.cell').length, ties: root.querySelectorAll('.ties path').length,
      outside: outside.map((a) => `${a.name}=${a.value}`), said: root.textContent, width: Number(root.getAttribute('width')), height: Number(root.getAttribute('height')),
    };
  }, body.toString('utf8'));
  check(!drawing.fault, `the drawing is no XML: ${drawing.fault}`);
  check(drawing.root === 'http://www.w3.org/2000/svg svg' && drawing.title.includes('浙江') && drawing.title.includes('汽车与零部件'), `the drawing is called ${drawing.title}`);
  check(drawing.cells === cells && cells > 5, `${drawing.cells} cells are drawn, ${cells} are shown`);
  check(drawing.ties > 0, 'no ties are drawn');
  check(drawing.outside.length === 0, `the drawing needs what is outside of it: ${drawing.outside}`);
  check(/口径 .*资料截至/.test(drawing.said) && drawing.said.includes('缺失'), 'the drawing does not say by whom and of when it is');
  step(`${name}: ${drawing.cells} cells, ${drawing.ties} ties, ${body.length} bytes`);

  const picture = await saved(page, '导出 PNG');
  check(picture.name === name.replace('.svg', '.png'), `the picture is called ${picture.name}`);
  check(picture.body.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n', 'the picture is no PNG');
  const [width, height] = [picture.body.readUInt32BE(16), picture.body.readUInt32BE(20)];
  check(width === 2 * drawing.width && height === 2 * drawing.height, `the picture has ${width} × ${height}, the drawing ${drawing.width} × ${drawing.height}`);
  const colours = await page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))]));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
  }, picture.body.toString('base64'));
  check(colours > 20, `the picture has ${colours} colours: nothing is drawn in it`);
  step(`${picture.name}: ${width} × ${height}, ${picture.body.length} bytes`);
  if (process.argv[3]) {
    mkdirSync(process.argv[3], { recursive: true });
    for (const file of [{ name, body }, picture]) writeFileSync(join(process.argv[3], file.name), file.body);
  }
}

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page, faults } = await open(browser);
  await ties(service, page);
  await peer(service, page);
  await exported(service, page, '&fold=auto-parts.chassis&state=ABSENT,WEAK,ADEQUATE');
  await exported(service, page, '&link=auto-parts.motor-vehicles.buses');
  await exported(service, page, '&peer=320000&fold=auto-parts.chassis');
  await battle(service, page);
  await drawn(service, page);
  await outside(service, page);
  check(faults.length === 0, faults.join('\n'));
  await browser.close();
  await service.end();
});
