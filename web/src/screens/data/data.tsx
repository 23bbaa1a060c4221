import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import { useQuestion } from '../../graphql';
import { Failure, Waiting } from '../../parts/states';
import { inLanguage } from '../../parts/format';
import './data.css';
import { Load } from './load';
import { Loads } from './loads';
import { undoes } from './undo';
import { Names } from './names';
import { Quality } from './quality';
import { Review } from './review';

const RightsQuestion = graphql(`query DataRights { viewer { name role rights roleLabel { zh en } } meta { version } }`);

const tabs = ['load', 'review', 'names', 'loads', 'quality'] as const;

/** The data themselves: how they come in, what is to be settled by hand, and how good they are. */
export default function Data() {
  const { t } = useTranslation();
  const { state, to, language } = useAddress();
  const { data, error, again } = useQuestion(RightsQuestion, {});
  if (error) return <Failure error={error} again={again} />;
  if (!data) return <Waiting />;
  const tab = tabs.find((known) => known === state.tab) ?? 'load';
  const may = (right: 'LOAD' | 'STEWARD') => data.viewer.rights.includes(right);
  const role = inLanguage(data.viewer.roleLabel, language);
  return (
    <div className="screen data">
      <div className="title">
        <h1>{t('screen.data')}</h1>
        <nav className="tabs" aria-label={t('screen.data')}>
          {tabs.map((name) => (
            <Link key={name} to={to('data', { tab: name })} aria-current={name === tab ? 'page' : undefined}>{t(`data.tab.${name}`)}</Link>
          ))}
        </nav>
      </div>
      {tab === 'load' && (may('LOAD') ? <Load /> : <MayNot role={role} />)}
      {tab === 'review' && <Review may={may('STEWARD')} />}
      {tab === 'names' && <Names may={may('STEWARD')} />}
      {tab === 'loads' && <Loads mayUndo={undoes(data.viewer)} />}
      {tab === 'quality' && <Quality />}
    </div>
  );
}

function MayNot({ role }: { role: string }) {
  const { t } = useTranslation();
  return <section className="card"><p className="body">{t('data.mayNotLoad', { role })}</p></section>;
}
