// A list of companies that do not exist is dropped, looked at, loaded, and stands among
// the loads.
import { browse, check, journey, open, start, step, visit } from './browser.mjs';

const csv = 'name,region,source,as_of,grade\n甲乙试验材料有限公司,杭州市,试验名录,2026-11,B\n丙丁试验设备有限公司,宁波市,试验名录,2026-11,B\n';

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page, faults } = await open(browser);
  await visit(page, `${service.url}/data?region=330000`);
  await page.locator('main input[type="file"]').first().setInputFiles({ name: 'Company.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('button', { name: '读取并预览' }).click();
  const main = page.getByRole('main');
  await main.getByText('新增').first().waitFor();
  step('the preview says what is new');
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await main.getByText('导入完成').first().waitFor();
  step('the file is loaded');
  await visit(page, `${service.url}/data?region=330000&tab=loads`);
  await main.getByText('Company.csv').first().waitFor();
  step('the load is among the loads');
  const found = await page.evaluate(async () => {
    const query = '{ search(text: "甲乙试验材料", kinds: [Company], first: 1) { nodes { text } } }';
    const answer = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });
    return (await answer.json()).data.search.nodes.length;
  });
  check(found === 1, 'the company is not in the graph');
  check(faults.length === 0, faults.join('\n'));
  await browser.close();
  await service.end();
});
