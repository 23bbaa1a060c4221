import type { ReactNode } from 'react';

import type { Screen } from '../address';

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 };
const icon = (shape: ReactNode) => <svg viewBox="0 0 20 20" aria-hidden="true">{shape}</svg>;

export const railIcons: Record<Screen, ReactNode> = {
  overview: icon(<path d="M3 3h6v8H3zM11 3h6v4h-6zM11 9h6v8h-6zM3 13h6v4H3z" {...line} />),
  map: icon(<path d="M2 7h5v6H2zM13 3h5v5h-5zM13 12h5v5h-5zM7 10h3m0-4.5V14.5M10 5.5h3m-3 9h3" {...line} />),
  battle: icon(<path d="M3 2v15h15M6 13l4-5 3 2 5-6" {...line} />),
  data: icon(<path d="M3 5c0-3.5 14-3.5 14 0v10c0 3.5-14 3.5-14 0zM3 5c0 3 14 3 14 0M3 10c0 3 14 3 14 0" {...line} />),
};
