import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import { named } from '../../parts/names';
import { useNarrow } from '../../parts/narrow';
import { Bulk } from './bulk';
import type { Declared } from './declared';
import { useDeclare, type Subject } from './declaring';
import { cornerOf, readBox } from './quadrant';
import { Table, type Ranked, type Verdict } from './table';

interface Props {
  verdicts: readonly Verdict[];
  /** The codes of the verdicts to show; undefined for all. */
  only?: ReadonlySet<string>;
  /** The place of the first verdict in the whole list, from 1. */
  from: number;
  mayDeclare: boolean;
  again: () => void;
}

/** The rows of a page of the list, what is ticked of them, and what is declared of their links. */
export function List({ verdicts, only, from, mayDeclare: may, again }: Props) {
  const mayDeclare = !useNarrow() && may; // a phone is for reading
  const { t } = useTranslation();
  const { language } = useAddress();
  const { now, forget, declare, undo, said, busy } = useDeclare();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  useEffect(forget, [verdicts, forget]); // they have what was declared
  const rows = useMemo(() => verdicts.map((verdict, i): Ranked => ({
    verdict, rank: from + i, declared: now.get(verdict.link.code ?? '') ?? declaredOf(verdict),
  })).filter((r) => !only || only.has(r.verdict.link.code ?? '')), [verdicts, only, from, now]);
  const tick = (code: string) => setTicked((old) => {
    const next = new Set(old);
    if (!next.delete(code)) next.add(code);
    return next;
  });
  const subject = (r: Ranked): Subject => ({ code: r.verdict.link.code ?? '', name: named(r.verdict.link, language), was: r.declared });
  const all = (of: Ranked[], wanted: Declared) => declare(of.map(subject), wanted);
  const chosen = rows.filter((r) => ticked.has(r.verdict.link.code ?? ''));
  return (
    <>
      {only && <Brushed shown={rows.length} of={verdicts.length} />}
      <p className="said no-print" role={said?.fault ? 'alert' : 'status'}>
        {said && (
          <span className={said.fault ? 'fault' : undefined}>
            {said.text}{' '}
            {said.made.length > 0 && <Button size="small" disabled={busy} onClick={() => void undo()}>{t('battle.undo')}</Button>}{' '}
            {now.size > 0 && <Button size="small" type="text" onClick={again}>{t('battle.rankAgain')}</Button>}
          </span>
        )}
      </p>
      <Table rows={rows} ticked={ticked} tick={tick} busy={busy} declare={mayDeclare ? (r, wanted) => all([r], wanted) : undefined} />
      {chosen.length > 0 && <Bulk rows={chosen} busy={busy} declare={mayDeclare ? all : undefined} clear={() => setTicked(new Set())} />}
    </>
  );
}

function declaredOf({ link }: Verdict): Declared {
  return { role: link.declaredRole ?? undefined, owner: link.declaredOwner ?? undefined, due: link.declaredDue ?? undefined };
}

/** Says that the quadrant filters the table, and takes the filter away. */
function Brushed({ shown, of }: { shown: number; of: number }) {
  const { t } = useTranslation();
  const { state, set } = useAddress();
  const box = readBox(state.box);
  if (!box) return null;
  const corner = cornerOf(box);
  return (
    <p className="brushed" role="status">
      {corner ? t('battle.inCorner', { corner: t(`battle.corner.${corner}`), shown, of }) : t('battle.inBox', { ...box, shown, of })}
      <button type="button" className="link no-print" onClick={() => set({ box: undefined })}>{t('battle.unbrush')}</button>
    </p>
  );
}
