// No request leaves the service, nothing fails, and the policy of the page is there; for
// each screen in both languages.
import { browse, check, journey, open, screens, start, step, visit } from './browser.mjs';

await journey(async () => {
  const service = await start();
  const browser = await browse();
  const { page, faults, requests } = await open(browser);
  for (const screen of screens) {
    for (const lang of ['zh', 'en']) {
      const answer = await visit(page, `${service.url}/${screen}?lang=${lang}`);
      const policy = answer.headers()['content-security-policy'] ?? '';
      check(policy.includes("default-src 'none'") && policy.includes("script-src 'self'"), `${screen}: the policy is ${policy}`);
      check(await page.locator('html').getAttribute('lang') === (lang === 'zh' ? 'zh-CN' : 'en'), `${screen}: the language is not ${lang}`);
      step(`${screen} ${lang}`);
    }
  }
  const away = requests.filter((url) => !url.startsWith(service.url + '/') && !/^(data|blob):/.test(url));
  check(requests.some((url) => url.endsWith('/graphql')), 'no question was asked');
  check(away.length === 0, `requests leave the service: ${away}`);
  check(faults.length === 0, faults.join('\n'));
  await browser.close();
  await service.end();
});
