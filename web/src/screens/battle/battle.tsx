import { Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import type { BattleQuery, VerdictAction, VerdictOrder } from '../../gql/graphql';
import { useQuestion } from '../../graphql';
import { hereOfExpected, inLanguage, oneDigit, percent } from '../../parts/format';
import { ActionMark, StateMark } from '../../parts/marks';
import { named } from '../../parts/names';
import { Empty, Failure, Waiting } from '../../parts/states';
import { whyOf } from '../../parts/why';
import './battle.css';
import { chosenActions, toggled } from './filters';
import { Papers } from './papers';

const BattleQuestion = graphql(`
  query Battle($region: ID!, $ecosystem: ID, $actions: [VerdictAction!], $orderBy: VerdictOrder, $first: Int, $after: String) {
    gaps(region: $region, ecosystem: $ecosystem, actions: $actions, orderBy: $orderBy, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes {
        state action confidence priority
        link { code name englishName declaredRole declaredOwner declaredDue chain { code name englishName } }
        numbers { companies expected densityRank }
        reasons { code points text { zh en } }
      }
    }
  }
`);

const CountsQuestion = graphql(`
  query BattleCounts($region: ID!, $ecosystem: ID) {
    region(id: $region) { name }
    gaps(region: $region, ecosystem: $ecosystem, first: 1) { actions { action count } }
    ecosystems(first: 20) { nodes { code name englishName } }
  }
`);

const pageSize = 100;
const orders: VerdictOrder[] = ['PRIORITY', 'SEVERITY', 'EXPECTED', 'COMPANIES', 'CONFIDENCE'];

/** What is to be done, the most urgent first, and the paper of it. */
export default function BattleMap() {
  const { t } = useTranslation();
  const { state, set, language } = useAddress();
  const actions = chosenActions(state.act);
  const orderBy = orders.find((o) => o.toLowerCase() === state.sort) ?? 'PRIORITY';
  // The ends of the pages before the one that is shown; a cursor is good for one list alone.
  const [before, setBefore] = useState<string[]>([]);
  const list = [state.region, state.eco, state.act, orderBy].join(' ');
  useEffect(() => setBefore([]), [list]);
  const counts = useQuestion(CountsQuestion, { region: state.region!, ecosystem: state.eco });
  const answer = useQuestion(BattleQuestion, {
    region: state.region!, ecosystem: state.eco, actions, orderBy, first: pageSize, after: before[before.length - 1],
  });
  const number = new Map((counts.data?.gaps?.actions ?? []).map((a) => [a.action, a.count]));
  const found = answer.data?.gaps;
  return (
    <div className="screen battle">
      <div className="title">
        <h1>{t('battle.title', { region: counts.data?.region?.name ?? '' })}</h1>
        {found && <span className="quiet">{t('battle.count', { count: found.totalCount })}</span>}
      </div>
      <div className="filters no-print" role="group" aria-label={t('battle.filter')}>
        {(['BUILD', 'FILL', 'STRENGTHEN', 'EXTEND', 'CHECK', 'WAIT'] as VerdictAction[]).map((a) => (
          <button key={a} type="button" aria-pressed={actions.includes(a)} onClick={() => set({ act: toggled(actions, a) })}>
            <ActionMark action={a} /> <b>{number.get(a) ?? 0}</b>
          </button>
        ))}
        <Select aria-label={t('battle.ecosystem')} value={state.eco ?? ''} style={{ width: 170 }} onChange={(eco: string) => set({ eco: eco || undefined })}
          options={[{ value: '', label: t('battle.allEcosystems') }, ...(counts.data?.ecosystems?.nodes ?? []).map((e) => ({ value: e.code ?? '', label: named(e, language) }))]} />
        <Select aria-label={t('battle.sort')} value={orderBy} style={{ width: 170 }} onChange={(o: string) => set({ sort: o === 'PRIORITY' ? undefined : o.toLowerCase() })}
          options={orders.map((o) => ({ value: o, label: t(`battle.orders.${o}`) }))} />
      </div>
      <div className="columns">
        <section className="card table">
          {answer.error && <Failure error={answer.error} again={answer.again} />}
          {!answer.error && answer.fetching && <Waiting lines={18} />}
          {!answer.error && !answer.fetching && found && (found.nodes.length === 0
            ? <Empty why={t('battle.nothing')} next={<Button onClick={() => set({ act: undefined, eco: undefined })}>{t('battle.clear')}</Button>} />
            : <Table found={found} from={before.length * pageSize} />)}
          {found && found.totalCount > pageSize && (
            <p className="pages no-print">
              <Button disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>{t('battle.previous')}</Button>
              <Button disabled={!found.pageInfo.hasNextPage} onClick={() => setBefore([...before, found.pageInfo.endCursor ?? ''])}>{t('battle.next')}</Button>
            </p>
          )}
        </section>
        <Papers region={state.region!} ecosystem={state.eco} actions={actions} orderBy={orderBy} />
      </div>
    </div>
  );
}

type Found = NonNullable<BattleQuery['gaps']>;

function Table({ found, from }: { found: Found; from: number }) {
  const { t } = useTranslation();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th className="number">#</th><th>{t('battle.link')}</th><th>{t('battle.verdict')}</th><th>{t('battle.action')}</th>
          <th className="number">{t('battle.companies')}</th><th className="number">{t('battle.sure')}</th><th className="number">{t('battle.feasibility')}</th>
          <th className="number">{t('battle.priority')}</th><th>{t('battle.role')}</th><th>{t('battle.owner')}</th><th>{t('battle.due')}</th>
        </tr>
      </thead>
      <tbody>{found.nodes.map((v, i) => <Row key={v.link.code} verdict={v} rank={from + i + 1} />)}</tbody>
    </table>
  );
}

function Row({ verdict: v, rank }: { verdict: Found['nodes'][number]; rank: number }) {
  const { t } = useTranslation();
  const { to, language } = useAddress();
  const why = whyOf(v.reasons, v.link.declaredRole != null).map((r) => inLanguage(r.text, language).replace(/[。.]$/, '')).join(language === 'zh' ? '；' : '; ');
  const name = named(v.link, language);
  return (
    <tr>
      <td className="number">{rank}</td>
      <td className="what">
        <Link className={v.link.declaredRole === 'RESTRICTED' ? 'restricted' : undefined}
          to={to('map', { chain: v.link.chain?.code ?? undefined, link: v.link.code ?? undefined })}>{name}</Link>
        {v.link.chain && <span className="quiet"> {named(v.link.chain, language)}</span>}
        {why && <span className="quiet why" title={why}>{why}</span>}
      </td>
      <td><StateMark state={v.state} /></td>
      <td><ActionMark action={v.action} /></td>
      <td className="number">{hereOfExpected(v.numbers.companies, v.numbers.expected)}</td>
      <td className="number">{percent(v.confidence)}</td>
      <td className="number" title={t('battle.feasibilityMeans')}>{v.numbers.densityRank == null ? t('unknown') : percent(v.numbers.densityRank)}</td>
      <td className="number"><b>{v.priority == null ? '–' : oneDigit(v.priority * 100)}</b></td>
      <td>{v.link.declaredRole ? t(`map.roles.${v.link.declaredRole}`) : '–'}</td>
      <td>{v.link.declaredOwner ?? '–'}</td>
      <td>{v.link.declaredDue ?? '–'}</td>
    </tr>
  );
}
