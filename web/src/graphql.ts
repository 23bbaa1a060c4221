import { Client, createRequest, fetchExchange, makeOperation, mapExchange, type AnyVariables, type CombinedError } from '@urql/core';
import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import { useQuery as useUrqlQuery } from 'urql';

import { useAddress } from './address';
import type { TypedDocumentString } from './gql/graphql';

/** What the language of an answer is chosen by, and who hears of a session that is over. */
let language = 'zh';
let ended: () => void = () => undefined;
export const setAnswerLanguage = (l: string) => { language = l; };
export const onSessionEnd = (f: () => void) => { ended = f; };

/** A fetch that reports the end of a session, whatever door said so. */
export const ask: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('Accept-Language', language);
  headers.set('GraphQL-Require-Preflight', '1');
  const answer = await fetch(input, { ...init, headers, credentials: 'same-origin' });
  if (answer.status === 401) ended();
  return answer;
};

// By POST alone: a GET has variables, names too, in the logs of proxies. There is no cache
// between screens: an answer belongs to one picture of the graph. What is asked of an earlier day
// says so in its extensions; what is changed, revealed for a purpose, or asked with null for the day is of the present.
export const makeClient = (asOf?: string) => new Client({
  url: '/graphql', exchanges: [mapExchange({
    onOperation: (o) => (asOf === undefined || o.kind !== 'query' || o.extensions?.purpose || o.extensions?.asOf === null ? o
      : makeOperation(o.kind, { ...o, extensions: { ...o.extensions, asOf } }, o.context)),
  }), fetchExchange], preferGetMethod: false, fetch: ask, requestPolicy: 'network-only',
});

/** The questions on the screen that did not reach the service. */
const failed = new Set<() => void>();
export const askFailedAgain = () => { for (const again of [...failed]) again(); };

/** The questions on the screen, which a change of the graph has asked anew. */
const shown = new Set<() => void>();
export const askEverythingAgain = () => { for (const again of [...shown]) again(); };

/** How many questions on the screen have no answer yet. */
let unanswered = 0;
const watchers = new Set<() => void>();
const count = (n: number) => { unanswered += n; for (const changed of [...watchers]) changed(); };
const watch = (changed: () => void) => { watchers.add(changed); return () => { watchers.delete(changed); }; };

/** Whether a part of the screen is still to come, which may show nothing of that itself. */
export const useIncomplete = () => useSyncExternalStore(watch, () => unanswered > 0);

/**
 * Whether an answer lacks nothing but fields that the role of the caller may not see, which
 * are null in it. What was asked itself is there.
 */
export function partlyRefused(data: unknown, error: CombinedError | undefined): boolean {
  if (!error || error.networkError || data == null) return false;
  return error.graphQLErrors.every((e) => e.extensions.code === 'FORBIDDEN' && e.path !== undefined && e.path.length > 1
    && (data as Record<string, unknown>)[e.path[0]!] != null);
}

/** Whether a document takes a population. */
const takesPopulation = (text: string) => text.includes('$population: Population');

/**
 * A question by its typed document; `pause` while what it asks about is not chosen. One that takes a population
 * is asked of that of the address, so that no screen can leave it out. An answer with fields that the role may not see
 * is no error; `refused` says that it has some. An answer of another day than that of the address is none. What is asked again stays in sight until the new answer is there, so that
 * nothing that is open or typed below it goes; `fetching` is of a question without an answer.
 */
export function useQuestion<Result, Variables extends AnyVariables>(
  document: TypedDocumentString<Result, Variables>, variables: Variables, pause = false,
) {
  const { population, asOf } = useAddress();
  const query = document.toString();
  const asked = takesPopulation(query) ? { ...variables, population } : variables;
  const [answer, again] = useUrqlQuery<Result, Variables>({ query, variables: asked, pause });
  const unreached = answer.error?.networkError !== undefined;
  useEffect(() => {
    if (!unreached) return;
    const retry = () => again({ requestPolicy: 'network-only' });
    failed.add(retry);
    return () => { failed.delete(retry); };
  }, [unreached, again]);
  useEffect(() => {
    if (pause) return;
    const anew = () => again({ requestPolicy: 'network-only' });
    shown.add(anew);
    return () => { shown.delete(anew); };
  }, [pause, again]);
  const refused = partlyRefused(answer.data, answer.error);
  const data = answer.extensions?.asOf === asOf ? answer.data : undefined;
  const answered = data !== undefined && answer.operation?.key === createRequest(query, asked).key;
  const fetching = answer.fetching && !answered;
  useLayoutEffect(() => {
    if (!fetching) return;
    count(1);
    return () => { count(-1); };
  }, [fetching]);
  return { ...answer, data, fetching, error: refused ? undefined : answer.error, refused, again: () => again({ requestPolicy: 'network-only' }) };
}
