import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import type { DataQualityQuery } from '../../gql/graphql';
import { useQuestion } from '../../graphql';
import { inLanguage, percent } from '../../parts/format';
import { named } from '../../parts/names';
import { Empty, Failure, Waiting } from '../../parts/states';

const QualityQuestion = graphql(`
  query DataQuality($region: ID!) {
    quality(region: $region) {
      advice { zh en } staleYears
      ecosystems { companies covered links ecosystem { code name englishName } }
      populations { population date members attributed underReview unread share complete sources }
      regions { companies attributed withUscc disputed stale undated suspected region { code name } }
      sources { name facts gradeA gradeB gradeC gradeD oldest newest }
    }
    placementQuality {
      judgements refused heldBack teach before { pairs strict lenient } after { pairs strict lenient } confirmed { pairs strict } review { pairs strict }
    }
  }
`);
type Answer = NonNullable<DataQualityQuery['quality']>;

/** How good the data of a region are, a sentence of advice first. */
export function Quality() {
  const { t } = useTranslation();
  const { state, to, language } = useAddress();
  const { data, error, again } = useQuestion(QualityQuestion, { region: state.region! });
  if (error) return <Failure error={error} again={again} />;
  if (!data) return <Waiting />;
  const quality = data.quality;
  if (!quality) return <Empty why={t('data.noQuality')} />;
  return (
    <>
      {quality.advice && <p className="warning advice">▲ {inLanguage(quality.advice, language)} <Link to={to('data', { tab: 'load' })}>{t('data.toLoad')}</Link></p>}
      <div className="halves">
        <Regions quality={quality} />
        <Populations quality={quality} />
        <Ecosystems quality={quality} />
        <Sources quality={quality} />
        {data.placementQuality && <Placement quality={data.placementQuality} />}
      </div>
    </>
  );
}

interface TableProps { title: string; heads: string[]; rows: (string | number)[][]; words?: number[] }

/** A table of numbers; the columns of `words` hold words. */
export function Numbers({ title, heads, rows, words = [0] }: TableProps) {
  const of = (i: number) => (words.includes(i) ? undefined : 'number');
  return (
    <section className="card">
      <header><h2>{title}</h2></header>
      <div className="scrolls" tabIndex={0} role="region" aria-label={title}>
        <table className="plain">
          <thead><tr>{heads.map((h, i) => <th key={h} className={of(i)}>{h}</th>)}</tr></thead>
          <tbody>{rows.map((r, y) => <tr key={y}>{r.map((cell, i) => <td key={i} className={of(i)}>{cell}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}

function Regions({ quality }: { quality: Answer }) {
  const { t } = useTranslation();
  const rows = quality.regions.map((r) => [
    r.region.name ?? r.region.code ?? '', r.companies, r.attributed, r.companies > 0 ? percent(r.attributed / r.companies) : t('none'), r.withUscc, r.disputed, r.stale, r.suspected,
  ]);
  const heads = ['region', 'companies', 'placed', 'share', 'withUscc', 'disputed', 'stale', 'suspected'].map((h) => t(`data.head.${h}`));
  return <Numbers title={t('data.byRegion')} heads={heads} rows={rows} />;
}

function Populations({ quality }: { quality: Answer }) {
  const { t } = useTranslation();
  const rows = quality.populations.map((p) => [
    t(`data.population.${p.population}`), p.date ?? t('noDate'), p.members, p.attributed, p.members > 0 ? percent(p.attributed / p.members) : t('none'), p.underReview,
    t(p.complete ? 'data.complete' : 'data.partly'),
  ]);
  const heads = ['population', 'date', 'companies', 'placed', 'share', 'underReview', 'complete'].map((h) => t(`data.head.${h}`));
  return <Numbers title={t('data.byPopulation')} heads={heads} rows={rows} words={[0, 1, 6]} />;
}

function Ecosystems({ quality }: { quality: Answer }) {
  const { t } = useTranslation();
  const { language } = useAddress();
  const rows = quality.ecosystems.map((e) => [named(e.ecosystem, language), e.companies, e.covered, e.links]);
  return <Numbers title={t('data.byEcosystem')} heads={['ecosystem', 'companies', 'covered', 'links'].map((h) => t(`data.head.${h}`))} rows={rows} />;
}

function Sources({ quality }: { quality: Answer }) {
  const { t } = useTranslation();
  const rows = quality.sources.map((s) => [s.name, s.facts, s.gradeA, s.gradeB, s.gradeC, s.gradeD, s.oldest === s.newest ? s.newest : `${s.oldest} – ${s.newest}`]);
  const heads = [t('data.source'), t('data.head.facts'), 'A', 'B', 'C', 'D', t('asOf')];
  return <Numbers title={t('data.bySource')} heads={heads} rows={rows} words={[0, 6]} />;
}

function Placement({ quality }: { quality: NonNullable<DataQualityQuery['placementQuality']> }) {
  const { t } = useTranslation();
  const share = (n: number | null | undefined) => (n == null ? t('unknown') : percent(n));
  const rows = (['before', 'after'] as const).map((k) => [t(`data.${k}`), quality[k].pairs, share(quality[k].strict), share(quality[k].lenient)]);
  return (
    <div>
      <Numbers title={t('data.placement')} heads={['measured', 'pairs', 'strict', 'lenient'].map((h) => t(`data.head.${h}`))} rows={rows} />
      <p className="quiet">{t('data.judged', { count: quality.judgements })}{quality.refused && ` ${t(`data.refused.${quality.refused}`)}`}</p>
    </div>
  );
}
