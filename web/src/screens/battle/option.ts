import type { EChartsCoreOption } from 'echarts/core';

import { chartColours, stateOrder, statePoints } from '../../parts/marks';
import { placeNames, type Area, type Label } from './labels';
import { labelled, ticks, type Point } from './quadrant';

/** The words of the chart. */
export interface Words { feasibility: string; need: string; nameOf: (code: string) => string; tip: (point: Point) => string[] }

/** What lies around the drawing, in pixels; the tint of the first part stands by it too. */
export const margins = { left: 54, right: 14, top: 12, bottom: 44 };

const axis = (name: string, gap: number) => ({
  type: 'value', min: 0, max: 100, interval: ticks[1]! - ticks[0]!, name, nameLocation: 'middle', nameGap: gap,
  nameTextStyle: { color: chartColours.quiet }, axisLabel: { color: chartColours.quiet, fontSize: 11 },
  axisLine: { show: true, lineStyle: { color: chartColours.line } }, axisTick: { show: false },
  // Of the lines at the ticks only the one in the middle is drawn.
  splitLine: { lineStyle: { type: 'dashed', color: ticks.map((at) => (at === 50 ? chartColours.line : 'transparent')) } },
});

/** A text of lines as an element, so that no name is taken for markup. */
function lines(texts: readonly string[]): HTMLElement {
  const all = document.createElement('div');
  for (const text of texts) all.appendChild(document.createElement('div')).textContent = text;
  return all;
}

function labelOf(label: Label | undefined, name: string, chosen: boolean) {
  if (!label) return { show: false };
  return {
    show: true, formatter: name, color: chartColours.text, fontSize: 11, fontWeight: chosen ? 'bold' : 'normal', textBorderColor: chartColours.ground, textBorderWidth: 2,
    position: 'inside', align: label.align, verticalAlign: 'middle', offset: [label.dx, label.dy],
  };
}

/** Points as one series for each state; an item is known by the code of its link, a text. */
function series(points: readonly Point[], chosen: string | undefined, words: Words, area: Area) {
  const names = labelled(points);
  if (chosen) names.add(chosen);
  const urgent = points.filter((p) => names.has(p.code)).sort((a, b) => b.priority - a.priority);
  const labels = new Map(placeNames(urgent.map((point) => ({ point, name: words.nameOf(point.code) })), points, area).map((l) => [l.code, l]));
  return stateOrder.map((state) => {
    const look = statePoints[state];
    const same = points.filter((p) => p.state === state || (state === 'UNKNOWN' && !stateOrder.includes(p.state)));
    return {
      type: 'scatter', id: state, symbol: look.symbol, symbolSize: 11, cursor: 'pointer', animation: false,
      itemStyle: { opacity: 1, color: look.fill, borderColor: look.line, borderWidth: 1.2, borderType: look.dashed ? 'dashed' : 'solid' },
      data: same.map((p) => ({
        id: p.code, name: p.code, value: [p.feasibility, p.need], symbolSize: p.code === chosen ? 17 : 11,
        ...(p.code === chosen && { itemStyle: { borderColor: chartColours.chosen, borderWidth: 3, borderType: 'solid' } }),
        label: labelOf(labels.get(p.code), words.nameOf(p.code), p.code === chosen),
      })),
    };
  });
}

/** All that the chart shows. */
export function optionOf(points: readonly Point[], chosen: string | undefined, words: Words, area: Area): EChartsCoreOption {
  const of = new Map(points.map((p) => [p.code, p]));
  return {
    grid: { ...margins, outerBoundsMode: 'none' }, xAxis: axis(words.feasibility, 26), yAxis: axis(words.need, 36),
    tooltip: {
      trigger: 'item', confine: true,
      formatter: (item: { name: string }) => lines(words.tip(of.get(item.name)!)),
    },
    series: series(points, chosen, words, area),
  };
}
