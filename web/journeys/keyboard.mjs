// Without a mouse: from the address bar to the drawer of a link, and back; and what a screen reader learns of waiting.
import { browse, check, journey, open, shown, start, step, visit } from './browser.mjs';

/** The keys of the map alone: t, f, Space, the arrows, and the list of them. */
async function keysOfTheMap(service, page) {
  await visit(page, `${service.url}/map?region=330000&chain=auto-parts`);
  const fed = await page.evaluate(async () => {
    const query = '{ chainMap(region: "330000", chain: "auto-parts") { ties { from { code } to { code } } } }';
    const answer = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });
    const { ties } = (await answer.json()).data.chainMap;
    const drawn = (code) => document.querySelector(`main .cell[data-code="${code}"]`);
    return ties.find((tie) => drawn(tie.from.code) && drawn(tie.to.code)).to.code;
  });
  const cell = page.locator(`main .cell[data-code="${fed}"]`);
  const said = await cell.locator('.hidden').textContent();
  check(await page.getByRole('button', { name: said, exact: true }).count() === 1, `no cell has the name ${said}`);
  check(/^[^，]+，[^，]+，([^，]+，)?本地 \d+ 家(，|$)/.test(said) && !said.includes('–'), `a cell is called ${said}`);
  step(`a cell says: ${said}`);
  const focused = (test, of) => page.waitForFunction(test, of);

  await cell.focus();
  await page.locator('.lines .feeder').first().waitFor({ state: 'attached' });
  check(await page.locator('.cell.feeds').count() > 0, 'no cell is marked as a feeder');
  await page.keyboard.press('f');
  await page.waitForFunction(() => !document.querySelector('.lines .feeder, .cell.feeds, .group.feeds'));
  await page.keyboard.press('f');
  await page.locator('.lines .feeder').first().waitFor({ state: 'attached' });
  step('f hides the feeders and shows them again');

  await page.keyboard.press('t');
  await page.locator('main table').waitFor();
  await focused((code) => document.activeElement.matches('table a') && document.activeElement.dataset.code === code, fed);
  await page.keyboard.press('t');
  await cell.waitFor();
  await focused((code) => document.activeElement.matches('.cell') && document.activeElement.dataset.code === code, fed);
  step('t turns to the table and back, and the link keeps the focus');

  const group = await cell.evaluate((e) => e.closest('[data-group]').dataset.group);
  const count = await page.locator('main .cell').count();
  await page.keyboard.press(' ');
  await focused((code) => document.activeElement.matches('[aria-expanded="false"]') && document.activeElement.dataset.fold === code, group);
  check(new URL(page.url()).searchParams.get('fold') === group && await page.locator('main .cell').count() < count, 'Space does not fold the group');
  await page.keyboard.press('ArrowDown');
  await focused((code) => document.activeElement.dataset.fold !== code, group);
  await page.keyboard.press('ArrowUp');
  await focused((code) => document.activeElement.dataset.fold === code, group);
  await page.keyboard.press(' ');
  await page.locator(`[data-fold="${group}"][aria-expanded="true"]`).waitFor();
  check(await page.locator('main .cell').count() === count && !new URL(page.url()).searchParams.has('link'), 'Space does not unfold the group');
  step('Space folds the group and unfolds it, and the arrows walk over it');

  await page.keyboard.press('?');
  const help = page.getByRole('dialog');
  for (const key of ['t', 'f', 'Space']) await help.locator('kbd', { hasText: new RegExp(`^${key}$`) }).waitFor();
  await page.keyboard.press('Escape');
  step('? lists the keys of the map');
}

/** A screen is busy until its last card has its answer, which is withheld here for a while. */
async function busy(service, page) {
  let give = () => undefined;
  const given = new Promise((resolve) => { give = resolve; });
  const withhold = async (route) => {
    if (route.request().postDataJSON().query.includes('query Help')) await given;
    await route.continue();
  };
  await page.route('**/graphql', withhold);
  await page.goto(`${service.url}/overview?region=330000`);
  await page.locator('main .tiles').waitFor();
  await page.locator('main[aria-busy="true"]').waitFor();
  give();
  await page.locator('main:not([aria-busy])').waitFor();
  await page.unroute('**/graphql', withhold);
  step('a screen is busy until its last card is there');
}

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page } = await open(browser);
  await visit(page, `${service.url}/overview?region=330000`);
  const tabTo = async (selector) => {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
    }
    throw new Error(`80 times Tab do not lead to ${selector}`);
  };
  await page.keyboard.press('Tab');
  check(await page.evaluate(() => document.activeElement.matches('a.skip')), 'Tab does not lead to the way to the content');
  await tabTo('nav.rail a[href^="/map"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/map*');
  await shown(page);
  step('Tab and Enter lead to the map');
  await tabTo('main [data-code]');
  const before = await page.evaluate(() => document.activeElement.dataset.code);
  await page.keyboard.press('ArrowDown');
  const chosen = await page.evaluate(() => document.activeElement.dataset.code);
  check(chosen !== undefined && chosen !== before, 'the arrows do not lead to another link');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary');
  await drawer.waitFor();
  step('the arrows and Enter open the drawer of a link');
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await page.waitForFunction((code) => document.activeElement.dataset.code === code, chosen);
  step('Esc closes it, and the link has the focus again');
  await keysOfTheMap(service, page);
  await busy(service, page);
  await browser.close();
  await service.end();
});
