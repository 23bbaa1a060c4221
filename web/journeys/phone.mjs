// On a screen of 390 pixels nothing has to be scrolled sideways, and the map of a chain is an accordion with a sheet below.
import { browse, check, journey, open, screens, shown, start, step, visit } from './browser.mjs';

/** What is to be tapped in the content and is smaller than a finger. */
const small = (page) => page.evaluate(() => [...document.querySelectorAll('main :is(button, a, .ant-segmented-item, .ant-select)')]
  .map((e) => ({ box: e.getBoundingClientRect(), said: e.outerHTML.slice(0, 120) }))
  .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5)).map(({ box, said }) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${said}`));

/** The map: the lane with the most urgent link first and open, a sheet of half the screen or all of it. */
async function map(service, page) {
  await visit(page, `${service.url}/map?region=330000&chain=auto-parts`);
  const urgent = await page.evaluate(async () => {
    const query = '{ chainMap(region: "330000", chain: "auto-parts") { links { leaf verdict { state priority link { code } } } } }';
    const answer = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });
    const leaves = (await answer.json()).data.chainMap.links.filter((l) => l.leaf && l.verdict.state !== 'EMPTY' && l.verdict.state !== 'NOT_JUDGED');
    return leaves.sort((a, b) => (b.verdict.priority ?? -1) - (a.verdict.priority ?? -1))[0].verdict.link.code;
  });
  const heads = page.locator('.lane-head');
  check((await heads.evaluateAll((all) => all.map((h) => h.getAttribute('aria-expanded')))).join() === 'true,false,false', 'not the first lane alone is open');
  check(await page.locator('.lane').first().locator(`.cell[data-code="${urgent}"]`).count() === 1, `the first lane does not hold ${urgent}`);
  step('the lane with the most urgent link is first, and open');
  for (const i of [1, 2]) await heads.nth(i).tap();
  await page.waitForFunction(() => !document.querySelector('.lane-head[aria-expanded="false"]'));
  const cell = page.locator('.lane').nth(2).locator('.cell').last();
  const code = await cell.getAttribute('data-code');
  await cell.tap();
  const sheet = page.getByRole('complementary');
  await sheet.getByText('上下限').waitFor();
  await shown(page);
  const near = (a, b) => Math.abs(a - b) < 4;
  const box = async () => sheet.boundingBox();
  const half = await box();
  check(near(half.y, 422) && near(half.y + half.height, 844) && half.width === 390, `half the screen: ${JSON.stringify(half)}`);
  const above = await cell.boundingBox();
  check(above.y >= 0 && above.y + above.height <= half.y + 1, `the link is under the sheet: ${JSON.stringify(above)}`);
  const tiny = await small(page);
  check(tiny.length === 0, `smaller than a finger:\n${tiny.join('\n')}`);
  await sheet.getByRole('button', { name: '展开到全屏' }).tap();
  await sheet.getByRole('button', { name: '收到半屏' }).waitFor();
  const full = await box();
  check(full.y < 60 && near(full.y + full.height, 844), `the full screen: ${JSON.stringify(full)}`);
  check(await page.evaluate(() => document.documentElement.scrollWidth) <= 390, 'it has to be scrolled sideways');
  step('the sheet is half the screen, then all of it; everything to tap is 44 pixels or more');
  await sheet.getByRole('button', { name: '关闭' }).tap();
  await sheet.waitFor({ state: 'detached' });
  await page.waitForFunction((c) => document.activeElement.dataset.code === c, code);
  step('it is closed, and the link has the focus');
  await visit(page, `${service.url}/map?region=330000&chain=auto-parts&link=${code}`);
  await page.waitForFunction((c) => {
    const [link, sheet] = [document.querySelector(`.cell[data-code="${c}"]`), document.querySelector('.sheet')].map((e) => e.getBoundingClientRect());
    return link.top >= 0 && link.bottom <= sheet.top + 1;
  }, code);
  step('an address with a link shows it above the sheet');
  await visit(page, `${service.url}/map?region=330000&chain=auto-parts&peer=320000&lang=en`);
  check(await page.evaluate(() => document.documentElement.scrollWidth) <= 390, 'two regions have to be scrolled sideways');
  const tinier = await small(page);
  check(tinier.length === 0, `smaller than a finger:\n${tinier.join('\n')}`);
  step('two regions fit, too');
}

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page } = await open(browser, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const wide = [];
  for (const screen of [...screens, 'signin']) {
    for (const lang of ['zh', 'en']) {
      await visit(page, `${service.url}/${screen}?lang=${lang}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 390) wide.push(`${screen} ${lang} is ${width} wide`);
      step(`${screen} ${lang}: ${width}`);
    }
  }
  check(wide.length === 0, wide.join('\n'));
  await map(service, page);
  await browser.close();
  await service.end();
});
