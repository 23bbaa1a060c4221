import { useEffect, useRef, useState } from 'react';

import { screens, useAddress } from '../address';

/** The picker of the context that is open. */
export type Opened = 'population' | 'day' | undefined;

/** The keys of all screens: / search, r region, p population, d day, g and a number for a screen, ? this list. */
export function useKeys() {
  const { to, navigate } = useAddress();
  const [help, setHelp] = useState(false);
  const [opened, open] = useState<Opened>();
  const going = useRef(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.matches('input, textarea, select, [contenteditable]')) return;
      const after = going.current;
      going.current = event.key === 'g';
      const screen = after ? screens[Number(event.key) - 1] : undefined;
      if (screen) void navigate(to(screen));
      else if (event.key === '/') document.getElementById('search')?.focus();
      else if (event.key === 'r') document.getElementById('region')?.focus();
      else if (event.key === 'p') {
        document.getElementById('population')?.focus();
        open('population');
      } else if (event.key === 'd') {
        document.getElementById('asof')?.focus();
        open('day');
      } else if (event.key === '?') setHelp(true);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [to, navigate]);
  return { help, setHelp, opened, open };
}
