// Out of the demonstration an office makes a graph of its own that is kept: the page goes on
// with it, and so does the program when it is started with it another time.
import { existsSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { browse, check, folder, journey, open, shown, start, step, visit } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const csv = 'name,region,source,as_of,grade\n甲乙试验材料有限公司,温州市,试验名录,2026-11,B\n';

/** What is wrong with the dialog as it is, and with the strip behind it. */
async function judge(page, where) {
  await page.evaluate(axe);
  const { passes, violations } = await page.evaluate(() => window.axe.run({ include: [['[role="dialog"]'], ['.strip']] }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  check(passes.length > 5, `${where}: axe judged nothing`);
  check(violations.length === 0, `${where}: ${violations.map((v) => `${v.id} ${v.nodes.map((n) => n.html.slice(0, 200)).join('\n  ')}`).join('\n')}`);
}

const setUpButton = (page) => page.getByRole('button', { name: '建立本单位图库' });

await journey(async () => {
  const dir = folder();
  const file = join(dir, 'liantu.db');
  const service = await start(['demo'], { cwd: dir });
  const browser = await browse();
  const { page, faults } = await open(browser);

  for (const screen of ['overview', 'map', 'battle', 'data']) {
    await visit(page, `${service.url}/${screen}`);
    await page.getByText('演示：导入和修改都不保存').waitFor();
    await setUpButton(page).waitFor();
  }
  step('every screen says that nothing is kept, and has the button');

  writeFileSync(file, 'of somebody else');
  await setUpButton(page).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: '绿色能源' }).waitFor();
  await judge(page, 'the dialog');
  await dialog.getByRole('button', { name: '建立', exact: true }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').getByText('已有图库文件').waitFor();
  await judge(page, 'the refusal');
  check(readFileSync(file, 'utf8') === 'of somebody else', 'the file that was there is another one');
  step('a file that is there stays as it is');

  unlinkSync(file);
  await dialog.getByRole('combobox').focus();
  await page.keyboard.type('温州');
  await page.locator('.ant-select-item-option').filter({ hasText: '330300' }).first().waitFor();
  await page.keyboard.press('Enter');
  for (const name of ['智能物联', '生物医药', '新材料', '高端装备']) {
    await dialog.getByRole('checkbox', { name }).focus();
    await page.keyboard.press('Space');
  }
  await dialog.getByText('选得少').waitFor();
  await dialog.getByRole('radio', { name: '带样例', exact: false }).first().focus();
  await page.keyboard.press('ArrowDown');
  check(await dialog.getByRole('radio', { name: /^不带样例/ }).isChecked(), 'the arrow does not choose');
  await dialog.getByRole('button', { name: '建立', exact: true }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByText(`liantu serve --file ${file}`).waitFor();
  check(existsSync(file), 'the file is not there');
  step('the graph is made, and the page says where it is and how to start it');

  await page.waitForFunction(() => document.activeElement?.textContent === '开始使用');
  await judge(page, 'the result');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/data?region=330300');
  await shown(page);
  await page.locator('header').getByText('温州市 330300').waitFor();
  check(await page.getByText('演示：').count() === 0 && await setUpButton(page).count() === 0, 'the strip is still there');
  step('the page goes on with the new graph, without the strip');
  await page.locator('main input[type="file"]').first().setInputFiles({ name: 'Company.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('button', { name: '读取并预览' }).click();
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.getByRole('main').getByText('导入完成').first().waitFor();
  await service.end();
  step('a list is loaded, and the program ended');

  const again = await start(['serve', '--file', file], { cwd: dir });
  await visit(page, `${again.url}/data?region=330300&tab=loads`);
  await page.getByRole('main').getByText('Company.csv').first().waitFor();
  check(await page.getByText('演示：').count() === 0, 'a graph that is kept is called a demonstration');
  for (const screen of ['overview', 'map', 'battle']) await visit(page, `${again.url}/${screen}?region=330300`);
  step('started another time, it holds the list');
  // The refusal, and what was under way when the program ended, are reported by the browser itself.
  const unexpected = faults.filter((f) => !f.includes('/setup') && !f.includes('ERR_'));
  check(unexpected.length === 0, unexpected.join('\n'));
  await again.end();

  const demo = await start(['demo'], { cwd: folder() });
  const phone = await open(browser, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  for (const lang of ['zh', 'en']) {
    await visit(phone.page, `${demo.url}/overview?lang=${lang}`);
    await phone.page.locator('.strip .ant-btn').tap();
    await phone.page.getByRole('dialog').getByRole('checkbox').first().waitFor();
    await judge(phone.page, `the dialog on a phone, ${lang}`);
    const { wide, low } = await phone.page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      low: [...document.querySelectorAll('.strip .ant-btn, [role="dialog"] button, [role="dialog"] .ant-select, [role="dialog"] label')].filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.className),
    }));
    check(wide <= 390, `${lang}: ${wide} wide`);
    check(low.length === 0, `${lang}: lower than 44 pixels: ${low.join(', ')}`);
  }
  step('on a phone it fits, and what is tapped is high enough');
  await browser.close();
  await demo.end();
});
