import { expect, it } from 'vitest';

import type { MapLink } from './layout';
import { saidOf } from './said';

const words = (key: string, values: Record<string, unknown> = {}) => (key === 'listSeparator' ? '|' : [key, ...Object.values(values)].join(' '));
const link = (verdict: object, more: object = {}) => ({ candidates: null, targets: null, projects: null, ...more, verdict }) as unknown as MapLink;

it('names a cell by its verdict, its action and its numbers', () => {
  const full = link({ state: 'ABSENT', action: 'FILL', confidence: 0.69, numbers: { companies: 0, expected: 1.42 } }, { candidates: 11, targets: 2, projects: 1 });
  expect(saidOf(full, 'Buses', words)).toBe(
    'Buses|state.ABSENT|action.FILL|map.said.here 0|map.said.expected 1.4|map.sure 69%|map.said.candidates 11|map.said.targets 2|map.said.projects 1',
  );
});

it('leaves out what is not known', () => {
  expect(saidOf(link({ state: 'UNKNOWN', action: null, confidence: 0, numbers: { companies: 0, expected: null } }), 'Buses', words)).toBe('Buses|state.UNKNOWN|map.said.here 0');
});
