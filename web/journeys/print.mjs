// Each screen can be printed. With a folder as second argument the papers are left there.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { browse, check, journey, open, screens, start, step, visit } from './browser.mjs';

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page } = await open(browser);
  for (const screen of screens) {
    await visit(page, `${service.url}/${screen}`);
    await page.emulateMedia({ media: 'print' });
    const words = (await page.locator('main').innerText()).trim().length;
    const paper = await page.pdf({ format: 'A4', landscape: true, printBackground: true });
    await page.emulateMedia({ media: 'screen' });
    check(paper.subarray(0, 5).toString() === '%PDF-' && words > 40, `${screen}: the paper holds ${words} characters`);
    if (process.argv[3]) {
      mkdirSync(process.argv[3], { recursive: true });
      writeFileSync(join(process.argv[3], screen + '.pdf'), paper);
    }
    step(`${screen}: ${paper.length} bytes, ${words} characters`);
  }
  await browser.close();
  await service.end();
});
