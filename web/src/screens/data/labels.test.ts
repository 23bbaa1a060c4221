import { expect, it } from 'vitest';

import { labelOf } from './labels';

it('calls properties as the model does', () => {
  expect(labelOf('Company', 'legal_representative', 'zh')).toBe('企业 · 法定代表人');
  expect(labelOf('Company', 'founded', 'en')).toBe('Company · founded');
  expect(labelOf('Company', 'colour', 'zh')).toBe('Company.colour');
});
