import { Button, message } from 'antd';
import { lazy, memo, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CombinedError } from 'urql';

import { useAddress, writeState } from '../../address';
import { graphql } from '../../gql';
import type { LinkQuery, WhoQuery } from '../../gql/graphql';
import { useQuestion } from '../../graphql';
import { copyText } from '../../parts/browser';
import { Contacts } from '../../parts/contacts';
import { hereOfExpected, inLanguage, oneDigit, percent } from '../../parts/format';
import { ActionMark, StateMark } from '../../parts/marks';
import { named } from '../../parts/names';
import { useNarrow } from '../../parts/narrow';
import { Empty, Failure, Waiting } from '../../parts/states';
import { Bounds } from './bounds';
import { neighbour } from './layout';

const LinkQuestion = graphql(`
  query Link($region: ID!, $link: ID!, $population: Population) {
    gaps(region: $region, population: $population, link: $link, levels: ALL, withEmpty: true, orderBy: CODE, first: 1) {
      region { name }
      nodes {
        state stateLabel { zh en } action actionLabel { zh en } confidence priority
        comparable { populationLabel { zh en } date }
        link { code name englishName declaredRole chain { code name englishName ecosystem { code } } fedBy(first: 12) { nodes { code name englishName } } }
        numbers { companies expected mean low high probabilityWeak probabilityAdequate probabilityStrong }
        missing { number code text { zh en } }
        reasons { code points text { zh en } }
        terms { code points label { zh en } }
        wouldChange { count state text { zh en } }
        companies(first: 8) { totalCount nodes { code caption } }
        pipeline { stage project { code name } }
        sources { name newest statements }
      }
    }
  }
`);

const WhoQuestion = graphql(`
  query Who($region: ID!, $link: ID!, $population: Population) {
    candidates(region: $region, population: $population, link: $link, first: 6) {
      totalCount
      nodes { kind score company { code caption employees place { name } } reasons { text { zh en } } }
    }
    introductions(region: $region, link: $link, first: 3) { totalCount nodes { strength company { caption } hops { kind strength former text { zh en } from { __typename id caption ... on Person { code } ... on Company { shortName } ... on Intermediary { shortName } } to { __typename id caption ... on Person { code } ... on Company { shortName } ... on Intermediary { shortName } } } } }
  }
`);

const Paths = lazy(() => import('../../parts/paths/paths'));

type Verdict = NonNullable<LinkQuery['gaps']>['nodes'][number];

/** All that is behind the verdict on one link. It stands beside the map, which stays in use. */
export const Drawer = memo(function Drawer({ code, order }: { code: string; order: string[] }) {
  const { t } = useTranslation();
  const { state, set } = useAddress();
  const { data, error, fetching, again } = useQuestion(LinkQuestion, { region: state.region!, link: code });
  const narrow = useNarrow();
  const [full, setFull] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const close = useCallback(() => {
    set({ link: undefined });
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-code="${CSS.escape(code)}"]`)?.focus());
  }, [code, set]);
  useEffect(() => {
    heading.current?.focus();
    if (narrow) document.querySelector(`.cell[data-code="${CSS.escape(code)}"]`)?.scrollIntoView({ block: 'nearest' });
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || (event.target as HTMLElement).closest('.ant-select, .ant-modal')) return;
      close();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [code, close, narrow]);
  const verdict = data?.gaps?.nodes[0];
  const step = (by: 1 | -1) => set({ link: neighbour(order, code, by) }, true);
  return (
    <aside className={narrow ? `drawer sheet ${full ? 'full' : 'half'}` : 'drawer'} aria-labelledby="drawer-title">
      <div className="bar no-print">
        {narrow && <button type="button" className="handle" aria-expanded={full} aria-label={t(full ? 'map.halfSheet' : 'map.fullSheet')} onClick={() => setFull(!full)}><i /></button>}
        <Button size="small" aria-label={t('map.previous')} onClick={() => step(-1)}>↑</Button>
        <Button size="small" aria-label={t('map.next')} onClick={() => step(1)}>↓</Button>
        <Button size="small" aria-label={t('map.close')} onClick={close}>✕</Button>
      </div>
      <h2 id="drawer-title" tabIndex={-1} ref={heading}>{verdict ? <Title verdict={verdict} /> : code}</h2>
      {error && <Failure error={error} again={again} />}
      {!error && fetching && <Waiting lines={12} />}
      {!error && !fetching && !verdict && <Empty why={t('map.noVerdict')} />}
      {verdict && !fetching && <Body verdict={verdict} code={code} region={data?.gaps?.region.name ?? ''} />}
    </aside>
  );
});

function Title({ verdict: v }: { verdict: Verdict }) {
  const { language } = useAddress();
  return <>{named(v.link, language)} <StateMark state={v.state} /> <ActionMark action={v.action} /></>;
}

function Body({ verdict: v, code, region }: { verdict: Verdict; code: string; region: string }) {
  const { t } = useTranslation();
  const { state, to, language } = useAddress();
  const [toast, holder] = message.useMessage();
  const role = v.link.declaredRole;
  const sentence = () => [
    `${region} · ${named(v.link, language)}${v.link.chain ? ` (${named(v.link.chain, language)})` : ''}: ${inLanguage(v.stateLabel, language)} / ${inLanguage(v.actionLabel, language)}`,
    ...v.reasons.map((r) => inLanguage(r.text, language)), location.href,
  ].join('\n');
  const copy = async () => void (await copyText(sentence()) ? toast.success(t('copied')) : toast.warning(t('copyFailed')));
  return (
    <>
      {holder}
      <p className="quiet">
        {v.link.chain && `${named(v.link.chain, language)} · `}{t('map.role')} {role ? t(`map.roles.${role}`) : t('map.noRole')} · {t('map.sure', { share: percent(v.confidence) })}
        {v.comparable && ` · ${t('population')} ${inLanguage(v.comparable.populationLabel, language)} ${v.comparable.date ?? ''}`}
      </p>
      <Part title={t('map.verdict')}>
        <p>{v.reasons[0] ? inLanguage(v.reasons[0].text, language) : t(`stateMeaning.${v.state}`)}</p>
      </Part>
      <Bounds numbers={v.numbers} missing={v.missing} />
      <Part title={t('map.whyFirst')} note={v.priority == null ? undefined : t('map.priorityOf', { points: oneDigit(v.priority * 100) })}>
        <ul className="terms">
          {v.terms.map((term) => (
            <li key={term.code}><span>{inLanguage(term.label, language)}</span><b>{oneDigit(term.points * 100)}</b><i style={{ width: `${Math.max(0, term.points) * 120}px` }} /></li>
          ))}
        </ul>
        <ul className="reasons">{v.reasons.slice(1).map((r) => <li key={r.code + r.text.en}>{inLanguage(r.text, language)}</li>)}</ul>
      </Part>
      {v.wouldChange.length > 0 && (
        <Part title={t('map.wouldChange')}><ul>{v.wouldChange.map((w) => <li key={w.text.en}>{inLanguage(w.text, language)}</li>)}</ul></Part>
      )}
      <Part title={t('map.companies')} note={hereOfExpected(v.numbers.companies, v.numbers.expected)}>
        {v.companies.nodes.length === 0 ? <p className="quiet">{t('map.noCompanies')}</p>
          : <p>{v.companies.nodes.map((c) => c.caption).join(language === 'zh' ? '、' : ', ')}{v.companies.totalCount > v.companies.nodes.length ? ' …' : ''}</p>}
        {v.pipeline.map((p) => <p key={p.project.code}>{t('map.inHand')} {p.project.name}{p.stage ? ` · ${t(`overview.stage.${p.stage}`)}` : ''}</p>)}
      </Part>
      <Who code={code} />
      {v.link.fedBy.nodes.length > 0 && (
        <Part title={t('map.fedBy')}>
          <p>{v.link.fedBy.nodes.map((f, i) => <span key={f.code}>{i > 0 && (language === 'zh' ? '、' : ', ')}<Link to={'/map' + writeState({ ...state, link: f.code ?? undefined })}>{named(f, language)}</Link></span>)}</p>
        </Part>
      )}
      <Part title={t('map.sources')}><ul className="quiet">{v.sources.map((s) => <li key={s.name}>{s.name} · {s.newest ?? t('noDate')} · {t('map.statements', { count: s.statements })}</li>)}</ul></Part>
      <p className="no-print foot">
        <Button onClick={() => void copy()}>{t('map.copy')}</Button>
        {v.action && v.action !== 'WATCH' && v.action !== 'KEEP' && (
          <Link className="battle" to={to('battle', { eco: v.link.chain?.ecosystem?.code ?? undefined, act: v.action })}>{t('map.inBattle')}</Link>
        )}
      </p>
    </>
  );
}

function Part({ title, note, children }: { title: string; note?: string; children: React.ReactNode }) {
  return <section><h3>{title} {note && <span className="quiet">{note}</span>}</h3>{children}</section>;
}

/** What the service says of a question that it did not answer. */
function sentenceOf(error: CombinedError | undefined, question: string): string | undefined {
  return error?.graphQLErrors.find((e) => e.path?.[0] === question)?.message ?? error?.graphQLErrors[0]?.message;
}

/** The persons on some paths, each once. */
function personsOf(paths: NonNullable<WhoQuery['introductions']>['nodes']) {
  const ends = paths.flatMap((p) => p.hops.flatMap((h) => [h.from, h.to]));
  return [...new Map(ends.filter((n) => n.__typename === 'Person').map((n) => [n.id, n])).values()];
}

/** Who could fill the link, and who can introduce the region; a role without the right sees why it does not. */
function Who({ code }: { code: string }) {
  const { t } = useTranslation();
  const { state, language } = useAddress();
  const { data, error, fetching } = useQuestion(WhoQuestion, { region: state.region!, link: code });
  if (fetching) return <Waiting lines={3} />;
  const candidates = data?.candidates;
  const paths = data?.introductions;
  return (
    <>
      <Part title={t('map.who')} note={candidates ? t('map.inAll', { count: candidates.totalCount }) : undefined}>
        {!candidates && <p className="quiet">{sentenceOf(error, 'candidates') ?? t('failure.busy')}</p>}
        {candidates && candidates.nodes.length === 0 && <p className="quiet">{t('map.nobody')}</p>}
        {candidates && candidates.nodes.length > 0 && (
          <table className="plain">
            <thead><tr><th>{t('map.kind')}</th><th>{t('map.company')}</th><th>{t('map.place')}</th><th className="number">{t('map.employees')}</th><th className="number">{t('map.score')}</th></tr></thead>
            <tbody>
              {candidates.nodes.map((c) => (
                <tr key={c.company.code} title={c.reasons.map((r) => inLanguage(r.text, language)).join('\n')}>
                  <td>{t(`map.kinds.${c.kind}`)}</td><td>{c.company.caption}</td><td>{c.company.place?.name ?? t('unknown')}</td>
                  <td className="number">{c.company.employees?.toLocaleString('en-US') ?? t('unknown')}</td><td className="number">{Math.round(c.score * 100)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Part>
      <Part title={t('map.door')} note={paths ? t('map.inAll', { count: paths.totalCount }) : undefined}>
        {!paths && <p className="quiet">{sentenceOf(error, 'introductions') ?? t('failure.busy')}</p>}
        {paths && paths.nodes.length === 0 && <p className="quiet">{t('map.noPath')}</p>}
        <ul>{paths?.nodes.map((p, i) => (
          <li key={i}><b>{p.company.caption}</b> {t('map.strength', { share: percent(p.strength) })}<br /><span className="quiet">{p.hops.map((h) => inLanguage(h.text, language)).join(' → ')}</span></li>
        ))}</ul>
        {paths && paths.nodes.length > 0 && <PathsDrawn paths={paths.nodes} />}
        <Contacts persons={personsOf(paths?.nodes ?? [])} />
      </Part>
    </>
  );
}

/** The paths as a picture, once somebody wants it. */
function PathsDrawn({ paths }: { paths: NonNullable<WhoQuery['introductions']>['nodes'] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" className="no-print" aria-expanded={open} onClick={() => setOpen(!open)}>{t(open ? 'map.hidePaths' : 'map.drawPaths')}</Button>
      {open && <Suspense fallback={<Waiting lines={4} />}><Paths paths={paths} /></Suspense>}
    </>
  );
}
