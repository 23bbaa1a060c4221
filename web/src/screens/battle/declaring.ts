import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';

import { graphql } from '../../gql';
import type { DeclareRoleMutation, LinkDeclaredRole } from '../../gql/graphql';
import { newId } from '../../parts/browser';
import { changedOf, type Declared } from './declared';

const DeclareRole = graphql(`
  mutation DeclareRole($id: String!, $link: ID!, $role: LinkDeclaredRole, $owner: String, $due: Date) {
    declareRole(clientMutationId: $id, link: $link, role: $role, owner: $owner, due: $due) {
      load corrected link { declaredRole declaredOwner declaredDue }
    }
  }
`);
const UndoLoad = graphql(`
  mutation UndoDeclaration($id: String!, $load: ID!) { undoLoad(clientMutationId: $id, load: $load) { version } }
`);

/** How long a declaration can be taken back by one press, in milliseconds. */
export const undoTime = 10_000;

/** A link whose role is declared. */
export interface Subject { code: string; name: string; was: Declared }

interface Made { load: string; corrected: boolean; code: string; was: Declared }
interface Said { text: string; fault: boolean; made: Made[] }

/**
 * Declares roles, owners and due dates, and takes them back. What it declared is in
 * `now`, by the codes of links, until the list is asked again.
 */
export function useDeclare() {
  const { t } = useTranslation();
  const client = useClient();
  const [now, setNow] = useState<ReadonlyMap<string, Declared>>(new Map());
  const [said, say] = useState<Said>();
  const [busy, setBusy] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const put = useCallback((code: string, declared: Declared) => setNow((old) => new Map(old).set(code, declared)), []);
  const report = useCallback((next: Said) => {
    clearTimeout(timer.current);
    say(next);
    if (next.made.length > 0) timer.current = setTimeout(() => say((s) => s && { ...s, made: [] }), undoTime);
  }, []);

  /** Declares the same of each subject; false once one of them is refused, the rest is left as it was. */
  const declare = useCallback(async (subjects: readonly Subject[], wanted: Declared): Promise<boolean> => {
    setBusy(true);
    const made: Made[] = [];
    let fault: string | undefined;
    for (const { code, was } of subjects) {
      const change = changedOf(was, wanted);
      if (!change) continue;
      const variables = { id: newId(), link: code, ...change, role: change.role as LinkDeclaredRole | undefined };
      const { data, error } = await client.mutation<DeclareRoleMutation>(DeclareRole.toString(), variables).toPromise();
      if (error || !data?.declareRole) {
        fault = error?.graphQLErrors[0]?.message ?? t('failure.offline');
        break;
      }
      const { load, corrected, link } = data.declareRole;
      made.push({ load, corrected, code, was });
      put(code, { role: link?.declaredRole ?? undefined, owner: link?.declaredOwner ?? undefined, due: link?.declaredDue ?? undefined });
    }
    setBusy(false);
    const names = subjects.filter((s) => made.some((m) => m.code === s.code)).map((s) => s.name);
    const done = names.length === 0 ? '' : names.length === 1 ? t('battle.declaredOne', { name: names[0] }) : t('battle.declaredMany', { count: names.length });
    if (done || fault) report({ text: [done, fault].filter(Boolean).join(' '), fault: fault !== undefined, made });
    return fault === undefined;
  }, [client, put, report, t]);

  /**
   * Takes back what was declared last. A correction of the same day is not undone, which would
   * leave nothing: what stood before is declared again.
   */
  const undo = useCallback(async () => {
    if (!said) return;
    setBusy(true);
    for (const [i, m] of [...said.made].reverse().entries()) {
      const { error } = m.corrected
        ? await client.mutation(DeclareRole.toString(), { id: newId(), link: m.code, ...m.was, role: m.was.role as LinkDeclaredRole | undefined }).toPromise()
        : await client.mutation(UndoLoad.toString(), { id: newId(), load: m.load }).toPromise();
      if (error) {
        setBusy(false);
        report({ text: error.graphQLErrors[0]?.message ?? t('failure.offline'), fault: true, made: said.made.slice(0, said.made.length - i) });
        return;
      }
      put(m.code, m.was);
    }
    setBusy(false);
    report({ text: t('battle.undone'), fault: false, made: [] });
  }, [said, client, put, report, t]);

  return { now, forget: useCallback(() => setNow(new Map()), []), declare, undo, said, busy };
}
