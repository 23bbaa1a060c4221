// The service ends while its page is open: the page says so, and goes on when it is back.
import { browse, check, journey, open, start, step, visit } from './browser.mjs';

await journey(async () => {
  let service = await start();
  const { host } = new URL(service.url);
  const browser = await browse();
  const { page } = await open(browser);
  page.setDefaultTimeout(30_000);
  await visit(page, service.url + '/overview');
  const strip = page.locator('.strip.red[role="alert"]');
  check(await strip.count() === 0, 'the page warns of a service that is there');
  await service.end();
  step('the service has ended');
  await page.getByRole('button', { name: 'English' }).click(); // which asks everything anew
  await strip.waitFor();
  step(`the page says: ${await strip.innerText()}`);
  service = await start(['demo'], { listen: host });
  step('the service is back');
  await strip.waitFor({ state: 'detached' });
  await page.getByRole('heading').first().waitFor().catch(async (e) => { throw new Error(`the page does not go on: ${await page.locator('main').innerText()}`, { cause: e }); });
  step('the page goes on');
  await browser.close();
  await service.end();
});
