// The map of a chain: what feeds what is drawn, a second region stands beside the own one, and the drawing can be saved.
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

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page, faults } = await open(browser);
  await ties(service, page);
  await peer(service, page);
  check(faults.length === 0, faults.join('\n'));
  await browser.close();
  await service.end();
});
