import { useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

import type { Population } from './gql/graphql';
import { isDay } from './parts/days';

/** Everything that a colleague needs to see the same: codes only, never names of people. */
export const keys = [
  'region', 'eco', 'chain', 'link', 'layer', 'view', 'state', 'act', 'role', 'box', 'peer', 'pop', 'asof', 'fold', 'sort', 'since', 'tab', 'lang',
] as const;
export type Key = (typeof keys)[number];
export type State = Partial<Record<Key, string>>;

/** Values that an address leaves out. */
export const defaults: State = { region: '330100', layer: 'industry', lang: 'zh' };

/** The words of an address for the populations that a question may name. */
export const populations: Record<string, Population> = {
  registered: 'REGISTERED', 'above-scale': 'ABOVE_SCALE', certified: 'CERTIFIED', listed: 'LISTED',
};

/** The population that an address names, none where all count. */
export const populationOf = (state: State): Population | undefined => populations[state.pop ?? ''];

export const screens = ['overview', 'map', 'battle', 'data'] as const;
export type Screen = (typeof screens)[number];

/** Reads an address, and names the keys that mean nothing here. */
export function readState(params: URLSearchParams): { state: State; unknown: string[] } {
  const state: State = { ...defaults };
  const unknown: string[] = [];
  for (const [key, value] of params) {
    const means = (keys as readonly string[]).includes(key) && (key !== 'pop' || value in populations) && (key !== 'asof' || isDay(value));
    if (means) state[key as Key] = value;
    else unknown.push(key);
  }
  return { state, unknown };
}

/** Writes what differs from the defaults, in the order of the keys. */
export function writeState(state: State): string {
  const params = new URLSearchParams();
  for (const key of keys) {
    const value = state[key];
    if (value !== undefined && value !== '' && value !== defaults[key]) params.set(key, value);
  }
  const text = params.toString().replaceAll('%2C', ',');
  return text === '' ? '' : '?' + text;
}

/** What of an address holds on every screen. */
const frame: Key[] = ['region', 'pop', 'asof', 'lang'];

/** The earlier day of which a screen shows everything, none for the present: data are looked after as they are. */
export const dayOf = (state: State, path: string): string | undefined => (path.startsWith('/data') ? undefined : state.asof);

/** The state of the address, and how to change it. */
export function useAddress() {
  const [params] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  return useMemo(() => {
    const { state, unknown } = readState(params);
    /** The address of a screen with the state of the frame and what is given. */
    const to = (screen: Screen, more: State = {}) => {
      const shared: State = {};
      for (const key of frame) shared[key] = state[key];
      return `/${screen}${writeState({ ...shared, ...more })}`;
    };
    /** Changes the state on this screen; with `replace` Back does not return to the old one. */
    const set = (change: State, replace = false) => {
      void navigate(location.pathname + writeState({ ...state, ...change }), { replace });
    };
    const asOf = dayOf(state, location.pathname);
    return { state, unknown, to, set, navigate, population: populationOf(state), asOf, language: state.lang === 'en' ? ('en' as const) : ('zh' as const) };
  }, [params, location.pathname, navigate]);
}
