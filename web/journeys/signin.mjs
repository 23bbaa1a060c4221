// A service that wants keys: a wrong one, the right one, one that is revoked, a new one.
import { join } from 'node:path';

import { browse, check, command, folder, journey, open, shown, start, step } from './browser.mjs';

/** Asks until the service answers with a status: not often, since it limits tries with wrong keys. */
async function answers(page, status, key) {
  for (let tries = 0; tries < 20; tries++) {
    const got = await page.evaluate(async (key) => {
      const headers = { 'Content-Type': 'application/json', ...(key ? { Authorization: `Bearer ${key}` } : {}) };
      return (await fetch('/graphql', { method: 'POST', headers, body: '{"query":"{ meta { version } }"}' })).status;
    }, key);
    if (got === status) return;
    await page.waitForTimeout(500);
  }
  check(false, `the service never answers ${status}`);
}

await journey(async () => {
  const dir = folder();
  const env = {
    LIANTU_STORE_PATH: join(dir, 'graph.db'), LIANTU_ACCESS_MODE: 'required', LIANTU_ACCESS_USERS: join(dir, 'users.json'),
    LIANTU_ACCESS_AUDIT: join(dir, 'audit.jsonl'),
  };
  await command(['load', '../../cli/testdata/mini'], { ...env, LIANTU_ACCESS_MODE: 'none' });
  await command(['users', 'add', 'kan', '--role', 'viewer'], env);
  const key = await command(['keys', 'add', 'kan'], env);
  const service = await start(['serve'], { env });
  const browser = await browse();
  const { page, context } = await open(browser);
  page.setDefaultTimeout(20_000);
  const signIn = async (text) => {
    await page.locator('#key').fill(text);
    await page.getByRole('button', { name: '登录' }).click();
  };

  await page.goto(service.url + '/map?region=330000');
  await page.waitForURL('**/signin*');
  step('a visitor is sent to the sign-in page');
  await signIn('lt_wrong');
  await page.getByRole('alert').getByText('密钥不对').waitFor();
  step('a wrong key is refused');
  await signIn(key);
  await page.waitForURL('**/map?region=330000');
  await shown(page);
  await page.getByRole('button', { name: /^kan/ }).waitFor(); // the page names the user
  step('the right key leads to the page that was asked for');
  const cookies = await context.cookies();
  check(cookies.length === 1 && cookies[0].httpOnly && cookies[0].sameSite !== 'None', `the cookies are ${JSON.stringify(cookies)}`);
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  check(!stored.includes(key), 'the browser stores the key');

  const prefix = (await command(['keys', 'list', '--format', 'json'], env)).match(/"prefix":\s*"([^"]+)"/)?.[1];
  await command(['keys', 'revoke', prefix], env);
  await answers(page, 401); // a running service notices within a second
  await page.getByRole('navigation').getByRole('link', { name: '总览' }).click();
  await page.waitForURL('**/signin*');
  step('the key is revoked: the sign-in page is back');
  const fresh = await command(['keys', 'add', 'kan'], env);
  await answers(page, 200, fresh); // a new key, too, is known within a second
  await signIn(fresh);
  await page.waitForURL('**/overview?region=330000');
  await shown(page);
  step('a new key leads back');
  await browser.close();
  await service.end();
});
