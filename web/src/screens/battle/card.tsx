import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import { oneDigit } from '../../parts/format';
import { named } from '../../parts/names';
import { Waiting } from '../../parts/states';
import { cornerOf, corners, readBox, within, writeBox, type Box, type Corner, type Point } from './quadrant';
import type { Verdict } from './table';

const Chart = lazy(() => import('./chart'));

/** The rows of the table by need and feasibility. A part of it, or a rectangle, filters the table. */
export function Quadrant({ rows, points }: { rows: Verdict[]; points: Point[] }) {
  const { t } = useTranslation();
  const { state, set, language } = useAddress();
  const box = readBox(state.box);
  const here = cornerOf(box);
  const words = useMemo(() => {
    const names = new Map(rows.map((r) => [r.link.code, named(r.link, language)]));
    const nameOf = (code: string) => names.get(code) ?? code;
    return {
      feasibility: t('battle.feasibilityAxis'), need: t('battle.needAxis'), nameOf,
      tip: (p: Point) => [
        `${nameOf(p.code)} · ${t(`state.${p.state}`)}`, `${t('battle.need')} ${oneDigit(p.need)}`,
        `${t('battle.feasibility')} ${oneDigit(p.feasibility)}`, `${t('battle.priority')} ${oneDigit(p.priority * 100)}`,
      ],
    };
  }, [rows, language, t]);
  const left = rows.length - points.length;
  const show = (b: Box | undefined) => set({ box: b && writeBox(b) });
  return (
    <section className="card quadrant" aria-labelledby="quadrant-title">
      <header><h2 id="quadrant-title">{t('battle.quadrant')}</h2><span className="quiet">{t('battle.brushHint')}</span></header>
      <div className="corners no-print" role="group" aria-label={t('battle.parts')}>
        {(Object.keys(corners) as Corner[]).map((c) => (
          <button key={c} type="button" aria-pressed={here === c} onClick={() => show(here === c ? undefined : corners[c])}>
            {t(`battle.corner.${c}`)} <b>{points.filter((p) => within(p, corners[c])).length}</b>
          </button>
        ))}
      </div>
      <div className="plot" aria-hidden="true">
        {(Object.keys(corners) as Corner[]).map((c) => <span key={c} className={`corner ${c}`}>{t(`battle.corner.${c}`)}</span>)}
        <Suspense fallback={<Waiting lines={8} />}>
          <Chart points={points} chosen={state.link} words={words} brush={show} choose={(code) => set({ link: code === state.link ? undefined : code })} />
        </Suspense>
      </div>
      <p className="quiet note">{t('battle.percentile', { count: points.length })}{left > 0 && ` ${t('battle.notDrawn', { count: left })}`}</p>
    </section>
  );
}
