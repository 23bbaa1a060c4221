import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { Columns } from './columns';
import { OptionsForm } from './options';
import { Settle } from './settle';
import { useLoad, type Read } from './loading';
import { useAddress } from '../../address';
import { Changed } from '../../parts/changes';
import { Faults, Totals } from './outcome';

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
        <Settle doubts={load.doubts} settled={load.settled} settle={load.settle} />
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
