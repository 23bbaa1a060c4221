// Writes documents.json, the documents of the page that the server always accepts, as the
// client sends them, each by its SHA-256, in the order of the hashes; or another file.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

import { stringifyDocument } from '@urql/core';
import { transformWithOxc } from 'vite';

const { code } = await transformWithOxc(readFileSync('src/gql/graphql.ts', 'utf8'), 'graphql.ts');
writeFileSync('src/gql/documents.mjs', code);
const generated = await import('./src/gql/documents.mjs');
rmSync('src/gql/documents.mjs');

const documents = {};
for (const [name, document] of Object.entries(generated)) {
  if (!name.endsWith('Document')) continue;
  const text = stringifyDocument(document.toString());
  documents[createHash('sha256').update(text).digest('hex')] = text;
}
const sorted = Object.fromEntries(Object.entries(documents).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(process.argv[2] ?? 'documents.json', JSON.stringify(sorted, null, 1) + '\n');
