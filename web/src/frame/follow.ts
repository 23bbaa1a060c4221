import { createRequest, type AnyVariables } from '@urql/core';
import { useEffect } from 'react';
import { useClient } from 'urql';

import { graphql } from '../gql';
import type { FollowQuery, FrameQuery } from '../gql/graphql';
import { askEverythingAgain } from '../graphql';

const FollowQuestion = graphql(`query Follow { meta { version stale } }`);

/** How often the service is asked whether the graph is another, in milliseconds. */
const pause = 15_000;

/**
 * Has everything on the screen asked anew once the graph has changed, whoever changed it,
 * once it is out of reach or back, or once the service does not answer. A page that nobody
 * sees asks when it is seen again.
 */
export function useFollow(shown: FrameQuery['meta'] | undefined) {
  const client = useClient();
  const [version, stale] = [shown?.version, shown?.stale];
  useEffect(() => {
    if (version === undefined) return;
    let over = false;
    const look = async () => {
      if (document.hidden) return;
      const { data, error } = await client.executeQuery(createRequest<FollowQuery, AnyVariables>(FollowQuestion.toString(), {}, { asOf: null })).toPromise();
      if (over) return;
      if (error?.networkError || (data && (data.meta.version !== version || data.meta.stale !== stale))) askEverythingAgain();
    };
    const seen = () => void look();
    const timer = setInterval(seen, pause);
    document.addEventListener('visibilitychange', seen);
    return () => {
      over = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [client, version, stale]);
}
