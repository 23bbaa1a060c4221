// Monday's papers: from the overview to two files.
import { readFileSync } from 'node:fs';

import { browse, check, journey, open, shown, start, step, visit } from './browser.mjs';

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page, faults } = await open(browser, { acceptDownloads: true });
  await visit(page, `${service.url}/?region=330000`);
  step('the overview is there');
  await page.getByRole('navigation').getByRole('link', { name: '作战图' }).click();
  await page.waitForURL('**/battle*');
  await shown(page);
  step('the battle map is there');
  const files = [];
  const both = new Promise((done) => page.on('download', (file) => { if (files.push(file) === 2) done(undefined); }));
  await page.getByRole('button', { name: '生成周一材料' }).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: /生成|下载/ });
  await Promise.race([both, confirm.first().click().then(() => both)]);
  for (const file of files) {
    const begin = readFileSync(await file.path()).subarray(0, 4).toString('latin1');
    check(begin === 'PK\x03\x04', `${file.suggestedFilename()} begins with ${JSON.stringify(begin)}`);
    step(`${file.suggestedFilename()} has arrived`);
  }
  check(new Set(files.map((f) => f.suggestedFilename())).size === 2, 'the files have one name');
  check(faults.length === 0, faults.join('\n'));
  await browser.close();
  await service.end();
});
