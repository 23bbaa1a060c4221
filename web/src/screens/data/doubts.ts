import { useState } from 'react';

import type { Choice, Fault } from './door';

/** A value of a column that may mean several things, in so many rows. */
export interface Doubt { file: string; column: string; value: string; rows: number; choices: Choice[] }

export const keyOf = (d: Pick<Doubt, 'file' | 'column' | 'value'>) => [d.file, d.column, d.value].join('\n');

/** The values that faults offer choices of, each once, those of most rows first. */
export function doubtsOf(faults: readonly Fault[]): Doubt[] {
  const found = new Map<string, Doubt>();
  for (const { file, column, value, rows = 1, choices = [] } of faults) {
    if (!column || !value || choices.length === 0) continue;
    const key = keyOf({ file, column, value });
    const known = found.get(key);
    found.set(key, { file, column, value, choices: known?.choices ?? choices, rows: (known?.rows ?? 0) + rows });
  }
  return [...found.values()].sort((a, b) => b.rows - a.rows);
}

/** What is to be settled: what was settled before stays, so that it can be chosen anew. */
export function withSettled(before: readonly Doubt[], settled: ReadonlyMap<string, string>, now: readonly Doubt[]): Doubt[] {
  const open = new Set(now.map(keyOf));
  return [...before.filter((d) => settled.has(keyOf(d)) && !open.has(keyOf(d))), ...now];
}

/** What the values in doubt mean, by the choice of whoever loads. */
export function useDoubts() {
  const [doubts, setDoubts] = useState<Doubt[]>([]);
  const [settled, setSettled] = useState<ReadonlyMap<string, string>>(new Map());
  return {
    doubts, settled,
    /** Takes in what a preview says. */
    note: (faults: readonly Fault[]) => setDoubts((old) => withSettled(old, settled, doubtsOf(faults))),
    /** Notes a choice; no text stands for none. */
    decide: (d: Doubt, text: string | undefined) => setSettled((old) => {
      const next = new Map(old);
      if (text === undefined) next.delete(keyOf(d));
      else next.set(keyOf(d), text);
      return next;
    }),
    /** Forgets all, or the choices of a column, of which the meaning is another now. */
    forget: (of?: { file: string; column: string }) => {
      const gone = (key: string) => !of || key.startsWith(`${of.file}\n${of.column}\n`);
      setDoubts((old) => old.filter((d) => !gone(keyOf(d))));
      setSettled((old) => new Map([...old].filter(([key]) => !gone(key))));
    },
  };
}
