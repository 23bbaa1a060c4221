import type { VerdictAction, VerdictState } from '../../gql/graphql';

export type Counts = Partial<Record<VerdictState, number>>;

/** Counts by state, as bars and tiles take them. */
export function countsOf(states: readonly { state: VerdictState; count: number }[]): Counts {
  const counts: Counts = {};
  for (const { state, count } of states) counts[state] = count;
  return counts;
}

/**
 * Whether most links are unknown since no population of the region is large enough. Where none is complete, none is
 * in its province either.
 */
export function mostlyTooFew(states: readonly { state: VerdictState; count: number }[], frames: readonly { large: boolean }[]): boolean {
  const all = states.reduce((sum, s) => sum + s.count, 0);
  const unknown = countsOf(states).UNKNOWN ?? 0;
  return all > 0 && unknown * 2 > all && frames.length > 0 && !frames.some((f) => f.large);
}

const costly: VerdictAction[] = ['BUILD', 'FILL', 'STRENGTHEN', 'EXTEND', 'CHECK'];

/** How many links ask for work. */
export function workOf(actions: readonly { action: VerdictAction; count: number }[]): number {
  return actions.reduce((sum, a) => (costly.includes(a.action) ? sum + a.count : sum), 0);
}
