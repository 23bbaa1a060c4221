import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import type { ProjectsQuery } from '../../gql/graphql';
import { useQuestion } from '../../graphql';
import { day } from '../../parts/format';
import { Failure } from '../../parts/states';

const ProjectsQuestion = graphql(`
  query Projects($region: ID!, $population: Population) {
    gaps(region: $region, population: $population, hasPipeline: true, levels: ALL, first: 100, orderBy: PRIORITY) {
      nodes {
        link { code chain { code } }
        pipeline { alive stage investment news project { code name } link { code chain { code } } }
      }
    }
  }
`);

/** What a role that may not know of projects is refused; its gaps have none. */
const MayKnowQuestion = graphql(`query MayKnowProjects { nodes(kind: Project, first: 1) { totalCount } }`);

type InHand = NonNullable<ProjectsQuery['gaps']>['nodes'][number]['pipeline'][number];

/** Each project once, those with news first, then by the newest news. */
export function projectsOf(answer: ProjectsQuery | undefined): InHand[] {
  const once = new Map<string, InHand>();
  for (const verdict of answer?.gaps?.nodes ?? []) {
    for (const p of verdict.pipeline) if (!once.has(p.project.code ?? '')) once.set(p.project.code ?? '', p);
  }
  return [...once.values()].sort((a, b) => Number(b.alive) - Number(a.alive) || (b.news ?? '').localeCompare(a.news ?? ''));
}

const shown = 5;

/**
 * The day of news in words. News of a year alone has its last day; as long as that is to
 * come, only the year is said.
 */
export const newsDay = (news: string, today: string, language: string) =>
  (day(news) <= today ? day(news) : language === 'zh' ? `${news.slice(0, 4)} 年` : news.slice(0, 4));

/** Projects in hand: stage, investment, and how long there was no news. */
export function Projects({ region }: { region: string }) {
  const { t } = useTranslation();
  const { to, language } = useAddress();
  const today = new Date().toLocaleDateString('sv');
  const { data, error, again } = useQuestion(ProjectsQuestion, { region });
  const may = useQuestion(MayKnowQuestion, {});
  const all = projectsOf(data);
  const refused = may.error?.graphQLErrors.some((e) => e.extensions.code === 'FORBIDDEN') ?? false;
  return (
    <section className="card">
      <header><h2>{t('overview.projects')}</h2><span className="quiet">{data && !refused && !may.fetching && t('overview.projectCount', { count: all.length })}</span></header>
      {error ? <Failure error={error} again={again} /> : all.length === 0 ? <p className="body quiet">{data && !may.fetching ? t(refused ? 'overview.mayNotKnowProjects' : 'overview.noProjects') : ' '}</p> : (
        <table className="plain">
          <tbody>
            {all.slice(0, shown).map((p) => (
              <tr key={p.project.code}>
                <td className="stage">{p.stage ? t(`overview.stage.${p.stage}`, { defaultValue: p.stage }) : '–'}</td>
                <td className="one-line" title={p.project.name ?? ''}>
                  <Link to={to('map', { region, chain: p.link.chain?.code ?? undefined, link: p.link.code ?? undefined })}>{p.project.name}</Link>
                  <span className="quiet">{p.news ? t(p.alive ? 'overview.news' : 'overview.noNews', { day: newsDay(p.news, today, language) }) : t('overview.neverNews')}</span>
                </td>
                <td className="number">{p.investment == null ? t('unknown') : t('overview.investment', { yi: (p.investment / 10000).toFixed(1), million: (p.investment / 100).toFixed(0) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
