import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import { useQuestion } from '../../graphql';
import { named } from '../../parts/names';
import { Failure } from '../../parts/states';

const HelpQuestion = graphql(`
  query Help($region: ID!, $population: Population) {
    quality(region: $region) { advice { zh } disputes { elements } }
    gaps(region: $region, population: $population, actions: [CHECK], first: 1, orderBy: PRIORITY) { totalCount nodes { link { code name englishName chain { code } } } }
  }
`);

/** Which data would help most: companies without a link, disputes, links to survey. */
export function Help({ region, unplaced }: { region: string; unplaced: number }) {
  const { t } = useTranslation();
  const { to, language } = useAddress();
  const { data, error, again } = useQuestion(HelpQuestion, { region });
  const disputed = data?.quality?.disputes.reduce((sum, d) => sum + d.elements, 0) ?? 0;
  const check = data?.gaps;
  const first = check?.nodes[0]?.link;
  return (
    <section className="card">
      <header><h2>{t('overview.help')}</h2></header>
      {error && <Failure error={error} again={again} />}
      <ul className="body">
        {unplaced > 0 && <li>{t('overview.unplaced', { count: unplaced })} <Link to={to('data', { tab: 'review' })}>{t('overview.place')} ›</Link></li>}
        {disputed > 0 && <li>{t('overview.disputed', { count: disputed })} <Link to={to('data', { tab: 'names' })}>{t('overview.settle')} ›</Link></li>}
        {check && check.totalCount > 0 && first && (
          <li>{t('overview.survey', { count: check.totalCount })} <Link to={to('battle', { region, act: 'CHECK' })}>{t('overview.startWith', { link: named(first, language) })} ›</Link></li>
        )}
        {data?.quality?.advice && <li>{t('overview.lists')} <Link to={to('data', { tab: 'load' })}>{t('overview.loadDirectory')} ›</Link></li>}
      </ul>
    </section>
  );
}
