import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';

import { screens, useAddress, type Screen } from '../address';
import { graphql } from '../gql';
import { askFailedAgain, useIncomplete, useQuestion } from '../graphql';
import { Context, Strength, useContextAnswer } from './context';
import { useFollow } from './follow';
import { Head } from './head';
import { railIcons } from './icons';
import { useKeys } from './keys';
import { Strips } from './strips';

export const FrameQuestion = graphql(`
  query Frame($region: ID!) {
    meta { version dataDate builtAt stale synthetic note temporary canSetUp }
    viewer { name role roleLabel { zh en } rights }
    region(id: $region) { id code name fullName level parent { code name } }
  }
`);

/** Everything around a screen: one context for the whole page. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { state, to } = useAddress();
  const { pathname } = useLocation();
  const here = screens.find((s) => pathname.startsWith('/' + s)) ?? 'overview';
  const answer = useQuestion(FrameQuestion, { region: state.region! });
  const keys = useKeys();
  const context = useContextAnswer(state.region!);
  const incomplete = useIncomplete();
  useFollow(answer.error ? undefined : answer.data?.meta);
  useEffect(() => {
    document.title = t('title', { screen: t(`screen.${here}`) }) + (answer.data?.region ? ` · ${answer.data.region.name}` : '');
  }, [here, t, answer.data]);
  return (
    <div className="frame">
      <a className="skip" href="#content">{t('skip')}</a>
      <Head frame={answer.data} keys={keys} />
      <Context frame={answer.data} context={context} opened={keys.opened} open={keys.open} />
      <nav className="rail" aria-label={t('name')}>
        <ul>
          {screens.map((s: Screen) => (
            <li key={s}>
              <Link to={to(s)} aria-current={s === here ? 'page' : undefined}>{railIcons[s]}{t(`screen.${s}`)}</Link>
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" tabIndex={-1} aria-label={t('main')} aria-busy={incomplete || undefined}>
        <Strips frame={answer.data} error={answer.error} again={askFailedAgain} />
        <Strength context={context} />
        {children}
      </main>
    </div>
  );
}
