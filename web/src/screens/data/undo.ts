import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';

import { graphql } from '../../gql';
import type { DataRightsQuery, LoadsQuery, TakeBackMutation } from '../../gql/graphql';
import { askEverythingAgain } from '../../graphql';
import { newId } from '../../parts/browser';

export type LoadRow = NonNullable<LoadsQuery['loads']>['nodes'][number];

const TakeBack = graphql(`
  mutation TakeBack($id: String!, $load: ID!) {
    undoLoad(clientMutationId: $id, load: $load) { version nodesRemoved nodesChanged nodesSplit edgesRemoved edgesChanged }
  }
`);

/** How the ids of loads begin that are changes by callers. */
const editPrefix = 'edit-';

/**
 * Which loads a caller may take back: stewards, and the local user of a service without
 * accounts, any load; others what they changed themselves.
 */
export function undoes(viewer: Pick<DataRightsQuery['viewer'], 'name' | 'role' | 'rights'>) {
  const all = viewer.rights.includes('STEWARD') || (viewer.role === 'ANONYMOUS' && viewer.rights.includes('LOAD'));
  return (l: Pick<LoadRow, 'id' | 'source'>) => all || (l.id.startsWith(editPrefix) && l.source === `user:${viewer.name}`);
}

/** The first files of a load. */
export function namesOf(l: Pick<LoadRow, 'files'>, t: TFunction): string {
  const first = l.files.slice(0, 3).join(t('listSeparator')) || t('none');
  return l.files.length > 3 ? `${first} ${t('data.filesInAll', { count: l.files.length })}` : first;
}

/** Takes loads back: one is asked about, then taken back, and everything on the page is asked anew. */
export function useUndo() {
  const { t } = useTranslation();
  const client = useClient();
  const [asked, askAbout] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [said, say] = useState({ text: '', fault: false });
  const take = async (l: LoadRow) => {
    setBusy(true);
    const { data, error } = await client.mutation<TakeBackMutation>(TakeBack.toString(), { id: newId(), load: l.id }).toPromise();
    setBusy(false);
    if (error || !data?.undoLoad) {
      say({ text: error?.graphQLErrors[0]?.message ?? t('failure.offline'), fault: true });
      return;
    }
    askAbout(undefined);
    say({ text: t('data.undone', { files: namesOf(l, t), ...data.undoLoad }), fault: false });
    askEverythingAgain();
  };
  return { asked, askAbout, busy, said, take };
}
