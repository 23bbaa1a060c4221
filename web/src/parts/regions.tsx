import { graphql } from '../gql';
import { useQuestion } from '../graphql';
import { useLater } from './later';

const RegionsQuestion = graphql(`
  query Regions($text: String!) {
    search(text: $text, kinds: [Region], first: 12) { nodes { node { id code caption } } }
  }
`);

/** A region as pickers show it: its name, then its code. */
export const regionLabel = (name: string | null | undefined, code: string | null | undefined) => `${name ?? ''} ${code ?? ''}`.trim();

/** The regions that a typed text may mean, as options of a picker; `asked` is false before anything is typed. */
export function useRegions(text: string) {
  const later = useLater(text.trim(), 200);
  const { data } = useQuestion(RegionsQuestion, { text: later }, later === '');
  const found = later === '' ? [] : (data?.search?.nodes ?? []);
  return { asked: later !== '', options: found.map(({ node }) => ({ value: node.code ?? node.id, label: regionLabel(node.caption, node.code) })) };
}
