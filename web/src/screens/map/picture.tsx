import { hereOfExpected } from '../../parts/format';
import { cellColours, drawingColours as colours, StateShape, stateOrder } from '../../parts/marks';
import { named } from '../../parts/names';
import type { VerdictState } from '../../gql/graphql';
import { codeOf, countsOfGroup, type Group, type Lane, type MapLink, type Shown } from './layout';
import { fit, heights, place, widthOf, type Placed, type PlacedGroup, type PlacedLane } from './place';
import { bundlesOf, feederCourses, groupCourses, groupsByLink, type Tie } from './ties';

type Words = (key: string, values?: Record<string, unknown>) => string;

/** One region's map of a chain, as the screen shows it. */
export interface PictureMap { head?: string; drawn: Map<Lane, Group[]>; ties: readonly Tie[] }

export interface PictureProps {
  title: string;
  /** What stands below the title: population, day, what is left out. */
  lines: readonly string[];
  /** Counts by state for the legend; those of two maps stand in their heads. */
  counts?: ReadonlyMap<VerdictState, number>;
  maps: readonly PictureMap[]; shown: Shown;
  /** The selected link, and what feeds it. */
  link?: string; feeders: ReadonlySet<string>;
  t: Words; language: string;
}

const margin = 20;
const headHeight = 30;
const lineHeight = 20;
const legendTop = (lines: number) => margin + 30 + lines * lineHeight;

/** The map as a drawing of its own: all that it needs is in it, colours too, and no style sheet is asked for. */
export function Picture(props: PictureProps) {
  const { title, lines, maps, shown, t } = props;
  let y = legendTop(lines.length) + 56;
  const placed = maps.map((map) => {
    const top = y + (map.head ? headHeight : 0);
    const at = place(map.drawn, shown, top);
    y = top + at.height + margin;
    return { map, at, top };
  });
  const width = 2 * margin + Math.max(640, widthOf(title, 18), ...lines.map((l) => widthOf(l, 12)), ...placed.map((p) => p.at.width));
  return (
    <svg xmlns="http://www.w3.org/2000/svg" width={Math.ceil(width)} height={Math.ceil(y)} viewBox={`0 0 ${Math.ceil(width)} ${Math.ceil(y)}`} role="img"
      fontFamily="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif" fontSize="13" fill={colours.text}>
      <title>{title}</title>
      <desc>{lines.join(' ')}</desc>
      <rect width="100%" height="100%" fill={colours.ground} />
      <g transform={`translate(${margin} 0)`}>
        <text y={margin + 18} fontSize="18" fontWeight="600">{title}</text>
        {lines.map((line, i) => <text key={i} y={margin + 44 + i * lineHeight} fontSize="12" fill={colours.quiet}>{line}</text>)}
        <Legend {...props} y={legendTop(lines.length) + 8} />
        {placed.map(({ map, at, top }, i) => (
          <g key={i} className="map">
            {map.head && <text y={top - 10} fontSize="16" fontWeight="600">{map.head}</text>}
            <Ties {...props} map={map} placed={at} />
            {at.lanes.map((lane) => <LaneDrawing key={lane.lane} lane={lane} link={props.link} shown={shown} t={t} language={props.language} />)}
          </g>
        ))}
      </g>
    </svg>
  );
}

function Legend({ counts, t, link, feeders, y }: PictureProps & { y: number }) {
  let x = 0;
  const spot = (words: string, mark: number) => {
    const from = x;
    x += mark + 6 + widthOf(words, 12) + 16;
    return from;
  };
  return (
    <g className="legend" fontSize="12">
      {stateOrder.map((state) => {
        const words = counts ? `${t(`state.${state}`)} ${counts.get(state) ?? 0}` : t(`state.${state}`);
        const from = spot(words, 14);
        return <g key={state}><StateShape state={state} x={from} y={y} size={14} /><text x={from + 20} y={y + 12}>{words}</text></g>;
      })}
      {[[colours.tie, t('map.export.tie')], ...(link && feeders.size > 0 ? [[colours.feeder, t('map.export.feeder')]] : [])].map(([colour, words]) => {
        const from = spot(words!, 24);
        return <g key={words}><line x1={from} x2={from + 24} y1={y + 7} y2={y + 7} stroke={colour} strokeWidth="1.5" /><text x={from + 30} y={y + 12}>{words}</text></g>;
      })}
      <text x="0" y={y + 32} fill={colours.quiet}>{t('map.export.reading')}</text>
    </g>
  );
}

function Ties({ map, placed, link, feeders }: PictureProps & { map: PictureMap; placed: Placed }) {
  const groupOf = groupsByLink(map.drawn);
  const blue = link ? feederCourses(link, feeders, groupOf, placed.boxes) : [];
  return (
    <g className="ties" fill="none">
      {groupCourses(bundlesOf(map.ties, groupOf), placed.boxes).map((d) => <path key={d} d={d} stroke={colours.tie} />)}
      {blue.map((c) => <path key={c.behind} d={c.behind} stroke={colours.feeder} strokeWidth="1.5" />)}
    </g>
  );
}

interface Parts { link?: string; shown: Shown; t: Words; language: string }

function LaneDrawing({ lane, ...parts }: Parts & { lane: PlacedLane }) {
  const { t } = parts;
  const name = t(`map.lane.${lane.lane}`);
  return (
    <g className="lane">
      <text x={lane.x} y={lane.y + 18} fontSize="15" fontWeight="600">{name}</text>
      <text x={lane.x + widthOf(name, 15) + 8} y={lane.y + 18} fontSize="12" fill={colours.quiet}>{t('map.laneCount', { count: lane.cells })}</text>
      <line x1={lane.x} x2={lane.x + lane.width} y1={lane.y + 25} y2={lane.y + 25} stroke={colours.head} strokeWidth="2" />
      {lane.groups.map((g) => <GroupDrawing key={g.group.code} placed={g} {...parts} />)}
    </g>
  );
}

function GroupDrawing({ placed: { group, box, alone, folded, cells }, ...parts }: Parts & { placed: PlacedGroup }) {
  const { t, language, shown } = parts;
  const count = t('map.groupCount', { companies: group.head.verdict.numbers.companies, links: group.cells.length });
  const inner = box.width - 20;
  const counts = countsOfGroup(group);
  return (
    <g className="group">
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx="8" fill={colours.card} stroke={colours.border} />
      {!alone && <text x={box.x + 10} y={box.y + 22} fontSize="14" fontWeight="600">{fit(named(group.head.verdict.link, language), 14, inner - widthOf(count, 11) - 8)}</text>}
      {!alone && <text x={box.x + 10 + inner} y={box.y + 22} fontSize="11" fill={colours.quiet} textAnchor="end">{count}</text>}
      {folded && stateOrder.filter((s) => counts.get(s)).map((s, i) => (
        <g key={s}><StateShape state={s} x={box.x + 10 + i * 34} y={box.y + 32} size={13} /><text x={box.x + 26 + i * 34} y={box.y + 43} fontSize="12">{counts.get(s)}</text></g>
      ))}
      {cells.map((c) => <CellDrawing key={codeOf(c.link)} cell={c.link} box={c.box} whole={c.link === group.head && !alone} {...parts} />)}
      {!folded && !shown.all && group.hidden.length > 0 && (
        <text x={box.x + 10} y={box.y + box.height - 9} fontSize="11" fill={colours.quiet}>{fit(t('map.groupHidden', { count: group.hidden.length }), 11, inner)}</text>
      )}
    </g>
  );
}

function CellDrawing({ cell, box, whole, link, t, language }: Parts & { cell: MapLink; box: { x: number; y: number; width: number }; whole: boolean }) {
  const v = cell.verdict;
  const { edge, fill } = cellColours[v.state];
  const word = t(`state.${v.state}`);
  const action = v.action ? t(`action.${v.action}`) : '';
  const name = whole ? t('map.whole', { link: named(v.link, language) }) : named(v.link, language);
  const numbers = [
    `${t('map.local')} ${hereOfExpected(v.numbers.companies, v.numbers.expected)}`,
    cell.candidates != null && `${t('map.candidates')} ${cell.candidates}`, !!cell.projects && `${t('map.projects')} ${cell.projects}`,
  ].filter(Boolean).join('  ');
  const dashed = fill === cellColours.UNKNOWN.fill ? '4 3' : undefined;
  const chosen = codeOf(cell) === link;
  const right = box.x + box.width - 8;
  return (
    <g className="cell" data-code={codeOf(cell)}>
      <rect x={box.x} y={box.y} width={box.width} height={heights.cell} rx="4" fill={fill} stroke={chosen ? colours.chosen : dashed ? edge : colours.border} strokeWidth={chosen ? 2 : 1} strokeDasharray={chosen ? undefined : dashed} />
      <rect x={box.x} y={box.y} width="4" height={heights.cell} fill={edge} />
      <StateShape state={v.state} x={box.x + 10} y={box.y + 7} size={13} />
      <text x={box.x + 28} y={box.y + 18} fontWeight="500" textDecoration={v.link.declaredRole === 'RESTRICTED' ? 'line-through' : undefined}>{fit(name, 13, box.width - 44 - widthOf(word, 12))}</text>
      <text x={right} y={box.y + 18} fontSize="12" fill={colours.head} textAnchor="end">{word}</text>
      <text x={box.x + 10} y={box.y + 38} fontSize="12" fill={colours.head}>{fit(numbers, 12, box.width - 26 - widthOf(action, 12))}</text>
      <text x={right} y={box.y + 38} fontSize="12" fill={colours.head} textAnchor="end">{action}</text>
    </g>
  );
}

