import { Fragment, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import type { BattleQuery } from '../../gql/graphql';
import { hereOfExpected, oneDigit, percent } from '../../parts/format';
import { ActionMark, StateMark } from '../../parts/marks';
import { named } from '../../parts/names';
import type { Declared, Part } from './declared';
import { DeclareForm } from './form';
import { neighbour, whyText } from './rows';

export type Verdict = NonNullable<BattleQuery['gaps']>['nodes'][number];

/** A row with its place in the whole list, and what is declared of its link now. */
export interface Ranked { verdict: Verdict; rank: number; declared: Declared }

interface TableProps {
  rows: Ranked[];
  /** The codes of the ticked rows. */
  ticked: ReadonlySet<string>;
  tick: (code: string) => void;
  busy: boolean;
  /** Declares of one link; false if it was refused. Undefined for those who may not. */
  declare?: (row: Ranked, wanted: Declared) => Promise<boolean>;
}

/**
 * The list of work. The arrows walk its rows, which are one stop of the tab key; Enter
 * chooses one, Space ticks it, and e opens the fields of what is declared.
 */
export function Table({ rows, ticked, tick, busy, declare }: TableProps) {
  const { t } = useTranslation();
  const { state, set } = useAddress();
  const body = useRef<HTMLTableSectionElement>(null);
  const codes = rows.map((r) => r.verdict.link.code ?? '');
  const [at, setAt] = useState<string>();
  const [edited, edit] = useState<{ code: string; part: Part }>();
  const stop = [at, state.link, codes[0]].find((c) => c !== undefined && codes.includes(c));
  const rowOf = (code: string | undefined) => body.current?.querySelector<HTMLElement>(`tr[data-code="${CSS.escape(code ?? '')}"]`);
  useEffect(() => { if (state.link) rowOf(state.link)?.scrollIntoView?.({ block: 'nearest' }); }, [state.link]);
  const choose = (code: string) => set({ link: code === state.link ? undefined : code });
  const leave = (code: string) => { edit(undefined); rowOf(code)?.focus(); };
  const press = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('tr[data-code]');
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const code = row.dataset.code!, next = neighbour(codes, code, event.key), own = event.target === row;
    if (next !== undefined) rowOf(next)?.focus();
    else if (own && event.key === 'Enter') choose(code);
    else if (own && event.key === ' ') tick(code);
    else if (own && event.key === 'e' && declare) edit({ code, part: 'role' });
    else return;
    event.preventDefault();
  };
  return (
    <table className="plain">
      <caption className="hidden">{t(declare ? 'battle.tableKeysEdit' : 'battle.tableKeys')}</caption>
      <Head />
      <tbody ref={body} onKeyDown={press} onFocus={(e) => setAt((old) => (e.target as HTMLElement).closest<HTMLElement>('tr[data-code]')?.dataset.code ?? old)}>
        {rows.map((row) => {
          const code = row.verdict.link.code ?? '';
          return (
            <Fragment key={code}>
              <Row row={row} stop={code === stop} chosen={code === state.link} choose={choose} ticked={ticked.has(code)} tick={tick}
                edit={declare && ((part) => edit({ code, part }))} />
              {declare && edited?.code === code && <Fields row={row} first={edited.part} busy={busy} leave={() => leave(code)} declare={declare} />}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function Head() {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        <th className="number">#</th><th>{t('battle.link')}</th><th>{t('battle.verdict')}</th><th>{t('battle.action')}</th>
        <th className="number">{t('battle.companies')}</th><th className="number">{t('battle.sure')}</th><th className="number">{t('battle.feasibility')}</th>
        <th className="number">{t('battle.priority')}</th><th>{t('battle.role')}</th><th className="wide">{t('battle.owner')}</th><th className="wide">{t('battle.due')}</th>
      </tr>
    </thead>
  );
}

interface FieldsProps { row: Ranked; first: Part; busy: boolean; leave: () => void; declare: (row: Ranked, wanted: Declared) => Promise<boolean> }

/** The fields of one link, below its row. They stay open where the change is refused. */
function Fields({ row, first, busy, leave, declare }: FieldsProps) {
  const { language } = useAddress();
  const save = async (wanted: Declared) => { if (await declare(row, wanted)) leave(); };
  return (
    <tr className="fields no-print">
      <td colSpan={11}><DeclareForm was={row.declared} of={named(row.verdict.link, language)} first={first} busy={busy} save={(w) => void save(w)} cancel={leave} /></td>
    </tr>
  );
}

interface RowProps {
  row: Ranked; stop: boolean; chosen: boolean; choose: (code: string) => void; ticked: boolean; tick: (code: string) => void; edit?: (part: Part) => void;
}

function Row({ row: { verdict: v, rank, declared }, stop, chosen, choose, ticked, tick, edit }: RowProps) {
  const { t } = useTranslation();
  const { to, language } = useAddress();
  const why = whyText(v, language), name = named(v.link, language), code = v.link.code ?? '';
  const tabIndex = stop ? 0 : -1;
  const cell = (part: Part, text: string | undefined) => (edit
    ? <button type="button" tabIndex={tabIndex} className="editable" aria-label={`${t('battle.fieldOf', { field: t(`battle.${part}`), of: name })}: ${text ?? '–'}`} onClick={() => edit(part)}>{text ?? '–'}</button>
    : text ?? '–');
  return (
    <tr data-code={code} tabIndex={tabIndex} aria-current={chosen ? 'true' : undefined}
      onClick={(e) => { if (!(e.target as HTMLElement).closest('a, button, input, label')) choose(code); }}>
      <td className="number rank"><label><input type="checkbox" className="no-print" tabIndex={tabIndex} checked={ticked} aria-label={t('battle.tick', { name })} onChange={() => tick(code)} />{rank}</label></td>
      <td className="what">
        <Link tabIndex={tabIndex} className={declared.role === 'RESTRICTED' ? 'restricted' : undefined}
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
      <td>{cell('role', declared.role && t(`map.roles.${declared.role}`))}</td>
      <td className="wide">{cell('owner', declared.owner)}</td>
      <td className="wide">{cell('due', declared.due)}</td>
    </tr>
  );
}
