// A service that wants keys: a steward judges placements by keys, a strategist may look and
// takes back nothing that others loaded.
import { join } from 'node:path';

import { browse, check, command, folder, journey, open, shown, start, step } from './browser.mjs';

/** Signs in on a page of its own and goes to an address. */
async function signedIn(browser, url, key, address) {
  const opened = await open(browser);
  await opened.page.goto(url + address);
  await opened.page.waitForURL('**/signin*');
  await opened.page.locator('#key').fill(key);
  await opened.page.getByRole('button', { name: '登录' }).click();
  await opened.page.waitForURL('**' + address);
  await shown(opened.page);
  opened.faults.length = 0; // the browser reports that nobody was known before
  return opened;
}

await journey(async () => {
  const dir = folder();
  const env = {
    LIANTU_STORE_PATH: join(dir, 'graph.db'), LIANTU_ACCESS_MODE: 'required', LIANTU_ACCESS_USERS: join(dir, 'users.json'),
    LIANTU_ACCESS_AUDIT: join(dir, 'audit.jsonl'),
  };
  await command(['load', '../../examples/zhejiang/data'], { ...env, LIANTU_ACCESS_MODE: 'none' });
  await command(['place', '--limit', '1'], { ...env, LIANTU_ACCESS_MODE: 'none' });
  step('the sample is loaded, and its companies are placed');
  for (const [name, ...role] of [['wang', 'steward'], ['li', 'strategist', '--regions', '330100', '--ecosystems', 'aiot']]) await command(['users', 'add', name, '--role', ...role], env);
  const keys = { wang: await command(['keys', 'add', 'wang'], env), li: await command(['keys', 'add', 'li'], env) };
  const service = await start(['serve'], { env });
  const browser = await browse();

  const { page, faults } = await signedIn(browser, service.url, keys.wang, '/data?region=330000&tab=review');
  const main = page.getByRole('main');
  const questions = main.locator('.questions li');
  const current = main.locator('.questions li[aria-current="true"]');
  await questions.first().waitFor();
  const texts = await questions.locator('p:first-child').allInnerTexts();
  const count = async () => Number(/待审核归类 (\d+) 条/.exec(await main.innerText())[1]);
  const before = await count();
  const at = (n) => page.waitForFunction((n) => document.querySelectorAll('.questions li')[n]?.getAttribute('aria-current') === 'true', n);
  await at(0);
  for (const [key, n] of [['j', 1], ['j', 2], ['k', 1], ['k', 0], ['k', 0]]) {
    await page.keyboard.press(key);
    await at(n);
  }
  step('J and K walk the questions');
  const said = main.getByRole('status').getByText('已记');
  for (const [key, verdict] of [['y', '是'], ['n', '不是']]) {
    const asked = await current.locator('p').first().innerText();
    const company = asked.split(' → ')[0];
    await page.keyboard.press(key);
    await said.getByText(`${company}，${verdict}。`).waitFor();
    await page.waitForFunction((asked) => ![...document.querySelectorAll('.questions li p:first-child')].some((p) => p.innerText === asked), asked);
    step(`${key.toUpperCase()}: ${await said.innerText()}`);
  }
  check(await count() < before, `${await count()} questions are left of ${before}`);
  check((await questions.locator('p:first-child').allInnerTexts()).join() !== texts.join(), 'the questions are the same');
  await main.getByRole('link', { name: '批次与撤销' }).click();
  await main.getByText(/^judgePlacement/).first().waitFor();
  check(await main.getByRole('button', { name: /^撤销 / }).count() > 2, 'a steward cannot take loads back');
  step('the judgements are among the loads, which a steward may take back');
  check(faults.length === 0, faults.join('\n'));

  const other = await signedIn(browser, service.url, keys.li, '/data?region=330100&tab=loads');
  await other.page.getByRole('main').getByText(/^judgePlacement/).first().waitFor();
  check(await other.page.getByRole('main').getByRole('button', { name: /^撤销 / }).count() === 0, 'a strategist is offered to take back what others did');
  await other.page.getByRole('main').getByRole('link', { name: '归类审核' }).click();
  await other.page.getByText('只有数据管理员可以裁定').waitFor();
  check(await other.page.locator('.questions button').count() === 0, 'a strategist is offered to judge');
  await other.page.keyboard.press('y');
  check(await other.page.getByText('已记').count() === 0, 'a strategist judges');
  step('a strategist may look, and is offered neither');
  await browser.close();
  await service.end();
});
