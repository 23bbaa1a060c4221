import { ScatterChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState, type PointerEvent } from 'react';

import { margins, optionOf, type Words } from './option';
import { boxBetween, type Box, type Point } from './quadrant';

use([ScatterChart, GridComponent, TooltipComponent, SVGRenderer]);

interface Props { points: Point[]; chosen?: string; words: Words; choose: (code: string) => void; brush: (box: Box) => void }

/** The points of the quadrant. It is for eyes and a mouse; the table beside it has the same rows. */
export default function Chart({ points, chosen, words, choose, brush }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const onChoose = useRef(choose);
  onChoose.current = choose;
  useEffect(() => {
    const made = init(place.current, null, { renderer: 'svg' });
    chart.current = made;
    made.on('click', (item) => onChoose.current(item.name));
    const sized = new ResizeObserver(() => {
      made.resize();
      setSize({ width: made.getWidth(), height: made.getHeight() });
    });
    sized.observe(place.current!);
    return () => { sized.disconnect(); made.dispose(); };
  }, []);
  useEffect(() => {
    if (size.width === 0) return;
    const area = { width: size.width - margins.left - margins.right, height: size.height - margins.top - margins.bottom };
    chart.current?.setOption(optionOf(points, chosen, words, area), { notMerge: true });
  }, [points, chosen, words, size]);
  const drawn = useRectangle((from, to) => {
    const value = (at: Place) => chart.current!.convertFromPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [at.x, at.y]) as [number, number];
    const box = boxBetween(value(from), value(to));
    if (box.left < box.right && box.low < box.high) brush(box);
  });
  return (
    <div className="drawing" {...drawn.handlers}>
      <div ref={place} className="points" />
      {drawn.shape && <div className="rectangle" style={drawn.shape} />}
    </div>
  );
}

interface Place { x: number; y: number }

/** How far a pointer moves, in pixels, before it draws and does not click. */
const slack = 5;

/** A rectangle drawn with a mouse or a pen; a finger scrolls. */
function useRectangle(end: (from: Place, to: Place) => void) {
  const from = useRef<Place>(undefined);
  const [to, setTo] = useState<Place>();
  const placeOf = (event: PointerEvent<HTMLElement>): Place => {
    const frame = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  const leave = () => { from.current = undefined; setTo(undefined); };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => { if (event.pointerType !== 'touch' && event.button === 0) from.current = placeOf(event); },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!from.current) return;
      const at = placeOf(event);
      if (!to && Math.hypot(at.x - from.current.x, at.y - from.current.y) < slack) return;
      if (!to) event.currentTarget.setPointerCapture(event.pointerId);
      setTo(at);
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (from.current && to) end(from.current, placeOf(event));
      leave();
    },
    onPointerCancel: leave,
  };
  const start = from.current;
  const shape = start && to && {
    left: Math.min(start.x, to.x), top: Math.min(start.y, to.y), width: Math.abs(to.x - start.x), height: Math.abs(to.y - start.y),
  };
  return { handlers, shape };
}
