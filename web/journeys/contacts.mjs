// Who opens the door, with accounts: contacts are masked, shown for a purpose and on record,
// and covered again; whoever may state no purpose is not offered it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { browse, check, command, folder, journey, open, shown, start, step } from './browser.mjs';

await journey(async () => {
  const dir = folder(), audit = join(dir, 'audit.jsonl');
  const env = {
    LIANTU_STORE_PATH: join(dir, 'graph.db'), LIANTU_ACCESS_MODE: 'required', LIANTU_ACCESS_USERS: join(dir, 'users.json'), LIANTU_ACCESS_AUDIT: audit,
  };
  await command(['load', '../../examples/zhejiang/data'], { ...env, LIANTU_ACCESS_MODE: 'none' });
  step('the sample pack is loaded');
  await command(['users', 'add', 'li', '--role', 'strategist', '--regions', '330000', '--ecosystems', '*'], env);
  await command(['users', 'add', 'kan', '--role', 'viewer'], env);
  const key = await command(['keys', 'add', 'li'], env), viewer = await command(['keys', 'add', 'kan'], env);
  const service = await start(['serve'], { env });
  const browser = await browse();
  const address = `${service.url}/map?region=330100&chain=smart-grid&link=smart-grid.motors-and-drives`;
  const enter = async (text) => {
    const { page, faults } = await open(browser);
    await page.clock.install();
    await page.goto(address);
    await page.waitForURL('**/signin*');
    await page.locator('#key').fill(text);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL('**/map*');
    await shown(page);
    await page.getByRole('complementary').getByRole('heading', { name: '谁能引见' }).waitFor();
    return { page, faults };
  };

  const { page } = await enter(key);
  const drawer = page.getByRole('complementary');
  check(!/1\d{10}/.test(await drawer.innerText()), 'a telephone number is shown without a purpose');
  await drawer.getByRole('button', { name: '查看联系人' }).click();
  await drawer.getByRole('combobox', { name: '用途' }).selectOption({ label: '引荐联络' });
  await drawer.getByRole('textbox', { name: '事由' }).fill('周一会商');
  const before = readFileSync(audit, 'utf8').split('\n').length;
  await drawer.getByRole('button', { name: '查看', exact: true }).click();
  await drawer.getByText('已记入审计').waitFor();
  check(/1\d{10}/.test(await drawer.locator('.revealed').innerText()), `revealed is ${await drawer.locator('.revealed').innerText()}`);
  check(/li \d{4}-\d\d-\d\d/.test(await drawer.locator('.watermark').innerText()), 'the watermark lacks the user and the day');
  const entries = readFileSync(audit, 'utf8').trim().split('\n').slice(before - 1).map((line) => JSON.parse(line));
  check(JSON.stringify(entries).includes('INTRODUCTION'), `the audit log has ${JSON.stringify(entries)}`);
  step('a purpose shows the contacts, with a watermark and on record');
  await page.clock.fastForward(61_000);
  await drawer.locator('.revealed').waitFor({ state: 'detached' });
  step('after a minute they are covered');

  const other = await enter(viewer);
  check(await other.page.getByRole('button', { name: '查看联系人' }).count() === 0, 'a viewer is offered the contacts');
  step('a viewer sees the map, and is not offered them');
  await other.page.getByRole('navigation').getByRole('link', { name: '总览' }).click();
  await other.page.getByText('您的角色看不到项目').waitFor();
  step('a viewer is told that projects are not for the role, and not that there are none');
  await browser.close();
  await service.end();
});
