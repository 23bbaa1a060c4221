// The papers of a meeting: from the overview to the document and the workbook.
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
  const saved = ['.docx', '.xlsx'].map((form) => page.waitForEvent('download', { predicate: (file) => file.suggestedFilename().endsWith(form) }));
  await page.getByRole('button', { name: '生成会商材料' }).click();
  for (const file of await Promise.all(saved)) {
    const begin = readFileSync(await file.path()).subarray(0, 4).toString('latin1');
    check(begin === 'PK\x03\x04', `${file.suggestedFilename()} begins with ${JSON.stringify(begin)}`);
    check(/^浙江_会商材料_\d{8}\.(docx|xlsx)$/.test(file.suggestedFilename()), `the file is called ${file.suggestedFilename()}`);
    step(`${file.suggestedFilename()} has arrived`);
  }
  check(faults.length === 0, faults.join('\n'));
  await browser.close();
  await service.end();
});
