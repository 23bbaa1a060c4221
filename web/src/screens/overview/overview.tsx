import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button, message } from 'antd';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import { useQuestion } from '../../graphql';
import { named } from '../../parts/names';
import { Empty, Failure, Waiting } from '../../parts/states';
import { Changes, usePin } from './changes';
import { Help } from './help';
import './overview.css';
import { Projects } from './projects';
import { countsOf, mostlyTooFew, workOf } from './summary';
import { Tile } from './tile';
import { Urgent } from './urgent';

const OverviewQuestion = graphql(`
  query Overview($region: ID!, $population: Population) {
    region(id: $region) { code name parent { code name } }
    meta { version }
    gaps(region: $region, population: $population, first: 1) {
      totalCount links empty notJudged represented
      coverage { companies attributed unattributed }
      frames { large comparable coverage { companies attributed } }
      states { state count }
      summaries(by: [ECOSYSTEM], levels: LEAVES) {
        links empty notJudged present states { state count } actions { action count }
        scope { code name ... on Ecosystem { englishName } }
      }
    }
    quality(region: $region) { ecosystems { companies ecosystem { code } } }
  }
`);

/** The region that the screen shows: a city with too small a sample opens on its province. */
export default function Overview() {
  const { state } = useAddress();
  const own = useQuestion(OverviewQuestion, { region: state.region! });
  const city = own.data?.region;
  const small = own.data?.gaps ? mostlyTooFew(own.data.gaps.states, own.data.gaps.frames) : false;
  const above = small && state.view !== 'own' ? city?.parent?.code : undefined;
  const wider = useQuestion(OverviewQuestion, { region: above ?? state.region! }, above == null);
  const shown = above ? wider : own;
  if (shown.error) return <Failure error={shown.error} again={shown.again} />;
  if (!shown.data) return <Waiting lines={20} />;
  return <Shown answer={shown.data} small={small ? { city: city?.name ?? '', answer: own.data!, above: above != null } : undefined} />;
}

type Answer = NonNullable<ReturnType<typeof useQuestion<import('../../gql/graphql').OverviewQuery, { region: string }>>['data']>;
interface Small { city: string; answer: Answer; above: boolean }

function Shown({ answer, small }: { answer: Answer; small?: Small }) {
  const { t } = useTranslation();
  const { to, language, navigate, asOf } = useAddress();
  const region = answer.region?.code ?? '';
  const pin = usePin(region);
  const [toast, holder] = message.useMessage();
  const gaps = answer.gaps;
  if (!gaps) return <Empty why={t('overview.none')} />;
  const tiles = gaps.summaries.map((s) => ({ summary: s, code: s.scope.code ?? '', name: named(s.scope, language) }));
  const companies = new Map((answer.quality?.ecosystems ?? []).map((e) => [e.ecosystem.code, e.companies]));
  const work = gaps.summaries.reduce((sum, s) => sum + workOf(s.actions), 0);
  return (
    <div className="screen overview">
      {holder}
      <div className="title">
        <h1>{t('overview.title', { region: answer.region?.name })}</h1>
        <span className="quiet">{t('overview.leaves', { empty: gaps.empty, notJudged: gaps.notJudged })}</span>
        <div className="actions no-print">
          {!asOf && <Button onClick={() => { if (!pin.remember(answer.meta.version)) void toast.warning(t('overview.notRemembered')); }}>{t('overview.remember')}</Button>}
          <Button type="primary" onClick={() => void navigate(to('battle', { region }))}>{t('overview.papers')}</Button>
        </div>
      </div>
      {small && <TooSmall small={small} shown={answer.region?.name ?? ''} />}
      <div className="tiles">
        {tiles.map(({ summary, code, name }) => (
          <Tile key={code} region={region} code={code} name={name} counts={countsOf(summary.states)} links={summary.links}
            companies={companies.get(code)} />
        ))}
      </div>
      <div className="columns">
        <Urgent region={region} ecosystems={tiles} total={work} />
        <div className="side">
          <Changes region={region} pin={pin} version={answer.meta.version} />
          <Projects region={region} />
          <Help region={region} unplaced={gaps.coverage.unattributed} />
        </div>
      </div>
    </div>
  );
}

/** A city of which nothing can be judged: what is shown instead, and the two ways out. */
function TooSmall({ small, shown }: { small: Small; shown: string }) {
  const { t } = useTranslation();
  const { to, set, state } = useAddress();
  const gaps = small.answer.gaps!;
  const unknown = countsOf(gaps.states).UNKNOWN ?? 0;
  const parent = small.answer.region?.parent;
  return (
    <p className="notice" role="status">
      <strong>▲ {t('overview.tooSmall', { city: small.city, unknown, all: gaps.totalCount })}</strong>{' '}
      {t('overview.tooSmallWhy', { placed: gaps.coverage.attributed })}{' '}
      {small.above && <>{t('overview.shownInstead', { region: shown })} <button type="button" className="link" onClick={() => set({ view: 'own' })}>{t('overview.seeCity', { city: small.city })} ›</button></>}
      {!small.above && parent && state.view === 'own' && <button type="button" className="link" onClick={() => set({ view: undefined })}>{t('overview.seeProvince', { region: parent.name })} ›</button>}
      {' '}<Link to={to('data', { tab: 'load' })}>{t('overview.loadDirectory')} ›</Link>
    </p>
  );
}
