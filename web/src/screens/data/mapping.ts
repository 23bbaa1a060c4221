import { parse, stringify } from 'yaml';

/** The parts of a mapping that the page reads and changes; all others stay as they are. */
interface End { kind?: string; column?: string; within?: string; row?: boolean; each?: boolean; values?: Record<string, string> }
interface Emit { node?: string; edge?: string; properties?: Record<string, unknown>; from?: End; to?: End; optional?: boolean }
interface FileMapping { match: string[]; sheet?: string; emit?: Emit[] }
export interface Mapping { name?: string; files?: FileMapping[] }
export interface Column { file: string; column: string; meaning: string }

export const readMapping = (text: string) => (parse(text) ?? {}) as Mapping;
export const writeMapping = (mapping: Mapping) => stringify(mapping);

/** A column that is not loaded. */
export const unused = '';
/** What the links of a company are found by, and the kind at their other end. */
const edges: Record<string, string> = { LOCATED_IN: 'Region', OPERATES_IN: 'Link', MEMBER_OF: 'Intermediary' };
export const withinChain = 'OPERATES_IN.within';
export const companyMeanings = [
  'name', 'uscc', 'stock_code', 'short_name', 'former_names', 'address', 'employees', 'registered_capital', 'revenue', 'founded',
  'main_business', 'main_products', 'industry', 'website', 'leader',
].map((p) => `Company.${p}`);
export const meanings = [...companyMeanings, ...Object.keys(edges), withinChain];

/** The column that a property is read from, undefined where it is made of several or of none. */
function columnOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value && typeof value === 'object' && 'column' in value && typeof value.column === 'string') return value.column;
  return undefined;
}

function columnsOfEmit(file: string, emit: Emit): Column[] {
  const found: Column[] = [];
  for (const [property, value] of Object.entries(emit.properties ?? {})) {
    const column = columnOf(value);
    if (column) found.push({ file, column, meaning: `${emit.node ?? emit.edge}.${property}` });
  }
  if (!emit.edge) return found;
  for (const end of [emit.from, emit.to]) {
    if (end?.within) found.push({ file, column: end.within, meaning: `${emit.edge}.within` });
    if (end?.column) found.push({ file, column: end.column, meaning: emit.edge });
  }
  return found;
}

/** What each column means, and the columns that nothing is loaded of behind them. */
export function columnsOf(mapping: Mapping, left: { file: string; columns: string[] }[]): Column[] {
  const used = (mapping.files ?? []).flatMap((f) => (f.emit ?? []).flatMap((e) => columnsOfEmit(f.match[0] ?? '', e)));
  const rest = left.flatMap(({ file, columns }) => columns.map((column) => ({ file, column, meaning: unused })));
  const seen = new Set<string>();
  return [...used, ...rest].filter(({ file, column }) => {
    const key = `${file}\n${column}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The same columns in the same order, with what they mean in another mapping. */
export function meaningsIn(mapping: Mapping, columns: Column[]): Column[] {
  const used = columnsOf(mapping, []);
  return columns.map((c) => ({ ...c, meaning: used.find((u) => u.file === c.file && u.column === c.column)?.meaning ?? unused }));
}

/** Takes a column out of a rule; the rule is undefined where nothing is left of it. */
function without(emit: Emit, column: string): Emit | undefined {
  const properties = emit.properties && Object.fromEntries(Object.entries(emit.properties).filter(([, v]) => columnOf(v) !== column));
  const rest: Emit = properties ? { ...emit, properties } : { ...emit };
  if (!emit.edge) return rest;
  if (emit.from?.column === column || emit.to?.column === column) return undefined;
  if (rest.to?.within === column) {
    rest.to = { ...rest.to };
    delete rest.to.within;
  }
  return rest;
}

/** Gives a meaning to a column in the rules of its file. */
function withMeaning(emits: Emit[], column: string, meaning: string): Emit[] {
  if (meaning === unused) return emits;
  if (meaning in edges) {
    const to: End = { kind: edges[meaning]!, column };
    return [...emits.filter((e) => e.edge !== meaning), { edge: meaning, from: { kind: 'Company', row: true }, to, optional: true }];
  }
  if (meaning === withinChain) {
    return emits.map((e) => (e.edge === 'OPERATES_IN' ? { ...e, to: { ...e.to, within: column } } : e));
  }
  const [kind, property] = meaning.split('.') as [string, string];
  if (!emits.some((e) => e.node === kind)) return [{ node: kind, properties: { [property]: column } }, ...emits];
  const at = emits.findIndex((e) => e.node === kind);
  return emits.map((e, i) => (i === at ? { ...e, properties: { ...e.properties, [property]: column } } : e));
}

/** The mapping in which a column of a file has another meaning. */
export function choose(mapping: Mapping, file: string, column: string, meaning: string): Mapping {
  const files = (mapping.files ?? []).map((f) => {
    if (f.match[0] !== file) return f;
    const rest = (f.emit ?? []).map((e) => without(e, column)).filter((e) => e !== undefined);
    return { ...f, emit: withMeaning(rest, column, meaning) };
  });
  return { ...mapping, files };
}

/** Whether rules read a file, as faults name it: a sheet of a workbook stands behind it. */
function reads({ match, sheet }: FileMapping, file: string): boolean {
  const name = (match[0] ?? '').replace(/\\(.)/g, '$1'); // a pattern that means this name alone
  return file.replace(/\.gz$/i, '') === name || (sheet !== undefined && file === `${name}#${sheet}`);
}

/** Whether a column alone names an end of edges, so that its values can be settled. */
export function namesEnd(mapping: Mapping, file: string, column: string): boolean {
  return (mapping.files ?? []).some((f) => reads(f, file) && (f.emit ?? []).some((e) => e.edge && (e.from?.column === column || e.to?.column === column)));
}

/** The mapping in which a value of a column that names an end of edges means a text; no text: what it says. */
export function settle(mapping: Mapping, file: string, column: string, value: string, text: string | undefined): Mapping {
  const end = (e: End | undefined) => {
    if (e?.column !== column) return e;
    const values = Object.fromEntries(Object.entries(e.values ?? {}).filter(([from]) => from !== value));
    if (text !== undefined) values[value] = text;
    return { ...e, values };
  };
  const files = (mapping.files ?? []).map((f) => (!reads(f, file) ? f : {
    ...f, emit: (f.emit ?? []).map((e) => (e.edge ? { ...e, from: end(e.from), to: end(e.to) } : e)),
  }));
  return { ...mapping, files };
}
