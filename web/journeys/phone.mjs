// On a screen of 390 pixels nothing has to be scrolled sideways.
import { browse, check, journey, open, screens, start, step, visit } from './browser.mjs';

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page } = await open(browser, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const wide = [];
  for (const screen of [...screens, 'signin']) {
    for (const lang of ['zh', 'en']) {
      await visit(page, `${service.url}/${screen}?lang=${lang}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 390) wide.push(`${screen} ${lang} is ${width} wide`);
      step(`${screen} ${lang}: ${width}`);
    }
  }
  check(wide.length === 0, wide.join('\n'));
  await browser.close();
  await service.end();
});
