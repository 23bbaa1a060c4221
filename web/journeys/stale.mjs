// The graph changes under an open page, is out of reach, and comes back: the page follows
// the other process, warns in an amber strip, and goes on.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { browse, check, command, folder, journey, open, start, step, visit } from './browser.mjs';

await journey(async () => {
  const dir = folder();
  const path = join(dir, 'graph.db');
  const env = { LIANTU_STORE_PATH: path };
  await command(['load', '../../cli/testdata/mini'], env);
  const service = await start(['serve'], { env });
  const browser = await browse();
  const { page, faults } = await open(browser);
  await visit(page, `${service.url}/overview?region=330000`);
  const version = async () => Number(/第 (\d+) 版/.exec(await page.locator('.context').innerText())[1]);
  const before = await version();

  const list = join(dir, '名录.csv');
  writeFileSync(list, '企业名称,所在地\n甲乙试验材料有限公司,杭州市\n');
  await command(['load', list, '--source', '试验名录', '--as-of', '2026-11'], env);
  await page.waitForFunction((before) => Number(/第 (\d+) 版/.exec(document.querySelector('.context').innerText)[1]) > before, before);
  step(`another process has loaded a list: the page shows version ${await version()} after ${before}`);

  const strip = page.locator('.strip[role="status"]').getByText('暂时读不到最新数据');
  check(await strip.count() === 0, 'the page warns of a graph within reach');
  const whole = readFileSync(path);
  const replace = (data) => {
    writeFileSync(path + '.new', data, { mode: 0o600 });
    renameSync(path + '.new', path);
  };
  replace(Buffer.alloc(4096, 'x')); // as a disk that fails
  await strip.waitFor();
  const colour = await strip.evaluate((e) => getComputedStyle(e).backgroundColor);
  const [red, green, blue] = colour.match(/\d+/g).map(Number);
  check(red > green && green > blue && blue < 240, `the strip is ${colour}, not amber`);
  step(`the page says: ${await strip.innerText()}`);
  await page.getByRole('navigation').getByRole('link', { name: '数据' }).click();
  await page.getByRole('main').getByRole('heading', { name: '数据' }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: '总览' }).click();
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  check(await strip.count() === 1, 'the warning is gone although nothing is better');
  step('reading goes on');
  replace(whole);
  await strip.waitFor({ state: 'detached' });
  step('the graph is back, and the warning gone');
  check(faults.length === 0, faults.join('\n'));
  await browser.close();
  await service.end();
});
