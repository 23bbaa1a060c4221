// The battle map at work: the quadrant filters the table, roles are declared in place and
// taken back, rows are copied, and the address holds what is chosen.
import { browse, check, journey, open, shown, start, step, visit } from './browser.mjs';

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page, faults } = await open(browser);
  const rows = page.locator('main tbody tr[data-code]');
  await visit(page, `${service.url}/battle?region=330000`);
  const all = await rows.count();
  check(all > 20, `the battle map has ${all} rows`);

  await page.getByText('象限', { exact: true }).click();
  await page.waitForURL('**view=quadrant*');
  const part = page.getByRole('group', { name: '四个象限' }).getByRole('button', { name: /先办/ });
  await page.locator('.plot svg text').first().waitFor();
  const count = Number(/\d+/.exec(await part.innerText())[0]);
  await part.click();
  await page.waitForURL('**box=*');
  await page.waitForFunction((n) => document.querySelectorAll('main tbody tr[data-code]').length === n, count);
  check(count > 0 && count < all, `the quadrant has ${count} of ${all} rows to do first`);
  const copy = await open(browser);
  await visit(copy.page, page.url());
  check(await copy.page.locator('main tbody tr[data-code]').count() === count, 'the link shows another list');
  await copy.page.close();
  step(`the quadrant filters the table to ${count} of ${all}, and so does its link`);

  const plot = await page.locator('.plot .points').boundingBox();
  await page.mouse.move(plot.x + plot.width * 0.5, plot.y + plot.height * 0.1);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.9, plot.y + plot.height * 0.6, { steps: 5 });
  await page.mouse.up();
  await page.getByText('只列框选的环节').waitFor();
  step('a box drawn with the mouse does so too');
  await page.getByText('表', { exact: true }).click();
  await page.waitForURL((url) => !url.searchParams.has('view'));
  await shown(page);

  const code = await rows.first().getAttribute('data-code');
  const row = page.locator(`main tr[data-code="${code}"]`);
  const said = page.locator('.said');
  const role = async (word, owner) => {
    await row.focus();
    await page.keyboard.press('e');
    const fields = page.locator('tr.fields');
    await fields.getByRole('combobox').selectOption({ label: word });
    await fields.getByRole('textbox', { name: /责任/ }).fill(owner);
    await page.keyboard.press('Enter');
    await fields.waitFor({ state: 'detached' });
    await said.getByText('已登记').waitFor();
  };
  await role('核心', '市经信局');
  check(/核心/.test(await row.innerText()) && /市经信局/.test(await row.innerText()), `the row says ${await row.innerText()}`);
  await role('重点', '市经信局');
  check(/重点/.test(await row.innerText()), 'a role cannot be corrected on the same day');
  step('a role and an owner are declared by keys, and corrected');
  await said.getByRole('button', { name: '撤销' }).click();
  await said.getByText('已撤销').waitFor();
  await visit(page, page.url());
  check(!/重点/.test(await row.innerText()), 'what was taken back is still there');
  step('the correction is taken back');

  await rows.nth(1).focus();
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  const bulk = page.getByRole('group', { name: '对所选环节' });
  await bulk.getByText('已选 2 个环节').first().waitFor();
  await bulk.getByRole('button', { name: '登记…' }).click();
  await bulk.getByRole('textbox', { name: /责任/ }).fill('链长办');
  await bulk.getByRole('button', { name: '保存' }).click();
  await said.getByText('已登记 2 个环节').waitFor();
  check(await page.locator('main tr[data-code]', { hasText: '链长办' }).count() === 2, 'not both ticked rows have the owner');
  step('two rows are ticked and get an owner together');

  // Somebody else changes the graph while a field is being filled in.
  await page.getByRole('button', { name: '取消勾选' }).click();
  await row.focus();
  await page.keyboard.press('e');
  const typed = page.locator('tr.fields').getByRole('textbox', { name: /责任/ });
  await typed.fill('写到一半');
  const version = page.getByText(/第 \d+ 版/), old = await version.innerText();
  const other = await rows.nth(2).getAttribute('data-code');
  const answer = await fetch(`${service.url}/graphql`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: `mutation { declareRole(clientMutationId: "other", link: "${other}", owner: "别人") { version } }` }),
  });
  check(answer.ok && !(await answer.json()).errors, 'somebody else cannot declare an owner');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.locator(`main tr[data-code="${other}"]`, { hasText: '别人' }).waitFor();
  check(await version.innerText() !== old, 'the version stays');
  check(await typed.inputValue() === '写到一半', 'what was being typed is gone');
  step('a change of somebody else appears, and what is being typed stays');
  check(faults.length === 0, faults.join('\n'));
  await browser.close();
  await service.end();
});
