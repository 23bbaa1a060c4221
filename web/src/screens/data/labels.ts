import labels from '../../gql/labels.json';
import { inLanguage } from '../../parts/format';

const known = labels as Record<string, { zh: string; en: string } | undefined>;

/** What a property is called, after its kind, such as 企业 · 地址; one that the page does not know by its code. */
export function labelOf(kind: string, property: string, language: string): string {
  const [of, what] = [known[kind], known[`${kind}.${property}`]];
  return of && what ? `${inLanguage(of, language)} · ${inLanguage(what, language)}` : `${kind}.${property}`;
}
