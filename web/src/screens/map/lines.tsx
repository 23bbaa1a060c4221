import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

import { feederCourses, groupCourses, groupKey, type Box, type Bundle } from './ties';

interface Props {
  bundles: readonly Bundle[]; groupOf: ReadonlyMap<string, string>;
  code?: string; feeders: ReadonlySet<string>;
  /** Changes with what is drawn. */
  walk: readonly string[];
}

interface Measured { boxes: Map<string, Box>; width: number; height: number }

/** Where the groups and cells of a box are, from its upper left however it is scrolled. */
function measure(box: HTMLElement): Measured {
  const origin = box.getBoundingClientRect();
  const boxes = new Map<string, Box>();
  let [width, height] = [0, 0];
  const add = (key: string, element: Element) => {
    const r = element.getBoundingClientRect();
    const at = { x: r.x - origin.x + box.scrollLeft, y: r.y - origin.y + box.scrollTop, width: r.width, height: r.height };
    boxes.set(key, at);
    [width, height] = [Math.max(width, at.x + at.width), Math.max(height, at.y + at.height)];
  };
  for (const group of box.querySelectorAll<HTMLElement>('[data-group]')) add(groupKey(group.dataset.group!), group);
  for (const cell of box.querySelectorAll<HTMLElement>('[data-code]')) add(cell.dataset.code!, cell);
  return { boxes, width, height };
}

/** What feeds what, behind the cells. It is measured before the browser paints, so that nothing moves afterwards. */
export function Lines({ bundles, groupOf, code, feeders, walk }: Props) {
  const [measured, setMeasured] = useState<Measured>();
  // What is measured is the parent, whose own ref is not set yet when these effects run.
  const own = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    const element = own.current?.parentElement;
    if (!element) return;
    setMeasured(measure(element));
    const observer = new ResizeObserver(() => flushSync(() => setMeasured(measure(element))));
    observer.observe(element);
    for (const lane of element.querySelectorAll('.lane')) observer.observe(lane);
    return () => observer.disconnect();
  }, [walk]);
  const courses = useMemo(() => (measured ? groupCourses(bundles, measured.boxes) : []), [bundles, measured]);
  const blue = measured && code ? feederCourses(code, feeders, groupOf, measured.boxes) : [];
  const size = { width: measured?.width ?? 0, height: measured?.height ?? 0, 'aria-hidden': true as const };
  return (
    <>
      <svg className="lines" ref={own} {...size}>
        {courses.map((d) => <path key={d} d={d} className="tie" />)}
        {blue.map((c) => <path key={c.behind} d={c.behind} className="feeder" />)}
      </svg>
      {blue.length > 0 && <svg className="lines before" {...size}><path d={blue.map((c) => c.before).join('')} className="feeder" /></svg>}
    </>
  );
}
