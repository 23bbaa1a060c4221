// Writes pictures of each screen in both languages, and of two on a phone.
//
//	node pictures.mjs PROGRAM FOLDER
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { browse, journey, open, screens, start, step, visit } from './browser.mjs';

const out = resolve(process.argv[3] ?? join(dirname(fileURLToPath(import.meta.url)), '../../docs/pictures'));

await journey(async () => {
  mkdirSync(out, { recursive: true });
  const service = await start();
  const browser = await browse();
  const take = async (page, screen, lang, name, more = '') => {
    await visit(page, `${service.url}/${screen}?region=330000&lang=${lang}${more}`);
    const path = join(out, name + '.jpg');
    await page.screenshot({ path, type: 'jpeg', quality: 48, animations: 'disabled', caret: 'hide' });
    step(`${name}.jpg ${Math.round(statSync(path).size / 1000)} kB`);
  };
  const { page } = await open(browser);
  for (const screen of screens) {
    for (const lang of ['zh', 'en']) await take(page, screen, lang, `${screen}-${lang}`);
  }
  await take(page, 'battle', 'zh', 'quadrant-zh', '&view=quadrant');
  await take(page, 'battle', 'en', 'quadrant-en', '&view=quadrant');
  const phone = await open(browser, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  for (const screen of ['overview', 'map']) await take(phone.page, screen, 'zh', `phone-${screen}`);
  await browser.close();
  await service.end();
});
