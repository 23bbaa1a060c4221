// Each screen in both languages meets WCAG 2.2 AA as far as axe can judge.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { browse, check, journey, open, screens, start, step, visit } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const wide = await open(browser);
  // As wide as a phone, and so high that the bar at its foot covers nothing.
  const phone = await open(browser, { viewport: { width: 390, height: 6000 }, isMobile: true, hasTouch: true });
  const found = [];
  // The map once more with all that it can show beside the lanes, and as it is on a phone.
  const full = 'map?region=330000&chain=auto-parts&peer=320000&link=auto-parts.motor-vehicles.buses';
  const quadrant = 'battle?region=330000&view=quadrant', earlier = 'overview?region=330000&asof=2024';
  const paths = 'map?region=330100&chain=smart-grid&link=smart-grid.motors-and-drives';
  for (const [screen, page] of [...[...screens, 'signin', full, quadrant, earlier, paths].map((s) => [s, wide.page]), ...[...screens, full, quadrant, earlier].map((s) => [s, phone.page])]) {
    for (const lang of ['zh', 'en']) {
      await visit(page, `${service.url}/${screen}${screen.includes('?') ? '&' : '?'}lang=${lang}`);
      if (screen === paths) {
        await page.getByRole('button', { name: lang === 'en' ? 'Draw' : '画成图' }).click();
        await page.locator('.paths .react-flow__edge').first().waitFor({ state: 'attached' });
      }
      await page.evaluate(axe);
      const result = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
      check(result.passes.length > 5, `${screen}: axe judged nothing`);
      for (const v of result.violations) found.push(`${screen} ${lang}: ${v.id} ${v.nodes.map((n) => n.html.slice(0, 200)).join('\n    ')}`);
      step(`${screen} ${lang}: ${result.passes.length} rules hold, ${result.violations.length} do not`);
    }
  }
  check(found.length === 0, found.join('\n'));
  await browser.close();
  await service.end();
});
