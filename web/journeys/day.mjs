// The day is a switch: it stands in the address, changes the answers of each screen and the papers to what was
// known then, and nothing is changed while an earlier day is looked at.
import { browse, check, journey, open, says, shown, start, step, visit } from './browser.mjs';

/** What a screen says of the verdicts, without what is of the present alone. */
const said = async (page) => (await page.locator('main .screen').innerText()).trim();

/** The button that makes a graph of one's own, which is of the present. */
const setUp = (page) => page.getByRole('button', { name: '建立本单位图库' });

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page } = await open(browser);
  await visit(page, `${service.url}/overview?region=330100`);
  const now = await said(page);
  await setUp(page).waitFor();

  await page.locator('main').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('d');
  await page.getByRole('option').first().waitFor({ state: 'attached' });
  await page.keyboard.type('2024年12月');
  await page.locator('.ant-select-item-option', { hasText: '2024-12' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('asof') === '2024-12');
  await page.getByRole('status').getByText('截至 2024-12').waitFor();
  await page.locator('.overview .tiles').waitFor();
  await shown(page);
  const then = await said(page);
  check(then !== now, 'an earlier day says the same');
  check(await page.getByRole('button', { name: '记下今天的结论' }).count() === 0, 'the verdicts of an earlier day can be remembered as those of today');
  check(await setUp(page).count() === 0, 'a graph can be set up on an earlier day');
  step('d chooses a day that is typed');

  const colleague = await open(browser);
  await visit(colleague.page, page.url());
  await says(colleague.page, 'main .screen', then, 'a colleague sees something else');
  step('a colleague sees the same day');

  const questions = [];
  page.on('request', (r) => { if (r.url().endsWith('/graphql')) questions.push(r.postDataJSON()); });
  await page.getByRole('navigation').getByRole('link', { name: '作战图' }).click();
  await page.waitForURL((url) => url.pathname === '/battle' && url.searchParams.get('asof') === '2024-12');
  await page.locator('.battle table').waitFor();
  await shown(page);
  check(questions.length > 0 && questions.every((q) => q.extensions?.asOf === '2024-12'), 'a question is of another day');
  check(await page.locator('.battle button.editable').count() === 0, 'something can be declared of an earlier day');
  const follow = page.waitForRequest((r) => r.url().endsWith('/graphql') && r.postDataJSON().query.includes('query Follow'));
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  check((await follow).postDataJSON().extensions.asOf === null, 'whether the graph has changed is asked of an earlier day');
  const asked = page.waitForResponse((r) => r.url().includes('/papers/meeting.docx'));
  await page.getByRole('button', { name: '生成会商材料' }).click();
  const paper = await asked;
  check(new URL(paper.url()).searchParams.get('as-of') === '2024-12' && paper.status() === 200, `the papers are of another day: ${paper.status()}`);
  step('each screen and the papers are of that day, and nothing can be changed');

  await page.getByRole('navigation').getByRole('link', { name: '数据' }).click();
  await page.waitForURL((url) => url.pathname === '/data' && url.searchParams.get('asof') === '2024-12');
  await page.getByRole('status').getByText('数据页只有现在的情况').waitFor();
  await shown(page);
  check(!(await page.locator('.context').innerText()).includes('2024-12'), 'the data of the present bear an earlier day');
  await page.getByRole('navigation').getByRole('link', { name: '总览' }).click();
  await page.getByRole('button', { name: '回到现在' }).click();
  await page.waitForURL((url) => url.pathname === '/overview' && !url.searchParams.has('asof'));
  await page.getByRole('button', { name: '记下今天的结论' }).waitFor();
  await shown(page);
  await says(page, 'main .screen', now, 'the present is another than before');
  step('the data are those of the present, and one button goes back to it');

  await page.getByRole('navigation').getByRole('link', { name: '作战图' }).click();
  await page.locator('.battle button.editable').first().waitFor();
  step('what was not to be changed can be again');

  await visit(page, `${service.url}/overview?region=330100&asof=yesterday`);
  await page.getByRole('status').getByText('asof').waitFor();
  await says(page, 'main .screen', now, 'what is no day is not the present');
  step('what is no day is named');
  await browser.close();
  await service.end();
});
