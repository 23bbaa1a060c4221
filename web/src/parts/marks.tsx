import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { VerdictAction, VerdictState } from '../gql/graphql';

/** The order of states in bars, legends and columns. */
export const stateOrder: VerdictState[] = ['ABSENT', 'WEAK', 'PRESENT', 'ADEQUATE', 'STRONG', 'UNKNOWN'];

/** The order of actions; the first four cost work. */
export const actionOrder: VerdictAction[] = ['BUILD', 'FILL', 'STRENGTHEN', 'EXTEND', 'CHECK', 'WAIT', 'WATCH', 'KEEP'];
export const workActions: VerdictAction[] = ['BUILD', 'FILL', 'STRENGTHEN', 'EXTEND'];

/** The colour of a state in bars and charts; PRESENT is outlined, UNKNOWN hatched. */
export const stateColours: Record<VerdictState, string> = {
  ABSENT: '#B42318', WEAK: '#E8A33D', PRESENT: '#FFFFFF', ADEQUATE: '#9BD1CF', STRONG: '#006D75',
  UNKNOWN: '#EBEBEB', EMPTY: '#EBEBEB', NOT_JUDGED: '#EBEBEB',
};

/** A state as a point of a chart: the shape of its icon, filled and edged so that it stands out from white. */
export const statePoints: Record<VerdictState, { symbol: string; fill: string; line: string; dashed?: boolean }> = (() => {
  const unknown = { symbol: 'diamond', fill: '#F5F5F5', line: '#737373', dashed: true };
  return {
    ABSENT: { symbol: 'rect', fill: '#B42318', line: '#B42318' },
    WEAK: { symbol: 'path://M1 3h14L8 14z', fill: '#E8A33D', line: '#874D00' },
    PRESENT: { symbol: 'circle', fill: '#FFFFFF', line: '#434343' },
    ADEQUATE: { symbol: 'circle', fill: '#2E8B8B', line: '#2E8B8B' },
    STRONG: { symbol: 'path://m8 1 2.1 4.6 5 .6-3.7 3.4 1 5L8 12.1l-4.4 2.5 1-5L.9 6.2l5-.6z', fill: '#006D75', line: '#006D75' },
    UNKNOWN: unknown, EMPTY: unknown, NOT_JUDGED: unknown,
  };
})();

/** The colours of the axes and words of a chart, and of what is chosen in it. */
export const chartColours = { text: '#434343', quiet: '#595959', line: '#8C8C8C', faint: '#D9D9D9', chosen: '#0958D9', ground: '#FFFFFF' };
/** The colours of a cell of the map, as map.css has them: its left edge, its ground and its icon. */
const greyCell = { edge: '#8C8C8C', fill: '#F6F6F6', icon: '#1F1F1F' };
export const cellColours: Record<VerdictState, { edge: string; fill: string; icon: string }> = {
  ABSENT: { edge: '#B42318', fill: '#FDECEA', icon: '#B42318' }, WEAK: { edge: '#D9962B', fill: '#FFF9EB', icon: '#1F1F1F' },
  PRESENT: { edge: '#8C8C8C', fill: '#FFFFFF', icon: '#1F1F1F' }, ADEQUATE: { edge: '#5AA9A9', fill: '#F1F9F8', icon: '#1F1F1F' },
  STRONG: { edge: '#006D75', fill: '#DCEFEF', icon: '#006D75' }, UNKNOWN: greyCell, EMPTY: greyCell, NOT_JUDGED: greyCell,
};

/** The colours of the bounds of weak and strong, and of what is written and drawn on them. */
export const boundColours = { weak: '#FFF3D6', adequate: '#E3F3F2', strong: '#9BD1CF', ink: '#1F1F1F', scale: '#595959' };

/** The colours of lines, frames and texts of a drawing that leaves the page. */
export const drawingColours = {
  ground: '#F5F5F5', card: '#FFFFFF', border: '#E8E8E8', head: '#434343', text: '#1F1F1F', quiet: '#595959', tie: '#BFBFBF', feeder: '#1677FF', chosen: '#0958D9',
};

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 };
const unknown = (
  <>
    <path d="M8 1 15 8 8 15 1 8z" {...stroke} strokeDasharray="2.4 1.6" />
    <path d="M6.4 6.4a1.6 1.6 0 1 1 2.3 1.5c-.5.3-.7.5-.7 1.1M8 11v.6" {...stroke} strokeWidth={1.3} />
  </>
);
const stateShapes: Record<VerdictState, ReactNode> = {
  ABSENT: <><rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor" /><path d="m5 5 6 6m0-6-6 6" className="cross" stroke="#FFF" strokeWidth="2" /></>,
  WEAK: <path d="M1 3h14L8 14z" fill="#E8A33D" stroke="#874D00" />,
  PRESENT: <circle cx="8" cy="8" r="6" {...stroke} />,
  ADEQUATE: <><circle cx="8" cy="8" r="7" fill="#2E8B8B" /><path d="M5 6.5h6m-6 3h6" stroke="#FFF" strokeWidth="1.6" /></>,
  STRONG: <path d="m8 1 2.1 4.6 5 .6-3.7 3.4 1 5L8 12.1l-4.4 2.5 1-5L.9 6.2l5-.6z" fill="currentColor" />,
  UNKNOWN: unknown, EMPTY: unknown, NOT_JUDGED: unknown,
};
const actionShapes: Record<VerdictAction, ReactNode> = {
  BUILD: <path d="M2 2h12v12H2zM8 5v6M5 8h6" {...stroke} />,
  FILL: <><circle cx="2" cy="8" r="1.4" fill="currentColor" /><circle cx="8" cy="8" r="3" {...stroke} /><circle cx="14" cy="8" r="1.4" fill="currentColor" /></>,
  STRENGTHEN: <path d="M8 14V3M3.5 7.5 8 3l4.5 4.5" {...stroke} />,
  EXTEND: <path d="M2 4v8M2 8h11M9.5 4.5 13 8l-3.5 3.5" {...stroke} />,
  CHECK: <><circle cx="7" cy="7" r="4.5" {...stroke} /><path d="m10.3 10.3 4 4" {...stroke} /></>,
  WAIT: <><path d="M1 8h8M6 5l3 3-3 3" {...stroke} /><path d="M13 2v12" {...stroke} strokeDasharray="2.5 1.8" /></>,
  WATCH: <><path d="M1 8s2.5-4.5 7-4.5S15 8 15 8s-2.5 4.5-7 4.5S1 8 1 8z" {...stroke} /><circle cx="8" cy="8" r="2" {...stroke} /></>,
  KEEP: <path d="M8 1.5 14 4v4c0 4-3 6-6 6.8C5 14 2 12 2 8V4z" {...stroke} />,
};

export function StateIcon({ state, className = 'icon' }: { state: VerdictState; className?: string }) {
  return <svg className={className} viewBox="0 0 16 16" aria-hidden="true">{stateShapes[state]}</svg>;
}

/** The icon of a state within a drawing, in its own colours, without the help of a style sheet. */
export function StateShape({ state, x, y, size }: { state: VerdictState; x: number; y: number; size: number }) {
  return <svg x={x} y={y} width={size} height={size} viewBox="0 0 16 16" color={cellColours[state].icon}>{stateShapes[state]}</svg>;
}

/** A state as colour, icon and word; `why` follows the word in the same frame. */
export function StateMark({ state, why }: { state: VerdictState; why?: string }) {
  const { t } = useTranslation();
  return (
    <span className={`mark ${state}`} title={t(`stateMeaning.${state}`)}>
      <StateIcon state={state} />{t(`state.${state}`)}{why ? ` · ${why}` : ''}
    </span>
  );
}

/** An action as icon and word, without a colour. */
export function ActionMark({ action }: { action: VerdictAction | null | undefined }) {
  const { t } = useTranslation();
  if (!action) return <span>–</span>;
  return (
    <span className={workActions.includes(action) ? 'action works' : 'action'} title={t(`actionMeaning.${action}`)}>
      <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">{actionShapes[action]}</svg>{t(`action.${action}`)}
    </span>
  );
}

/** How many links are in each state, as one bar; the counts stand beside it in words. */
export function StateBar({ counts }: { counts: Partial<Record<VerdictState, number>> }) {
  const { t } = useTranslation();
  const total = stateOrder.reduce((sum, s) => sum + (counts[s] ?? 0), 0);
  let x = 0;
  const label = stateOrder.map((s) => `${t(`state.${s}`)} ${counts[s] ?? 0}`).join(t('listSeparator'));
  return (
    <svg width="100%" height="12" role="img" aria-label={label} style={{ display: 'block' }}>
      <defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="#F5F5F5" /><rect width="2" height="6" fill="#C9C9C9" />
        </pattern>
      </defs>
      {stateOrder.map((s) => {
        const width = total === 0 ? 0 : ((counts[s] ?? 0) / total) * 100;
        const from = x;
        x += width;
        if (width === 0) return null;
        const lined = s === 'PRESENT' || s === 'UNKNOWN';
        return (
          <rect key={s} x={`${from}%`} y="1" width={`${width}%`} height="10"
            fill={s === 'UNKNOWN' ? 'url(#hatch)' : stateColours[s]} stroke={lined ? '#8C8C8C' : '#FFF'} />
        );
      })}
    </svg>
  );
}
