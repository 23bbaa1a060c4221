import { expect, it } from 'vitest';

import { newsDay, projectsOf } from './projects';
import { mostlyTooFew, workOf } from './summary';

it('is too small a sample where more than half is unknown and no population is large', () => {
  const states = (unknown: number, absent: number) => [{ state: 'UNKNOWN' as const, count: unknown }, { state: 'ABSENT' as const, count: absent }];
  expect(mostlyTooFew(states(335, 10), [{ large: false }])).toBe(true);
  expect(mostlyTooFew(states(335, 10), [])).toBe(false);
  expect(mostlyTooFew(states(335, 10), [{ large: false }, { large: true }])).toBe(false);
  expect(mostlyTooFew(states(5, 5), [])).toBe(false);
  expect(mostlyTooFew([], [])).toBe(false);
});

it('counts what asks for work', () => {
  const actions = (['FILL', 'CHECK', 'WAIT', 'KEEP', 'WATCH'] as const).map((action, i) => ({ action, count: 10 ** i }));
  expect(workOf(actions)).toBe(11);
});

it('has each project once, those with news first', () => {
  const project = (code: string, alive: boolean, news: string | null) => ({ alive, news, stage: null, investment: null, project: { code, name: code }, link: { code: 'l', chain: null } });
  const answer = { gaps: { nodes: [
    { link: { code: 'l', chain: null }, pipeline: [project('old', false, '2026-12-31'), project('new', true, '2026-01-01')] },
    { link: { code: 'm', chain: null }, pipeline: [project('new', true, '2026-01-01'), project('newer', true, '2026-06-01'), project('silent', false, null)] },
  ] } };
  expect(projectsOf(answer).map((p) => p.project.code)).toEqual(['newer', 'new', 'old', 'silent']);
});

it('says the year alone of news whose day is to come', () => {
  expect(newsDay('2026-12-31', '2026-12-03', 'zh')).toBe('2026 年');
  expect(newsDay('2026-12-31', '2026-12-03', 'en')).toBe('2026');
  expect(newsDay('2026-12-03', '2026-12-03', 'zh')).toBe('2026-12-03');
  expect(newsDay('2025-12-31', '2026-12-03', 'zh')).toBe('2025-12-31');
});
