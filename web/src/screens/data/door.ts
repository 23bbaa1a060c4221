import { ask } from '../../graphql';
import { saveFile } from '../../parts/browser';

/** What POST /load reports; the parts that the page shows. */
export interface Counts { created: number; updated: number; unchanged: number; merged: number }
export interface Choice { text: string; name?: string; within?: string[] }
export interface Fault {
  file: string; row?: number; column?: string; value?: string; severity: string; code: string; rows?: number; reason: string; choices?: Choice[];
}
export interface Report {
  load: string; dryRun: boolean; version: number;
  files: {
    file: string; format?: string; encoding?: string; headerRow?: number; unmapped?: string[];
    rows: { read: number; accepted: number; rejected: number; blank: number }; kinds: ({ kind: string; edge: boolean } & Counts)[];
  }[];
  names?: { merged: number; review: number; contradicted: number };
  remarks?: string[]; faults: Fault[]; faultsOmitted?: number;
}
export interface Progress { file: string; rows: number; bytes: number; totalBytes: number }
export interface Rejects { name: string; rows: number; beyond: number; base64: string }
interface Refusal { message: string; extensions?: { code?: string } }
interface Line {
  progress?: Progress; mapping?: { yaml: string; faults: Fault[]; ignored: string[] };
  report?: Report; complete?: boolean; rejects?: Rejects; error?: Refusal;
}
export interface Options {
  source?: string; asOf?: string; grade?: string; kind?: string; population?: string; completeIn?: string; sheet?: string; headerRow?: number; encoding?: string;
}
export type Step = 'map' | 'preview' | 'apply';

/** Splits what has arrived into whole lines, and what is not whole yet. */
export function linesOf(text: string): { lines: string[]; rest: string } {
  const parts = text.split('\n');
  const rest = parts.pop() ?? '';
  return { lines: parts.filter((p) => p.trim() !== ''), rest };
}

function bodyOf(files: File[], options: Options, mapping?: string): FormData {
  const body = new FormData();
  const given = Object.fromEntries(Object.entries(options).filter(([, v]) => v !== undefined && v !== '' && v !== null));
  body.append('options', JSON.stringify(given));
  if (mapping) body.append('mapping', mapping);
  for (const file of files) {
    body.append('modified', new Date(file.lastModified).toISOString());
    body.append('file', file, file.name);
  }
  return body;
}

/** Sends files, and reports progress line by line; the last line is the answer. An error is the sentence of the service. */
export async function send(
  step: Step, files: File[], options: Options, mapping?: string, progress?: (p: Progress) => void, signal?: AbortSignal,
): Promise<Line> {
  const answer = await ask(`/load?step=${step}${step === 'map' ? '' : '&rejects=xlsx'}`, { method: 'POST', body: bodyOf(files, options, mapping), signal });
  if (!answer.ok || !answer.body) {
    const refusal = (await answer.json().catch(() => undefined)) as { errors?: Refusal[] } | undefined;
    throw new Error(refusal?.errors?.[0]?.message ?? `HTTP ${answer.status}`);
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let last: Line = {};
  for (;;) {
    const { done, value } = await reader.read();
    const split = linesOf(rest + (value ?? '') + (done ? '\n' : ''));
    rest = split.rest;
    for (const line of split.lines) {
      last = JSON.parse(line) as Line;
      if (last.progress) progress?.(last.progress);
    }
    if (done) break;
  }
  if (last.error) throw new Error(last.error.message);
  if (!last.report && !last.mapping) throw new Error('BROKEN');
  return last;
}

/** Has the browser save a file that came in an answer. */
export function save(rejects: Rejects) {
  saveFile(new Blob([Uint8Array.from(atob(rejects.base64), (c) => c.charCodeAt(0))]), rejects.name);
}

/** The counts of the nodes of a report, and of the rows that were left out. */
export function totalsOf(report: Report) {
  const nodes = report.files.flatMap((f) => f.kinds).filter((k) => !k.edge);
  const sum = (of: keyof Counts) => nodes.reduce((n, k) => n + k[of], 0);
  return {
    created: sum('created'), updated: sum('updated'), unchanged: sum('unchanged'),
    rejected: report.files.reduce((n, f) => n + f.rows.rejected, 0),
  };
}
