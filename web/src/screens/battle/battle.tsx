import { Button, Segmented, Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import type { LinkDeclaredRole, VerdictAction, VerdictOrder } from '../../gql/graphql';
import { useQuestion } from '../../graphql';
import { ActionMark } from '../../parts/marks';
import { named } from '../../parts/names';
import { Empty, Failure, Waiting } from '../../parts/states';
import './battle.css';
import { Quadrant } from './card';
import { roles } from './declared';
import { chosenActions, toggled } from './filters';
import { List } from './list';
import { Papers } from './papers';
import { pointsOf, readBox, within } from './quadrant';
import type { Verdict } from './table';

const BattleQuestion = graphql(`
  query Battle($region: ID!, $ecosystem: ID, $actions: [VerdictAction!], $roles: [LinkDeclaredRole!], $orderBy: VerdictOrder, $first: Int, $after: String, $population: Population) {
    gaps(region: $region, population: $population, ecosystem: $ecosystem, actions: $actions, declaredRoles: $roles, orderBy: $orderBy, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes {
        state action confidence priority
        link { code name englishName declaredRole declaredOwner declaredDue chain { code name englishName } }
        numbers { companies expected severity densityRank }
        reasons { code points text { zh en } }
      }
    }
  }
`);

const CountsQuestion = graphql(`
  query BattleCounts($region: ID!, $ecosystem: ID, $population: Population) {
    region(id: $region) { name }
    gaps(region: $region, population: $population, ecosystem: $ecosystem, first: 1) { actions { action count } }
    ecosystems(first: 20) { nodes { code name englishName } }
    viewer { rights }
  }
`);

const pageSize = 100;
const none: Verdict[] = [];
const orders: VerdictOrder[] = ['PRIORITY', 'SEVERITY', 'EXPECTED', 'COMPANIES', 'CONFIDENCE'];

/** What is to be done, the most urgent first, and the paper of it. */
export default function BattleMap() {
  const { t } = useTranslation();
  const { state, set, language, asOf } = useAddress();
  const actions = chosenActions(state.act);
  const orderBy = orders.find((o) => o.toLowerCase() === state.sort) ?? 'PRIORITY';
  const role = roles.find((r) => r.toLowerCase() === state.role);
  // The ends of the pages before the one that is shown; a cursor is good for one list alone.
  const [before, setBefore] = useState<string[]>([]);
  const list = [state.region, state.pop, state.asof, state.eco, state.act, state.role, orderBy].join(' ');
  useEffect(() => setBefore([]), [list]);
  const counts = useQuestion(CountsQuestion, { region: state.region!, ecosystem: state.eco });
  const answer = useQuestion(BattleQuestion, {
    region: state.region!, ecosystem: state.eco, actions, roles: role && [role as LinkDeclaredRole], orderBy, first: pageSize, after: before[before.length - 1],
  });
  const number = new Map((counts.data?.gaps?.actions ?? []).map((a) => [a.action, a.count]));
  const found = answer.data?.gaps;
  const quadrant = state.view === 'quadrant';
  const rows = found?.nodes ?? none;
  const points = useMemo(() => pointsOf(rows), [rows]);
  const inBox = useMemo(() => {
    const b = quadrant ? readBox(state.box) : undefined;
    return b && new Set(points.filter((p) => within(p, b)).map((p) => p.code));
  }, [quadrant, state.box, points]);
  return (
    <div className="screen battle">
      <div className="title">
        <h1>{t('battle.title', { region: counts.data?.region?.name ?? '' })}</h1>
        {found && <span className="quiet">{t('battle.count', { count: found.totalCount })}</span>}
        <span className="actions no-print">
          <Segmented aria-label={t('battle.view')} value={quadrant ? 'quadrant' : 'table'}
            onChange={(v) => set({ view: v === 'quadrant' ? v : undefined, box: undefined })}
            options={[{ value: 'table', label: t('battle.table') }, { value: 'quadrant', label: t('battle.quadrantShort') }]} />
        </span>
      </div>
      <div className="filters no-print" role="group" aria-label={t('battle.filter')}>
        {(['BUILD', 'FILL', 'STRENGTHEN', 'EXTEND', 'CHECK', 'WAIT'] as VerdictAction[]).map((a) => (
          <button key={a} type="button" aria-pressed={actions.includes(a)} onClick={() => set({ act: toggled(actions, a) })}>
            <ActionMark action={a} /> <b>{number.get(a) ?? 0}</b>
          </button>
        ))}
        <Select aria-label={t('battle.ecosystem')} value={state.eco ?? ''} style={{ width: 170 }} onChange={(eco: string) => set({ eco: eco || undefined })}
          options={[{ value: '', label: t('battle.allEcosystems') }, ...(counts.data?.ecosystems?.nodes ?? []).map((e) => ({ value: e.code ?? '', label: named(e, language) }))]} />
        <Select aria-label={t('battle.role')} value={role ?? ''} style={{ width: 130 }} onChange={(r: string) => set({ role: r ? r.toLowerCase() : undefined })}
          options={[{ value: '', label: t('battle.allRoles') }, ...roles.map((r) => ({ value: r, label: t(`map.roles.${r}`) }))]} />
        <Select aria-label={t('battle.sort')} value={orderBy} style={{ width: 170 }} onChange={(o: string) => set({ sort: o === 'PRIORITY' ? undefined : o.toLowerCase() })}
          options={orders.map((o) => ({ value: o, label: t(`battle.orders.${o}`) }))} />
      </div>
      <div className={quadrant ? 'columns with-quadrant' : 'columns'}>
        <section className="card table">
          {answer.error && <Failure error={answer.error} again={answer.again} />}
          {!answer.error && answer.fetching && <Waiting lines={18} />}
          {!answer.error && !answer.fetching && found && (found.nodes.length === 0
            ? <Empty why={t('battle.nothing')} next={<Button onClick={() => set({ act: undefined, eco: undefined, role: undefined })}>{t('battle.clear')}</Button>} />
            : <List key={[list, before.length].join(' ')} verdicts={rows} only={inBox} from={before.length * pageSize + 1} again={answer.again} mayDeclare={asOf === undefined && (counts.data?.viewer.rights.includes('WORK') ?? false)} />)}
          {found && found.totalCount > pageSize && (
            <p className="pages no-print">
              <Button disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>{t('battle.previous')}</Button>
              <Button disabled={!found.pageInfo.hasNextPage} onClick={() => setBefore([...before, found.pageInfo.endCursor ?? ''])}>{t('battle.next')}</Button>
            </p>
          )}
        </section>
        <div className="beside">
          {quadrant && rows.length > 0 && !answer.fetching && <Quadrant rows={rows} points={points} />}
          <Papers region={state.region!} ecosystem={state.eco} actions={actions} role={role} orderBy={orderBy} />
        </div>
      </div>
    </div>
  );
}
