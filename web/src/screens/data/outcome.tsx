import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

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
