// Writes what kinds and their properties are called, as the model says it in both languages.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { parse } from 'yaml';

const folder = '../schema/kinds';
const labels = {};
for (const file of readdirSync(folder).filter((f) => f.endsWith('.yaml')).sort()) {
  const kind = parse(readFileSync(`${folder}/${file}`, 'utf8'));
  labels[kind.name] = kind.label;
  for (const property of kind.properties ?? []) labels[`${kind.name}.${property.name}`] = property.label;
}
mkdirSync('src/gql', { recursive: true });
writeFileSync('src/gql/labels.json', JSON.stringify(labels) + '\n');
