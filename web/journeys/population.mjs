// The population is a switch: it stands in the address, changes the answers of each screen and the papers, and
// a colleague sees the same.
import { browse, check, journey, open, says, shown, start, step, visit } from './browser.mjs';

const counts = async (page) => (await page.locator('main').innerText()).trim();

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page } = await open(browser);
  await visit(page, `${service.url}/overview?region=330100`);
  const automatic = await counts(page);

  await page.locator('main').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('p');
  await page.getByRole('option').first().waitFor({ state: 'attached' });
  await page.locator('.ant-select-item-option', { hasText: '上市公司' }).last().click();
  await page.waitForURL((url) => url.searchParams.get('pop') === 'listed');
  await shown(page);
  await says(page, 'main', automatic, 'the listed companies, the widest comparable, say something else');
  step('p opens the populations that are complete here');

  await page.getByRole('navigation').getByRole('link', { name: '作战图' }).click();
  await page.waitForURL((url) => url.pathname === '/battle' && url.searchParams.get('pop') === 'listed');
  await shown(page);
  const asked = page.waitForRequest((r) => r.url().includes('/papers/meeting.docx'));
  await page.getByRole('button', { name: '生成会商材料' }).click();
  check(new URL((await asked).url()).searchParams.get('population') === 'LISTED', 'the papers are of another population');
  step('each screen and the papers are of that population');

  await visit(page, `${service.url}/overview?region=330100&pop=above-scale`);
  await page.getByRole('status').getByText('规上企业').waitFor();
  const other = await counts(page);
  check(other !== automatic, 'a population of which nothing is known says the same');
  const colleague = await open(browser);
  await visit(colleague.page, page.url());
  await says(colleague.page, 'main', other, 'a colleague sees something else');
  step('one that is not complete says what would bring strength back, and a colleague sees it');

  await visit(page, `${service.url}/overview?region=330100&pop=everybody`);
  await page.getByRole('status').getByText('pop').waitFor();
  step('what is no population is named');
  await browser.close();
  await service.end();
});
