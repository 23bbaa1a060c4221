import { useSyncExternalStore } from 'react';

/** The width below which the rules of a phone hold, as the style sheets have it. */
const query = '(max-width: 767px)';

const listen = (changed: () => void) => {
  const media = matchMedia(query);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
};

/** Whether the page is as narrow as on a phone. */
export const useNarrow = () => useSyncExternalStore(listen, () => matchMedia(query).matches);
