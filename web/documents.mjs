// Writes documents.json, the documents of the page that the server always accepts, each by
// its SHA-256, in the order of the hashes.
import { readFileSync, writeFileSync } from 'node:fs';

const documents = JSON.parse(readFileSync('src/gql/persisted-documents.json', 'utf8'));
const sorted = Object.fromEntries(Object.entries(documents).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('documents.json', JSON.stringify(sorted, null, 1) + '\n');
