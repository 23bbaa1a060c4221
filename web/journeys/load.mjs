// A list of companies that do not exist is dropped, looked at, a name in it that means
// several links is settled by a click, it is loaded, stands among the loads, and is taken
// back; the frame shows each new version without a reload.
import { browse, check, journey, open, shown, start, step, visit } from './browser.mjs';

// Three links are called 激光雷达.
const csv = '企业名称,所在地,环节,来源,截至日期\n甲乙试验材料有限公司,杭州市,光刻胶、激光雷达,试验名录,2026-11\n丙丁试验设备有限公司,宁波市,激光雷达,试验名录,2026-11\n';

/** How many companies the graph has of a name. */
const named = (page, text) => page.evaluate(async (text) => {
  const query = 'query($text: String!) { search(text: $text, kinds: [Company], first: 1) { nodes { text } } }';
  const answer = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables: { text } }) });
  return (await answer.json()).data.search.nodes.length;
}, text);

/** The codes of the links at which a company is. */
const linksOf = (page, name) => page.evaluate(async (name) => {
  const query = 'query($name: ID!) { company(id: $name) { operatesIn(first: 10) { nodes { code } } } }';
  const answer = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables: { name } }) });
  return (await answer.json()).data.company.operatesIn.nodes.map((n) => n.code);
}, name);

/** The version and the count of companies that the frame shows. */
async function frame(page) {
  const text = await page.locator('.context').innerText();
  return { version: Number(/第 (\d+) 版/.exec(text)[1]), companies: Number(/(\d+) 家，已归环节/.exec(text)[1]) };
}

/** Waits until the frame shows that many companies. */
async function companies(page, count) {
  await page.waitForFunction((count) => document.querySelector('.context').innerText.includes(`${count} 家，已归环节`), count);
}

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page, faults } = await open(browser);
  await visit(page, `${service.url}/data?region=330000`);
  const before = await frame(page);
  await page.locator('main input[type="file"]').first().setInputFiles({ name: '名录.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('button', { name: '读取并预览' }).click();
  const main = page.getByRole('main');
  await main.getByText('新增').first().waitFor();
  step('the preview says what is new');
  const doubt = main.getByRole('group', { name: /“激光雷达”指的是.*2 行/ });
  check(await doubt.getByRole('radio').count() === 4, `the name may mean ${await doubt.innerText()}`);
  await page.setViewportSize({ width: 390, height: 844 });
  check(await page.evaluate(() => document.documentElement.scrollWidth <= 390), 'the choices scroll sideways on a phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await doubt.getByRole('radio', { name: /智能网联汽车 ›.*› 激光雷达/ }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: '预览', exact: true }).click();
  await main.getByText('已选定 1 / 1 处').waitFor();
  await page.getByRole('button', { name: '导入', exact: true }).waitFor();
  check(await main.getByText('可能是以下任一').count() === 0, 'the name is still in doubt');
  step('a name of three links is settled by a key');
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await main.getByText('导入完成').first().waitFor();
  step('the file is loaded');
  await companies(page, before.companies + 2);
  const loaded = await frame(page);
  check(loaded.version > before.version, `the frame shows version ${loaded.version} after ${before.version}`);
  step(`the frame shows version ${loaded.version} and two companies more, without a reload`);
  check(await named(page, '甲乙试验材料') === 1, 'the company is not in the graph');
  const links = await linksOf(page, '甲乙试验材料有限公司');
  check(links.includes('smart-vehicle.sensors.lidar'), `the company is at ${links}`);

  await main.getByRole('link', { name: '批次与撤销' }).last().click();
  await shown(page);
  await main.getByText('名录.csv').first().waitFor();
  check(!(await main.innerText()).includes('mine'), 'the load has a source that nobody named');
  step('the load is among the loads');
  const undo = main.getByRole('button', { name: /^撤销 .*名录\.csv$/ });
  await undo.click();
  await main.getByText(/将撤销 .*名录\.csv.*新增 \d+ 条/).waitFor();
  await page.keyboard.press('Escape');
  await main.getByRole('button', { name: '确认撤销' }).waitFor({ state: 'detached' });
  check(await named(page, '甲乙试验材料') === 1, 'Esc took the load back');
  await undo.click();
  await page.keyboard.press('Enter'); // the focus is on the press that does it
  await main.getByRole('status').getByText('已撤销“名录.csv”：移除节点').waitFor();
  step(await main.getByRole('status').getByText('已撤销').innerText());
  await undo.waitFor({ state: 'detached' });
  await companies(page, before.companies);
  check((await frame(page)).version > loaded.version, 'the frame shows an old version after the undo');
  check(await named(page, '甲乙试验材料') === 0, 'the company is still in the graph');
  check(faults.length === 0, faults.join('\n'));
  await browser.close();
  await service.end();
});
