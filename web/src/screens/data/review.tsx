import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import type { PlacementJudgementVerdict } from '../../gql/graphql';
import { askEverythingAgain, useQuestion } from '../../graphql';
import { newId } from '../../parts/browser';
import { inLanguage, percent } from '../../parts/format';
import { named } from '../../parts/names';
import { Empty, Failure, Waiting } from '../../parts/states';

const PlacementQuestions = graphql(`
  query PlacementQuestions($region: ID!) {
    placementQuestions(region: $region, first: 20) {
      totalCount
      nodes { item probability purpose flips companies evidence { zh en } company { id name code mainBusiness } link { code id name englishName chain { name englishName } } }
    }
  }
`);
const JudgePlacement = graphql(`
  mutation JudgePlacement($id: String!, $company: ID, $item: String, $link: ID!, $verdict: PlacementJudgementVerdict!) {
    judgePlacement(clientMutationId: $id, company: $company, item: $item, link: $link, verdict: $verdict) { changed version }
  }
`);

const verdicts: Record<string, PlacementJudgementVerdict> = { y: 'YES', b: 'PARTLY', n: 'NO' };

/** Placements to settle, the one that teaches most first; by keys J, K, Y, B and N (P chooses the population). */
export function Review({ may }: { may: boolean }) {
  const { t } = useTranslation();
  const { state, language } = useAddress();
  const client = useClient();
  const { data, error, again } = useQuestion(PlacementQuestions, { region: state.region! });
  const [at, setAt] = useState(0);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const questions = data?.placementQuestions?.nodes ?? [];
  const question = questions[Math.min(at, questions.length - 1)];

  const judge = useCallback(async (verdict: PlacementJudgementVerdict) => {
    if (!question || busy || !may) return;
    setBusy(true);
    const about = question.item ? { item: question.item } : { company: question.company.id };
    const result = await client.mutation(JudgePlacement.toString(), { id: newId(), ...about, link: question.link.id, verdict }).toPromise();
    setBusy(false);
    setSaid(result.error ? (result.error.graphQLErrors[0]?.message ?? t('failure.offline')) : t('data.judgedAs', { company: question.company.name, verdict: t(`data.verdict.${verdict}`) }));
    if (!result.error) askEverythingAgain();
  }, [question, busy, may, client, t]);

  useEffect(() => {
    const press = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.metaKey || e.altKey || (e.target instanceof HTMLElement && e.target.closest('input, textarea, [role="combobox"]'))) return;
      const key = e.key.toLowerCase();
      if (key === 'j') setAt((i) => Math.min(i + 1, questions.length - 1));
      if (key === 'k') setAt((i) => Math.max(i - 1, 0));
      if (verdicts[key]) void judge(verdicts[key]);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [judge, questions.length]);

  if (error) return <Failure error={error} again={again} />;
  if (!data) return <Waiting />;
  if (questions.length === 0) return <Empty why={t('data.noQuestions')} />;
  return (
    <section className="card">
      <header><h2>{t('data.questionCount', { count: data.placementQuestions?.totalCount })}</h2><span className="quiet">{may ? t('data.reviewKeys') : t('data.mayNotJudge')}</span></header>
      <p className="body" role="status">{said}</p>
      <ol className="questions">
        {questions.map((q, i) => (
          <li key={`${q.company.id} ${q.link.id} ${q.item ?? ''}`} aria-current={q === question ? 'true' : undefined} onFocus={() => setAt(i)}>
            <p>
              <b>{q.company.name}</b> → <b>{named(q.link, language)}</b>{q.link.chain && <> · {named(q.link.chain, language)}</>}{' '}
              <span className="quiet">{t('data.probability', { share: percent(q.probability) })}{q.flips > 0 && ` · ${t('data.flips', { count: q.flips })}`}</span>
            </p>
            <p className="quiet">{q.item && <>{t('data.item', { item: q.item, count: q.companies })} · </>}{inLanguage(q.evidence, language)}</p>
            {may && (
              <p className="choices">
                {Object.entries(verdicts).map(([key, v]) => (
                  <Button key={v} size="small" disabled={busy || q !== question} aria-label={`${t(`data.verdict.${v}`)}: ${q.company.name}, ${named(q.link, language)}`}
                    onClick={() => void judge(v)}>{t(`data.verdict.${v}`)} {key.toUpperCase()}</Button>
                ))}
                {q !== question && <Button size="small" type="text" onClick={() => setAt(i)} aria-label={`${t('data.choose')}: ${q.company.name}`}>{t('data.choose')}</Button>}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
