import { expect, test } from 'vitest';

import { whyMasked } from './masked';

const t = (key: string) => key;

test('reasons are those of the person, each once', () => {
  const all = [
    { reason: 'CONSENT_REFUSED', fields: ['Person.phone'], ids: ['p1'] }, { reason: 'CONSENT_REFUSED', fields: ['Person.name'], ids: ['p1'] },
    { reason: 'CONSENT_LAPSED', fields: ['Person.phone'], ids: ['p2'] }, { reason: 'PURPOSE', fields: ['Person.email'] },
  ];
  expect(whyMasked(all, 'p1', t)).toBe('contact.masked.CONSENT_REFUSED contact.masked.PURPOSE');
  expect(whyMasked(all, 'p3', t)).toBe('contact.masked.PURPOSE');
  expect(whyMasked([], 'p1', t)).toBe('');
});
