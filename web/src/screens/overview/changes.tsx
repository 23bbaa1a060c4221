import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import { useQuestion } from '../../graphql';
import { StateMark } from '../../parts/marks';
import { inLanguage } from '../../parts/format';
import { named } from '../../parts/names';

const ChangesQuestion = graphql(`
  query Changes($region: ID!, $since: String!) {
    changes(region: $region, since: $since, first: 4) {
      totalCount byFrame version
      nodes { code text { zh en } link { code name englishName chain { code } } before { state } after { state } }
    }
  }
`);

interface Pinned { version: number; day: string }
export interface Pin { pinned?: Pinned; remember: (version: number) => void }

/** The version that this browser remembers of the last meeting on a region. */
export function usePin(region: string): Pin {
  const key = `liantu.meeting.${region}`;
  const read = (): Pinned | undefined => {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
      if (value && typeof value === 'object' && 'version' in value && 'day' in value) return value as Pinned;
    } catch { /* a value of something else, or storage is off: nothing is remembered */ }
    return undefined;
  };
  const [, renew] = useState(0);
  return {
    pinned: read(),
    remember: (version) => {
      const now = new Date();
      const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
      localStorage.setItem(key, JSON.stringify({ version, day }));
      renew((n) => n + 1);
    },
  };
}

/** What changed since the version of the address, or the one that is remembered. */
export function Changes({ region, pin, version }: { region: string; pin: Pin; version: number }) {
  const { t } = useTranslation();
  const { state } = useAddress();
  const since = state.since ?? (pin.pinned ? `v${pin.pinned.version}` : undefined);
  const same = since === `v${version}`;
  return (
    <section className="card">
      <header>
        <h2>{t('overview.since')}</h2>
        <span className="quiet">{state.since ?? pin.pinned?.day ?? ''}</span>
      </header>
      <div className="body">
        {!since && <><p><b>{t('overview.nothingRemembered')}</b></p><p className="quiet">{t('overview.rememberHelp')}</p></>}
        {since && same && <p>{t('overview.noChange')}</p>}
        {since && !same && <Since region={region} since={since} />}
      </div>
    </section>
  );
}

function Since({ region, since }: { region: string; since: string }) {
  const { t } = useTranslation();
  const { to, language } = useAddress();
  const { data, error, again } = useQuestion(ChangesQuestion, { region, since });
  if (error) return <p role="alert">{error.graphQLErrors[0]?.message ?? t('failure.offline')} <Button size="small" onClick={again}>{t('failure.again')}</Button></p>;
  const changes = data?.changes;
  if (!changes) return <p className="quiet" role="status">{t('overview.comparing')}</p>;
  if (changes.totalCount === 0) return <p>{t('overview.noChange')}</p>;
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
