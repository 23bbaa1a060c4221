import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import { useQuestion } from '../../graphql';
import { copyText } from '../../parts/browser';
import { Empty, Failure, Waiting } from '../../parts/states';

const LoadsQuestion = graphql(`
  query Loads($after: String) {
    loads(first: 50, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { id at source files created updated unchanged done firstVersion version }
    }
  }
`);

/** What was loaded, the newest first, and the command that takes a load back. */
export function Loads() {
  const { t } = useTranslation();
  const { to } = useAddress();
  const [after, setAfter] = useState<string>();
  const { data, error, again } = useQuestion(LoadsQuestion, { after });
  const [copied, setCopied] = useState('');
  if (error) return <Failure error={error} again={again} />;
  if (!data) return <Waiting />;
  const loads = data.loads;
  if (!loads || loads.totalCount === 0) return <Empty why={t('data.noLoads')} />;
  const copy = (id: string) => {
    void copyText(`liantu undo ${id}`).then((done) => setCopied(done ? id : ''));
  };
  return (
    <section className="card">
      <header><h2>{t('data.loadCount', { count: loads.totalCount })}</h2><span className="quiet">{t('data.undoHelp')}</span></header>
      <div className="scrolls" tabIndex={0} role="region" aria-label={t('data.tab.loads')}>
        <table className="plain">
          <thead><tr>
            <th>{t('data.at')}</th><th>{t('data.source')}</th><th>{t('data.files')}</th><th className="number">{t('data.created')}</th>
            <th className="number">{t('data.updated')}</th><th className="number">{t('data.unchanged')}</th><th>{t('data.versions')}</th><th>{t('data.undo')}</th>
          </tr></thead>
          <tbody>
            {loads.nodes.map((l) => (
              <tr key={l.id}>
                <td>{new Date(l.at).toLocaleString('sv').slice(0, 16)}{!l.done && <> <span className="warning">▲ {t('data.unfinished')}</span></>}</td>
                <td>{l.source ?? t('none')}</td><td className="long">{l.files.slice(0, 3).join(t('listSeparator')) || t('none')}{l.files.length > 3 && ` ${t('data.filesInAll', { count: l.files.length })}`}</td>
                <td className="number">{l.created}</td><td className="number">{l.updated}</td><td className="number">{l.unchanged}</td>
                <td><Link to={to('overview', { since: `v${Math.max(l.firstVersion - 1, 1)}` })}>{t('data.changesSince', { version: l.firstVersion })}</Link></td>
                <td><code>liantu undo {l.id}</code> <Button size="small" aria-label={`${t('data.copy')} liantu undo ${l.id}`} onClick={() => copy(l.id)}>{copied === l.id ? t('copied') : t('data.copy')}</Button></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {loads.pageInfo.hasNextPage && <p className="body"><Button onClick={() => setAfter(loads.pageInfo.endCursor ?? undefined)}>{t('data.older')}</Button></p>}
    </section>
  );
}
