import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import { useQuestion } from '../../graphql';
import { inLanguage } from '../../parts/format';
import { StateMark } from '../../parts/marks';
import { named } from '../../parts/names';
import { save, totalsOf, type Fault, type Rejects, type Report } from './door';

/** The counts of a load or of its preview, and what it says about the populations. */
export function Totals({ report, population }: { report: Report; population?: string }) {
  const { t } = useTranslation();
  const totals = totalsOf(report);
  return (
    <>
      <dl className="totals">
        {(['created', 'updated', 'unchanged', 'rejected'] as const).map((k) => (
          <div key={k}><dt>{t(`data.${k}`)}</dt><dd className={k === 'rejected' && totals[k] > 0 ? 'bad' : undefined}>{totals[k]}</dd></div>
        ))}
      </dl>
      <p className="quiet">
        {report.files.map((f) => t('data.fileRead', { file: f.file, format: f.format ?? '', row: f.headerRow ?? 1, rows: f.rows.read })).join(t('listSeparator'))}
      </p>
      <p className="warning">▲ {population ? t('data.joins', { population: t(`data.population.${population.toUpperCase()}`) }) : t('data.joinsNone')}</p>
      {report.names && report.names.review > 0 && <p>{t('data.namesToReview', { count: report.names.review })}</p>}
      {report.remarks?.map((r) => <p key={r} className="quiet">{r}</p>)}
    </>
  );
}

/** What was wrong, with file, row and column; the rows that were left out as a sheet. */
export function Faults({ faults, omitted = 0, rejects }: { faults: Fault[]; omitted?: number; rejects?: Rejects }) {
  const { t } = useTranslation();
  if (faults.length === 0) return null;
  const where = (f: Fault) => [f.file, f.row ? t('data.row', { row: f.row }) : '', f.column ? t('data.columnNamed', { column: f.column }) : ''].filter(Boolean).join(' · ');
  return (
    <section className="card">
      <header>
        <h2>{t('data.faults', { count: faults.length + omitted })}</h2>
        {rejects && rejects.rows > 0 && <Button size="small" onClick={() => save(rejects)}>{t('data.downloadRejects', { count: rejects.rows })}</Button>}
      </header>
      <div className="scrolls" tabIndex={0} role="region" aria-label={t('data.faultsName')}>
        <table className="plain"><tbody>
          {faults.map((f, i) => (
            <tr key={i}>
              <td>{where(f)}</td><td className={f.severity === 'warning' ? undefined : 'red'}>{f.severity === 'warning' ? '▲' : '■'} {f.reason}</td><td className="quiet">{f.code}</td>
            </tr>
          ))}
        </tbody></table>
      </div>
    </section>
  );
}

const LoadChanges = graphql(`
  query LoadChanges($region: ID!, $since: String!) {
    changes(region: $region, since: $since, first: 6) {
      totalCount byFrame
      nodes { code text { zh en } link { code name englishName chain { code } } before { state } after { state } }
    }
  }
`);

/** What a load changed in the verdicts of the region. */
export function Changed({ before }: { before: number }) {
  const { t } = useTranslation();
  const { state, to, language } = useAddress();
  const { data, error } = useQuestion(LoadChanges, { region: state.region!, since: `v${before}` });
  if (error) return <p role="alert">{error.graphQLErrors[0]?.message ?? t('failure.offline')}</p>;
  if (!data) return <p className="quiet" role="status">{t('overview.comparing')}</p>;
  const changes = data.changes;
  if (!changes || changes.totalCount === 0) return <p>{t('overview.noChange')}</p>;
  return (
    <>
      <p><Link to={to('overview', { since: `v${before}` })}>{t('overview.changesInAll', { count: changes.totalCount, byFrame: changes.byFrame })}</Link></p>
      <ul className="stack">
        {changes.nodes.map((c) => (
          <li key={c.code}>
            {c.before && <StateMark state={c.before.state} />} → {c.after && <StateMark state={c.after.state} />}{' '}
            {c.link && <Link to={to('map', { chain: c.link.chain?.code ?? undefined, link: c.link.code ?? undefined })}>{named(c.link, language)}</Link>}{' '}
            <span className="quiet">{inLanguage(c.text, language)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
