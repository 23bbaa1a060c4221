import { useEffect, useRef } from 'react';

/** The keys that this screen adds to those of the page; they rest where somebody types, and under a dialog. */
export function useMapKeys(keys: Record<string, () => void>) {
  const newest = useRef(keys);
  useEffect(() => { newest.current = keys; });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const run = Object.prototype.hasOwnProperty.call(newest.current, event.key) ? newest.current[event.key] : undefined;
      if (!run || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if ((event.target as HTMLElement).closest('input, textarea, select, [contenteditable], .ant-modal, .ant-select')) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
