import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../address';
import { graphql } from '../gql';
import { useQuestion } from '../graphql';
import { inLanguage } from './format';
import { StateMark } from './marks';
import { named } from './names';
import { Failure } from './states';

const ChangesQuestion = graphql(`
  query Changes($region: ID!, $since: String!, $population: Population) {
    changes(region: $region, since: $since, first: 5, population: $population) {
      totalCount byFrame
      nodes { code text { zh en } link { code name englishName chain { code } } before { state } after { state } }
    }
  }
`);

/** Which verdicts of a region are others than at a version or a day, and how many by another population alone. */
export function Changed({ region, since }: { region: string; since: string }) {
  const { t } = useTranslation();
  const { to, language } = useAddress();
  const { data, error, fetching, again } = useQuestion(ChangesQuestion, { region, since });
  if (error) return <Failure error={error} again={again} />;
  if (fetching || !data) return <p className="quiet" role="status">{t('overview.comparing')}</p>;
  const changes = data.changes;
  if (!changes || changes.totalCount === 0) return <p>{t('overview.noChange')}</p>;
  return (
    <>
      <ul className="changes">
        {changes.nodes.map((c) => (
          <li key={c.code}>
            {c.before && <StateMark state={c.before.state} />} → {c.after ? <StateMark state={c.after.state} /> : t('overview.gone')}{' '}
            {c.link && <Link to={to('map', { region, chain: c.link.chain?.code ?? undefined, link: c.link.code ?? undefined })}>{named(c.link, language)}</Link>}{' '}
            <span className="quiet">{inLanguage(c.text, language)}</span>
          </li>
        ))}
      </ul>
      <p className="quiet">{t('overview.changesInAll', { count: changes.totalCount, byFrame: changes.byFrame })}</p>
    </>
  );
}
