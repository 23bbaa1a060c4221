// An address shows the same to a colleague; what it cannot mean is named; Back goes back.
import { browse, journey, open, says, shown, start, step, visit } from './browser.mjs';

/** What a screen says. */
const text = async (page) => (await page.locator('main').innerText()).trim();

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page } = await open(browser);
  await visit(page, `${service.url}/overview?region=330000`);
  await page.getByRole('navigation').getByRole('link', { name: '作战图' }).click();
  await page.waitForURL('**/battle?region=330000');
  await shown(page);
  const address = page.url();
  const colleague = await open(browser);
  await visit(colleague.page, address);
  await says(colleague.page, 'main', await text(page), 'a colleague sees something else');
  step('a colleague sees the same');
  await page.goBack();
  await page.waitForURL('**/overview?region=330000');
  step('Back goes back');

  await visit(page, `${service.url}/overview?region=330000&colour=red`);
  await page.getByRole('status').getByText('colour').waitFor();
  step('what an address cannot mean is named');

  const first = await page.evaluate(async () => {
    const query = '{ gaps(region: "330000", first: 1) { nodes { link { code chain { code } } } } }';
    const answer = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });
    return (await answer.json()).data.gaps.nodes[0].link;
  });
  const map = `${service.url}/map?region=330000&chain=${first.chain.code}`;
  await visit(page, map);
  const link = page.locator(`main [data-code="${first.code}"]`).first();
  await link.click();
  await page.waitForURL((url) => url.searchParams.get('link') === first.code);
  const drawer = page.getByRole('complementary');
  await drawer.waitFor();
  step('a link opens its drawer');
  await page.goBack();
  await drawer.waitFor({ state: 'detached' });
  step('Back closes the drawer');
  await browser.close();
  await service.end();
});
