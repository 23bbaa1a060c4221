import type { VerdictAction } from '../../gql/graphql';
import { actionOrder } from '../../parts/marks';

/** The actions that a battle map lists when the address names none: those that cost work, and what to find out first. */
export const usual: VerdictAction[] = ['BUILD', 'FILL', 'STRENGTHEN', 'EXTEND', 'CHECK'];

/** The actions that an address names; words without a meaning are left out. */
export function chosenActions(text: string | undefined): VerdictAction[] {
  const named = (text ?? '').split(',');
  const chosen = actionOrder.filter((a) => named.includes(a));
  return chosen.length > 0 ? chosen : usual;
}

/** The text of an address once an action is chosen or no longer is; undefined for the usual ones. */
export function toggled(actions: readonly VerdictAction[], action: VerdictAction): string | undefined {
  const next = actionOrder.filter((a) => (a === action ? !actions.includes(a) : actions.includes(a)));
  const same = next.length === usual.length && next.every((a) => usual.includes(a));
  return next.length === 0 || same ? undefined : next.join(',');
}

/** The name of the file that an answer suggests: the form for all languages before the plain one. */
export function fileName(disposition: string, otherwise: string): string {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)/i.exec(disposition)?.[1] ?? otherwise;
}
