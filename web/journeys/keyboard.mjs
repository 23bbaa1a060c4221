// Without a mouse: from the address bar to the drawer of a link, and back.
import { browse, check, journey, open, shown, start, step, visit } from './browser.mjs';

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
  await browser.close();
  await service.end();
});
