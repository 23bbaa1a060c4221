import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import type { UrgentQuery } from '../../gql/graphql';
import { useQuestion } from '../../graphql';
import { hereOfExpected, inLanguage, percent } from '../../parts/format';
import { ActionMark, StateMark } from '../../parts/marks';
import { named } from '../../parts/names';
import { whyOf } from '../../parts/why';

const UrgentQuestion = graphql(`
  query Urgent($region: ID!, $ecosystem: ID!, $population: Population) {
    gaps(region: $region, population: $population, ecosystem: $ecosystem, first: 3, orderBy: PRIORITY, actions: [BUILD, FILL, STRENGTHEN, EXTEND, CHECK]) {
      totalCount
      nodes {
        state action confidence flags
        link { code name englishName declaredRole chain { code name englishName } }
        numbers { companies expected }
        reasons { code points text { zh en } }
      }
    }
  }
`);

type Verdict = NonNullable<UrgentQuery['gaps']>['nodes'][number];
interface Ecosystem { code: string; name: string }

/** The three most urgent leaves of each ecosystem: verdict, then reason, then the map. */
export function Urgent({ region, ecosystems, total }: { region: string; ecosystems: Ecosystem[]; total: number }) {
  const { t } = useTranslation();
  const { to } = useAddress();
  return (
    <section className="card urgent">
      <header>
        <h2>{t('overview.urgent')}</h2>
        <Link to={to('battle', { region })}>{t('overview.all', { count: total })} ›</Link>
      </header>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('overview.ecosystem')}</th><th>{t('overview.link')}</th><th>{t('overview.verdict')}</th><th>{t('overview.action')}</th>
            <th className="number">{t('overview.companies')}</th><th className="number">{t('overview.sure')}</th><th>{t('overview.why')}</th>
          </tr>
        </thead>
        {ecosystems.map((e) => <UrgentOf key={e.code} region={region} ecosystem={e} />)}
      </table>
    </section>
  );
}

function UrgentOf({ region, ecosystem }: { region: string; ecosystem: Ecosystem }) {
  const { t } = useTranslation();
  const { data, error } = useQuestion(UrgentQuestion, { region, ecosystem: ecosystem.code });
  const rows = data?.gaps?.nodes ?? [];
  const alone = error ? (error.graphQLErrors[0]?.message ?? t('failure.offline')) : data && rows.length === 0 ? t('overview.nothingUrgent') : undefined;
  return (
    <tbody>
      {rows.map((v, i) => (
        <tr key={v.link.code}>
          {i === 0 && <th scope="rowgroup" rowSpan={rows.length}>{ecosystem.name}</th>}
          <Row verdict={v} region={region} />
        </tr>
      ))}
      {rows.length === 0 && <tr><th scope="rowgroup">{ecosystem.name}</th><td colSpan={6}>{alone ?? ' '}</td></tr>}
    </tbody>
  );
}

function Row({ verdict: v, region }: { verdict: Verdict; region: string }) {
  const { to, language } = useAddress();
  const { t } = useTranslation();
  const small = v.state === 'UNKNOWN' ? (v.flags.includes('TOO_FEW') ? t('overview.tooFew') : v.flags.includes('NOT_SURVEYED') ? t('overview.notSurveyed') : undefined) : undefined;
  const why = whyOf(v.reasons, v.link.declaredRole != null).map((r) => inLanguage(r.text, language).replace(/[。.]$/, '')).join(language === 'zh' ? '；' : '; ');
  return (
    <>
      <td>
        <Link to={to('map', { region, chain: v.link.chain?.code ?? undefined, link: v.link.code ?? undefined })}>{named(v.link, language)}</Link>
        {v.link.chain && <span className="quiet"> {named(v.link.chain, language)}</span>}
      </td>
      <td><StateMark state={v.state} why={small} /></td>
      <td><ActionMark action={v.action} /></td>
      <td className="number">{hereOfExpected(v.numbers.companies, v.numbers.expected)}</td>
      <td className="number">{percent(v.confidence)}</td>
      <td className="why quiet" title={why}>{why || '–'}</td>
    </>
  );
}
