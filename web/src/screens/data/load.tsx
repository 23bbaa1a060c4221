import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useClient } from 'urql';

import { graphql } from '../../gql';
import type { DataVersionQuery } from '../../gql/graphql';
import { askEverythingAgain } from '../../graphql';
import { Columns } from './columns';
import { send, type Fault, type Options, type Progress, type Rejects, type Report } from './door';
import { choose, columnsOf, meaningsIn, readMapping, writeMapping, type Column, type Mapping } from './mapping';
import { OptionsForm } from './options';
import { useAddress } from '../../address';
import { Changed } from '../../parts/changes';
import { Faults, Totals } from './outcome';
import { samplesOfFile } from './sample';

const VersionQuestion = graphql(`query DataVersion { meta { version } }`);

interface Outcome { report: Report; rejects?: Rejects }
interface Read { mapping: Mapping; columns: Column[]; samples: Map<string, string>; faults: Fault[] }

/** The state of a load in its steps: files, columns, preview, loading, result. */
function useLoad() {
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
  const written = (mapping: Mapping | undefined, byHand: boolean) => (mapping && byHand ? writeMapping(mapping) : undefined);
  const look = async (mapping: Mapping | undefined, byHand: boolean) => {
    const line = await send('preview', files, options, written(mapping, byHand), setProgress);
    const report = line.report!;
    setPreview({ report, rejects: line.rejects });
    return report;
  };
  const readFiles = () => attempt('read', async () => {
    const { mapping } = await send('map', files, options);
    const samples = new Map((await Promise.all(files.map((f) => samplesOfFile(f, options.headerRow)))).flatMap((m) => [...m]));
    const parsed = readMapping(mapping!.yaml);
    const report = await look(undefined, false);
    setChanged(new Set());
    const left = report.files.map((f) => ({ file: f.file, columns: f.unmapped ?? [] }));
    setRead({ mapping: parsed, samples, faults: mapping!.faults, columns: columnsOf(parsed, left) });
  });
  return {
    files, options, read, changed, preview, result, progress, busy, failure,
    setOptions: (o: Options) => { setOptions(o); setPreview(undefined); },
    take: (more: File[]) => { setFiles((old) => [...old.filter((f) => !more.some((m) => m.name === f.name)), ...more]); setRead(undefined); setPreview(undefined); setResult(undefined); setChanged(new Set()); },
    drop: (name: string) => { setFiles((old) => old.filter((f) => f.name !== name)); setRead(undefined); setPreview(undefined); setChanged(new Set()); },
    readFiles,
    choose: (c: Column, meaning: string) => {
      if (!read) return;
      const mapping = choose(read.mapping, c.file, c.column, meaning);
      setRead({ ...read, mapping, columns: meaningsIn(mapping, read.columns) });
      setChanged(new Set(changed).add(`${c.file}\n${c.column}`));
      setPreview(undefined);
    },
    look: () => (changed.size === 0 ? readFiles() : attempt('preview', async () => { await look(read?.mapping, true); })),
    apply: () => attempt('apply', async () => {
      const held = await client.query(VersionQuestion.toString(), {}).toPromise();
      const before = (held.data as DataVersionQuery | undefined)?.meta.version ?? 0;
      const line = await send('apply', files, options, written(read?.mapping, changed.size > 0), setProgress);
      setResult({ report: line.report!, rejects: line.rejects, before });
      askEverythingAgain(); // the version and the counts of the frame are others now
    }),
    restart: () => { setFiles([]); setRead(undefined); setPreview(undefined); setResult(undefined); setChanged(new Set()); setFailure(''); },
  };
}

const steps = ['files', 'columns', 'preview', 'apply', 'result'] as const;

/** Files come in by five steps; nothing is written before the fourth. */
export function Load() {
  const { t } = useTranslation();
  const load = useLoad();
  const at = load.result ? 4 : load.busy === 'apply' ? 3 : load.read ? (load.preview ? 2 : 1) : 0;
  return (
    <>
      <ol className="card steps">
        {steps.map((s, i) => <li key={s} aria-current={i === at ? 'step' : undefined}>{i < at ? '✓' : i + 1} {t(`data.step.${s}`)}</li>)}
      </ol>
      {load.failure && <p className="card body red" role="alert">■ {load.failure}</p>}
      {load.busy && <p className="card body" role="status">{t(`data.busy.${load.busy}`)} {load.progress && load.progress.totalBytes > 0 && (
        <><progress aria-label={t(`data.busy.${load.busy}`)} max={load.progress.totalBytes} value={load.progress.bytes} /> {t('data.rowsDone', { count: load.progress.rows })}</>
      )}</p>}
      {load.result ? <Result load={load} /> : load.read ? <Understood load={load} read={load.read} /> : <Choose load={load} />}
    </>
  );
}
type State = ReturnType<typeof useLoad>;

function Choose({ load }: { load: State }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <section className="card">
      <div className="body stack">
        <div className={over ? 'drop over' : 'drop'} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
          onDrop={(e) => { e.preventDefault(); setOver(false); load.take([...e.dataTransfer.files]); }}>
          <p>{t('data.dropHere')}</p>
          <input ref={input} type="file" multiple hidden onChange={(e) => { load.take([...(e.target.files ?? [])]); e.target.value = ''; }} />
          <Button onClick={() => input.current?.click()}>{t('data.pick')}</Button>
          <p className="quiet">{t('data.formats')}</p>
        </div>
        <ul>
          {load.files.map((f) => (
            <li key={f.name}>{f.name} <span className="quiet">{t('data.kilobytes', { count: Math.ceil(f.size / 1024) })}</span> <Button size="small" type="text" onClick={() => load.drop(f.name)} aria-label={`${t('data.remove')} ${f.name}`}>{t('data.remove')}</Button></li>
          ))}
        </ul>
        <OptionsForm options={load.options} change={load.setOptions} />
        <p className="quiet">{t('data.optionsHelp')}</p>
        <p><Button type="primary" disabled={load.files.length === 0 || load.busy !== undefined} onClick={() => void load.readFiles()}>{t('data.read')}</Button></p>
      </div>
    </section>
  );
}

function Understood({ load, read }: { load: State; read: Read }) {
  const { t } = useTranslation();
  const outcome = load.preview;
  return (
    <div className="columns">
      <div>
        <Columns columns={read.columns} samples={read.samples} changed={load.changed} choose={load.choose} />
        <Faults faults={outcome?.report.faults ?? read.faults} omitted={outcome?.report.faultsOmitted} rejects={outcome?.rejects} />
      </div>
      <div>
        <section className="card">
          <header><h2>{t('data.afterwards')}</h2><span className="quiet">{t('data.nothingWritten')}</span></header>
          <div className="body stack">
            {outcome ? <Totals report={outcome.report} population={load.options.population} /> : <p>{t('data.previewAgain')}</p>}
            <p className="choices">
              {outcome
                ? <Button type="primary" disabled={load.busy !== undefined} onClick={() => void load.apply()}>{t('data.apply')}</Button>
                : <Button type="primary" disabled={load.busy !== undefined} onClick={() => void load.look()}>{t('data.preview')}</Button>}
              <Button onClick={load.restart} disabled={load.busy !== undefined}>{t('data.restart')}</Button>
            </p>
          </div>
        </section>
        <section className="card"><header><h2>{t('data.options')}</h2></header><div className="body"><OptionsForm options={load.options} change={load.setOptions} /></div></section>
      </div>
    </div>
  );
}

function Result({ load }: { load: State }) {
  const { t } = useTranslation();
  const { state, to } = useAddress();
  const { report, rejects, before } = load.result!;
  return (
    <div className="columns">
      <div>
        <section className="card">
          <header><h2>{t('data.loaded')}</h2><span className="quiet">{t('version', { version: report.version })}</span></header>
          <div className="body stack">
            <Totals report={report} population={load.options.population} />
            {report.load ? <p>{t('data.batch')} <code>{report.load}</code> · <Link to={to('data', { tab: 'loads' })}>{t('data.undoAfter')}</Link></p> : <p>{t('data.nothingStored')}</p>}
            <p><Button onClick={load.restart}>{t('data.another')}</Button></p>
          </div>
        </section>
        <Faults faults={report.faults} omitted={report.faultsOmitted} rejects={rejects} />
      </div>
      <div>
        <section className="card"><header><h2>{t('data.whatChanged')}</h2></header><div className="body">{before > 0 && report.load ? <Changed region={state.region!} since={`v${before}`} /> : <p>{t('overview.noChange')}</p>}</div></section>
      </div>
    </div>
  );
}
