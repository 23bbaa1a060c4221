import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';

import { useAddress } from '../../address';
import { labelOf } from './labels';
import { graphql } from '../../gql';
import type { JudgementVerdict } from '../../gql/graphql';
import { askEverythingAgain, useQuestion } from '../../graphql';
import { newId } from '../../parts/browser';
import { Failure, Waiting } from '../../parts/states';
import { Numbers } from './quality';

const NamesQuestion = graphql(`query DataNames($region: ID!) { quality(region: $region) { disputes { kind property elements } } }`);
const Judge = graphql(`
  mutation JudgeNames($id: String!, $left: String!, $right: String!, $verdict: JudgementVerdict!, $note: String) {
    judge(clientMutationId: $id, left: $left, right: $right, verdict: $verdict, note: $note) { changed companies { name code } }
  }
`);

/** What sources state differently, and whether two names are one company. */
export function Names({ may }: { may: boolean }) {
  const { t } = useTranslation();
  const { state, language } = useAddress();
  const { data, error, again } = useQuestion(NamesQuestion, { region: state.region! });
  if (error) return <Failure error={error} again={again} />;
  if (!data) return <Waiting />;
  const rows = (data.quality?.disputes ?? []).map((d) => [labelOf(d.kind, d.property, language), d.elements]);
  return (
    <div className="halves">
      {rows.length > 0
        ? <Numbers title={t('data.disputes')} heads={[t('data.head.property'), t('data.head.elements')]} rows={rows} />
        : <section className="card"><p className="body">{t('data.noDisputes')}</p></section>}
      {may ? <SameCompany /> : <section className="card"><p className="body">{t('data.mayNotJudge')}</p></section>}
    </div>
  );
}

const verdicts: JudgementVerdict[] = ['SAME', 'DIFFERENT', 'UNSURE'];

function SameCompany() {
  const { t } = useTranslation();
  const client = useClient();
  const [left, setLeft] = useState('');
  const [right, setRight] = useState('');
  const [note, setNote] = useState('');
  const [verdict, setVerdict] = useState<JudgementVerdict>('SAME');
  const [said, setSaid] = useState('');
  const submit = async () => {
    const result = await client.mutation(Judge.toString(), { id: newId(), left, right, verdict, note: note || undefined }).toPromise();
    setSaid(result.error ? (result.error.graphQLErrors[0]?.message ?? t('failure.offline')) : t('data.nameJudged', { left, right, verdict: t(`data.same.${verdict}`) }));
    if (!result.error) askEverythingAgain();
  };
  return (
    <section className="card">
      <header><h2>{t('data.sameCompany')}</h2></header>
      <form className="body fields" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
        <label>{t('data.left')}<Input value={left} required onChange={(e) => setLeft(e.target.value)} /></label>
        <label>{t('data.right')}<Input value={right} required onChange={(e) => setRight(e.target.value)} /></label>
        <label>{t('data.verdictName')}<Select aria-label={t('data.verdictName')} value={verdict} onChange={setVerdict} options={verdicts.map((v) => ({ value: v, label: t(`data.same.${v}`) }))} /></label>
        <label>{t('data.note')}<Input value={note} onChange={(e) => setNote(e.target.value)} /></label>
        <Button htmlType="submit" type="primary" disabled={!left || !right}>{t('data.record')}</Button>
        <p role="status">{said}</p>
      </form>
    </section>
  );
}
