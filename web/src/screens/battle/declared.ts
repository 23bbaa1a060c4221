/** What is declared of a link; undefined where nothing is. */
export interface Declared { role?: string; owner?: string; due?: string }

export const parts = ['role', 'owner', 'due'] as const;
export type Part = (typeof parts)[number];

export const roles = ['CORE', 'KEY', 'PROMINENT', 'RESTRICTED'] as const;

/**
 * What of the wanted is new; undefined if nothing is. What is left empty stays as it
 * was: a declaration is corrected or taken back, not emptied.
 */
export function changedOf(was: Declared, wanted: Declared): Declared | undefined {
  const change: Declared = {};
  for (const part of parts) {
    const value = wanted[part]?.trim();
    if (value && value !== was[part]) change[part] = value;
  }
  return Object.keys(change).length > 0 ? change : undefined;
}

interface Copied { rank: number; name: string; chain: string; state: string; action: string; companies: string; sure: string; priority: string; declared: Declared; why: string }

/** Rows as a table to paste into a spreadsheet or a document: a head, and a line for each. */
export function asTable(head: readonly string[], rows: readonly Copied[]): string {
  const cell = (text: string) => text.replace(/[\t\r\n]+/g, ' ');
  const lines = rows.map((r) => [
    String(r.rank), r.name, r.chain, r.state, r.action, r.companies, r.sure, r.priority, r.declared.role ?? '', r.declared.owner ?? '', r.declared.due ?? '', r.why,
  ]);
  return [head, ...lines].map((line) => line.map(cell).join('\t')).join('\n');
}
