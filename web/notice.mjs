// Writes NOTICE: the packages that are in the built page, with their licences and the texts
// that these ask to pass on, each text once. With "check" it compares instead.
//
//	node notice.mjs [check]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'vite';

/** Licences under which a package may come into the page. */
const permitted = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'];

const folders = new Set();

/** The folder of the package that a module is of. */
const packageOf = (file) => /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];

await build({
  logLevel: 'error', build: { write: false },
  plugins: [{
    name: 'notice',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        for (const id of Object.keys(chunk.modules ?? {})) {
          const file = id.replace(/^\0/, '').split('?')[0];
          const folder = packageOf(file);
          if (folder) folders.add(folder);
        }
      }
    },
  }],
});

const packages = [...folders].map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!permitted.includes(license)) throw new Error(`${name} is under ${license}; somebody has to decide`);
  // A folder of that name holds the licences of what a package has taken over.
  const texts = readdirSync(folder, { withFileTypes: true }).filter((f) => /^(licen[cs]e|copying|notice)/i.test(f.name))
    .flatMap((f) => (f.isDirectory() ? readdirSync(join(folder, f.name)).map((inner) => join(f.name, inner)) : [f.name])).sort()
    .map((f) => readFileSync(join(folder, f), 'utf8').replace(/[ \t\r]+$/gm, '').trim());
  return { name, version, license, texts };
}).sort((a, b) => (a.name + ' ' + a.version < b.name + ' ' + b.version ? -1 : 1));

const byText = new Map();
for (const p of packages) {
  for (const text of p.texts) byText.set(text, [...new Set([...(byText.get(text) ?? []), p.name])]);
}
const unique = [...new Set(packages.map((p) => `${p.name} ${p.version}  ${p.license}${p.texts.length === 0 ? ' (states its licence by name alone)' : ''}`))];
const notice = ['The page of Liantu contains these packages of npm.', '', ...unique, '',
  ...[...byText].flatMap(([text, names]) => ['-'.repeat(78), names.join(', '), '', text, ''])].join('\n');

if (process.argv[2] !== 'check') writeFileSync('NOTICE', notice);
else if (readFileSync('NOTICE', 'utf8') !== notice) throw new Error('NOTICE is not what the page contains; write it by: make page');
