import { Button } from 'antd';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import { useQuestion } from '../../graphql';
import { Empty, Failure, Waiting } from '../../parts/states';
import { namesOf, useUndo, type LoadRow } from './undo';

const LoadsQuestion = graphql(`
  query Loads($after: String) {
    loads(first: 50, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { id at source files created updated unchanged done firstVersion version }
    }
  }
`);

/** What was loaded, the newest first; whoever may takes a load back by two presses. */
export function Loads({ mayUndo }: { mayUndo: (l: LoadRow) => boolean }) {
  const { t } = useTranslation();
  const { to } = useAddress();
  const [after, setAfter] = useState<string>();
  const { data, error, again } = useQuestion(LoadsQuestion, { after });
  const undo = useUndo();
  if (error) return <Failure error={error} again={again} />;
  if (!data) return <Waiting />;
  const loads = data.loads;
  if (!loads || loads.totalCount === 0) return <><Said undo={undo} /><Empty why={t('data.noLoads')} /></>;
  const some = loads.nodes.some(mayUndo);
  const heads = [['at'], ['source'], ['files'], ['created', 'number'], ['updated', 'number'], ['unchanged', 'number'], ['versions']] as const;
  return (
    <section className="card">
      <header><h2>{t('data.loadCount', { count: loads.totalCount })}</h2><span className="quiet">{t(some ? 'data.undoHelp' : 'data.mayNotUndo')}</span></header>
      <Said undo={undo} />
      <div className="scrolls" tabIndex={0} role="region" aria-label={t('data.tab.loads')}>
        <table className="plain">
          <thead><tr>{heads.map(([name, kind]) => <th key={name} className={kind}>{t(`data.${name}`)}</th>)}{some && <th>{t('data.undo')}</th>}</tr></thead>
          <tbody>
            {loads.nodes.map((l) => (
              <Fragment key={l.id}>
                <tr>
                  <td>{timeOf(l.at)}{!l.done && <> <span className="warning">▲ {t('data.unfinished')}</span></>}</td>
                  <td>{l.source ?? t('none')}</td><td className="long">{namesOf(l, t)}</td>
                  <td className="number">{l.created}</td><td className="number">{l.updated}</td><td className="number">{l.unchanged}</td>
                  <td><Link to={to('overview', { since: `v${Math.max(l.firstVersion - 1, 1)}` })}>{t('data.changesSince', { version: l.firstVersion })}</Link></td>
                  {some && <td>{mayUndo(l) && (
                    <Button size="small" disabled={undo.busy} aria-expanded={undo.asked === l.id} aria-label={t('data.undoNamed', { files: namesOf(l, t), at: timeOf(l.at) })}
                      onClick={() => undo.askAbout(undo.asked === l.id ? undefined : l.id)}>{t('data.undo')}</Button>
                  )}</td>}
                </tr>
                {undo.asked === l.id && <tr className="open"><td colSpan={heads.length + 1}><Confirm load={l} undo={undo} /></td></tr>}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {loads.pageInfo.hasNextPage && <p className="body"><Button onClick={() => setAfter(loads.pageInfo.endCursor ?? undefined)}>{t('data.older')}</Button></p>}
    </section>
  );
}

const timeOf = (at: string) => new Date(at).toLocaleString('sv').slice(0, 16);

/** What became of the last undo. */
function Said({ undo }: { undo: ReturnType<typeof useUndo> }) {
  return <p className={undo.said.fault ? 'body red' : 'body'} role={undo.said.fault ? 'alert' : 'status'} hidden={!undo.said.text}>{undo.said.text}</p>;
}

/** What would be taken back, and the press that does it. Esc leaves the load as it is. */
function Confirm({ load, undo }: { load: LoadRow; undo: ReturnType<typeof useUndo> }) {
  const { t } = useTranslation();
  const words = { files: namesOf(load, t), at: timeOf(load.at), created: load.created, updated: load.updated };
  return (
    <div className="stack" role="group" aria-label={t('data.undoConfirm')} onKeyDown={(e) => { if (e.key === 'Escape') undo.askAbout(undefined); }}>
      <p>{t('data.undoWhat', words)}</p>
      <p className="choices">
        <Button danger type="primary" size="small" autoFocus loading={undo.busy} onClick={() => void undo.take(load)}>{t('data.undoConfirm')}</Button>
        <Button size="small" disabled={undo.busy} onClick={() => undo.askAbout(undefined)}>{t('data.undoLeave')}</Button>
      </p>
    </div>
  );
}
