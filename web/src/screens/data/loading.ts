import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';

import { graphql } from '../../gql';
import type { DataVersionQuery } from '../../gql/graphql';
import { askEverythingAgain } from '../../graphql';
import { send, type Fault, type Options, type Progress, type Rejects, type Report } from './door';
import { useDoubts, type Doubt } from './doubts';
import { choose, columnsOf, meaningsIn, namesEnd, readMapping, settle, writeMapping, type Column, type Mapping } from './mapping';
import { samplesOfFile } from './sample';

const VersionQuestion = graphql(`query DataVersion { meta { version } }`);

export interface Outcome { report: Report; rejects?: Rejects }
export interface Read { mapping: Mapping; columns: Column[]; samples: Map<string, string>; faults: Fault[] }

/** The state of a load in its steps: files, columns, preview, loading, result. */
export function useLoad() {
  const { t } = useTranslation();
  const client = useClient();
  const [files, setFiles] = useState<File[]>([]);
  const [options, setOptions] = useState<Options>({});
  const [read, setRead] = useState<Read>();
  const [changed, setChanged] = useState(new Set<string>());
  const [preview, setPreview] = useState<Outcome>();
  const [result, setResult] = useState<Outcome & { before: number }>();
  const [progress, setProgress] = useState<Progress>();
  const [busy, setBusy] = useState<'read' | 'preview' | 'apply'>();
  const [failure, setFailure] = useState('');
  const { note, decide, forget, doubts, settled } = useDoubts();
  const byHand = changed.size > 0 || settled.size > 0;

  const attempt = async (what: 'read' | 'preview' | 'apply', work: () => Promise<void>) => {
    setBusy(what);
    setFailure('');
    setProgress(undefined);
    try { await work(); } catch (e) {
      const said = e instanceof Error ? e.message : String(e);
      setFailure(e instanceof TypeError ? t('failure.offline') : said === 'BROKEN' ? t('data.broken') : said);
    }
    setBusy(undefined);
  };
  // What was chosen by hand alone is sent: the service proposes the rest again, as the command does.
  // The list of loads names the mapping as the source, where the rows state their own.
  const written = byHand && read ? writeMapping({ ...read.mapping, name: files[0]?.name.replace(/\.[^.]*$/, '') || read.mapping.name }) : undefined;
  const look = async (mapping?: string) => {
    const line = await send('preview', files, options, mapping, setProgress);
    const report = line.report!;
    note(report.faults);
    setPreview({ report, rejects: line.rejects });
    return report;
  };
  const readFiles = () => attempt('read', async () => {
    const { mapping } = await send('map', files, options);
    const samples = new Map((await Promise.all(files.map((f) => samplesOfFile(f, options.headerRow)))).flatMap((m) => [...m]));
    const parsed = readMapping(mapping!.yaml);
    const report = await look();
    setChanged(new Set());
    const left = report.files.map((f) => ({ file: f.file, columns: f.unmapped ?? [] }));
    setRead({ mapping: parsed, samples, faults: mapping!.faults, columns: columnsOf(parsed, left) });
  });
  /** Begins anew with other files. */
  const begin = (more: (old: File[]) => File[]) => {
    setFiles(more);
    setRead(undefined); setPreview(undefined); setResult(undefined);
    setChanged(new Set());
    forget();
  };
  return {
    files, options, read, changed, preview, result, progress, busy, failure, settled,
    doubts: doubts.filter((d) => read && namesEnd(read.mapping, d.file, d.column)),
    setOptions: (o: Options) => { setOptions(o); setPreview(undefined); },
    take: (more: File[]) => { begin((old) => [...old.filter((f) => !more.some((m) => m.name === f.name)), ...more]); },
    drop: (name: string) => { begin((old) => old.filter((f) => f.name !== name)); },
    readFiles,
    choose: (c: Column, meaning: string) => {
      if (!read) return;
      const mapping = choose(read.mapping, c.file, c.column, meaning);
      setRead({ ...read, mapping, columns: meaningsIn(mapping, read.columns) });
      setChanged(new Set(changed).add(`${c.file}\n${c.column}`));
      forget(c);
      setPreview(undefined);
    },
    settle: (d: Doubt, text: string | undefined) => {
      if (!read) return;
      setRead({ ...read, mapping: settle(read.mapping, d.file, d.column, d.value, text) });
      decide(d, text);
      setPreview(undefined);
    },
    look: () => (!byHand ? readFiles() : attempt('preview', async () => { await look(written); })),
    apply: () => attempt('apply', async () => {
      const held = await client.query(VersionQuestion.toString(), {}).toPromise();
      const before = (held.data as DataVersionQuery | undefined)?.meta.version ?? 0;
      const line = await send('apply', files, options, written, setProgress);
      setResult({ report: line.report!, rejects: line.rejects, before });
      askEverythingAgain(); // the version and the counts of the frame are others now
    }),
    restart: () => { begin(() => []); setFailure(''); },
  };
}
