import { oneDigit, percent } from '../../parts/format';
import type { MapLink } from './layout';

type Words = (key: string, values?: Record<string, unknown>) => string;

/** A cell in one sentence, for who hears it: name, verdict, action, numbers. What is not known is left out, not read as nought. */
export function saidOf(link: MapLink, name: string, t: Words): string {
  const { state, action, confidence, numbers } = link.verdict;
  return [
    name, t(`state.${state}`), action && t(`action.${action}`),
    t('map.said.here', { count: numbers.companies }),
    numbers.expected != null && t('map.said.expected', { number: oneDigit(numbers.expected) }),
    confidence > 0 && t('map.sure', { share: percent(confidence) }),
    link.candidates != null && t('map.said.candidates', { count: link.candidates }),
    !!link.targets && t('map.said.targets', { count: link.targets }),
    !!link.projects && t('map.said.projects', { count: link.projects }),
  ].filter(Boolean).join(t('listSeparator'));
}
