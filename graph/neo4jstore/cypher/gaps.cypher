// Which links of an industry chain are missing, weak, strong or unknown in a
// region: one row a link, by the definitions of package gaps, counted by the
// database itself. It reads only and can be pasted into the Neo4j browser
// after setting its parameters:
//
//   :params {region: '330100', scope: ['aiot'], peers: [], grade: 'C', day: '2024-12-31', priors: [1.0]}
//
//   region  the GB/T 2260 code of the region asked about; 100000 is the country
//   scope   codes of ecosystems, chains or links; [] asks for all links
//   peers   codes of the regions to compare with; [] is the whole country
//   grade   the weakest grade of evidence that counts, A to D
//   day     the day asked about; relationships that do not hold on it are out
//   priors  the prior a of the links of depth 1, 2 and so on, the last one for
//           all deeper ones; cells.cypher returns what they are fitted to, and
//           the rough value 1.0 gives sensible states
//
// The columns: link, its name, chain and depth; n, N, A, U of the region, nP, NP,
// AP of the reference; anchors and anchorsP, the leading companies of both;
// expected (E), hidden, lq, top1, pullDown, pullUp; presence, the share of the
// chain's links that are present; the posterior mean and the probabilities
// weak, fair and strong; the state. A null is a number that is not known.

// The areas as prefixes of codes. 110100 (市辖区 of Beijing) is 110000.
WITH {`110100`: '110000', `120100`: '120000', `310100`: '310000', `500100`: '500000'} AS same
WITH same, coalesce(same[$region], $region) AS region,
     [p IN CASE WHEN $peers = [] THEN ['100000'] ELSE $peers END | coalesce(same[p], p)] AS peers
WITH same, region,
     CASE WHEN region = '100000' THEN 0 WHEN region ENDS WITH '0000' THEN 2 WHEN region ENDS WITH '00' THEN 4 ELSE 6 END AS digits,
     [p IN peers | left(p, CASE WHEN p = '100000' THEN 0 WHEN p ENDS WITH '0000' THEN 2 WHEN p ENDS WITH '00' THEN 4 ELSE 6 END)] AS reference
WITH same, region, digits, left(region, digits) AS here, reference

// Every active company with its place and whether it is at any link. A date that is
// only a year or a month is compared as far as it goes.
OPTIONAL MATCH (c:Company)
WHERE coalesce(c.status, 'ACTIVE') = 'ACTIVE'
WITH same, region, digits, here, reference, c, coalesce(head(COLLECT {
       MATCH (c)-[l:LOCATED_IN]->(r:Region)
       WHERE coalesce(l.valid_from, '') <= left($day, size(coalesce(l.valid_from, '')))
         AND coalesce(l.valid_to, '') >= left($day, size(coalesce(l.valid_to, '')))
       WITH l, coalesce(same[r.code], r.code) AS code
       RETURN code
       ORDER BY CASE l.role WHEN 'REGISTERED' THEN 0 WHEN 'SITE' THEN 1 WHEN 'OFFICE' THEN 2 ELSE 3 END,
                coalesce(l._as_of, '') ENDS WITH '?', replace(coalesce(l._as_of, ''), '?', '') DESC, l._grade,
                CASE WHEN code = '100000' THEN 0 WHEN code ENDS WITH '0000' THEN 2 WHEN code ENDS WITH '00' THEN 4 ELSE 6 END DESC,
                code
       LIMIT 1
     }), '100000') AS place
WITH region, digits, here, reference, [x IN collect({
       company: c, place: place, here: place STARTS WITH here, there: any(p IN reference WHERE place STARTS WITH p),
       deep: CASE WHEN place = '100000' THEN 0 WHEN place ENDS WITH '0000' THEN 2 WHEN place ENDS WITH '00' THEN 4 ELSE 6 END >= digits,
       busy: EXISTS {
         MATCH (c)-[o:OPERATES_IN]->(:Link)
         WHERE o._grade <= $grade
           AND coalesce(o.valid_from, '') <= left($day, size(coalesce(o.valid_from, '')))
           AND coalesce(o.valid_to, '') >= left($day, size(coalesce(o.valid_to, '')))
       }
     }) WHERE x.company IS NOT NULL] AS companies
WITH region, digits, here, companies,
     size([x IN companies WHERE x.here]) AS N, size([x IN companies WHERE x.here AND x.busy]) AS A,
     size([x IN companies WHERE x.there]) AS NP, size([x IN companies WHERE x.there AND x.busy]) AS AP

// The share of the region in each area above it, by which a company that is
// only known to be in that area counts as unseen here.
CALL (digits) {
  MATCH (r:Region)
  WHERE NOT r.code IN ['110100', '120100', '310100', '500100']
    AND CASE WHEN r.code = '100000' THEN 0 WHEN r.code ENDS WITH '0000' THEN 2 WHEN r.code ENDS WITH '00' THEN 4 ELSE 6 END = digits
  RETURN collect(DISTINCT r.code) AS alike
}
WITH *, [d IN [0, 2, 4] WHERE d < digits | {
       place: CASE d WHEN 0 THEN '100000' ELSE left(left(region, d) + '0000', 6) END,
       local: size([x IN companies WHERE x.deep AND x.here]),
       placed: size([x IN companies WHERE x.deep AND x.place STARTS WITH left(region, d)]),
       regions: size([r IN alike WHERE r STARTS WITH left(region, d)])
     }] AS above
WITH *, [q IN above | {place: q.place, share: CASE
       WHEN q.placed > 0 THEN toFloat(q.local) / q.placed
       WHEN q.regions > 0 THEN 1.0 / q.regions
       ELSE 1.0 END}] AS areas

// What is counted at each link or below it that has any company.
CALL (companies, areas) {
  UNWIND companies AS x
  WITH x, x.company AS c, areas
  MATCH (c)-[o:OPERATES_IN]->(b:Link)
  WHERE o._grade <= $grade
    AND coalesce(o.valid_from, '') <= left($day, size(coalesce(o.valid_from, '')))
    AND coalesce(o.valid_to, '') >= left($day, size(coalesce(o.valid_to, '')))
  MATCH (b)-[p:PART_OF WHERE coalesce(p.valid_from, '') <= left($day, size(coalesce(p.valid_from, '')))
                         AND coalesce(p.valid_to, '') >= left($day, size(coalesce(p.valid_to, '')))]->*(l:Link)
  WITH l, x, c, areas, max(CASE WHEN o.leader OR c.leader THEN 1 ELSE 0 END) AS leads
  WITH l, count(CASE WHEN x.here THEN 1 END) AS n, count(CASE WHEN x.there THEN 1 END) AS nP,
       sum(CASE WHEN x.here THEN leads ELSE 0 END) AS anchors, sum(CASE WHEN x.there THEN leads ELSE 0 END) AS anchorsP,
       collect(CASE WHEN x.here THEN c END) AS local,
       sum(reduce(s = 0.0, q IN areas | CASE WHEN q.place = x.place THEN q.share ELSE s END)) AS unplaced
  RETURN collect({link: l, n: n, nP: nP, anchors: anchors, anchorsP: anchorsP, local: local, unplaced: unplaced}) AS present
}

// Of every chain the share of its links that are present.
WITH N, A, NP, AP, present, [y IN present WHERE y.n > 0] AS locals, [y IN present WHERE y.n > 0 | y.link] AS presentLinks
CALL (presentLinks) {
  MATCH (chain:Chain)<-[p:PART_OF WHERE coalesce(p.valid_from, '') <= left($day, size(coalesce(p.valid_from, '')))
                                    AND coalesce(p.valid_to, '') >= left($day, size(coalesce(p.valid_to, '')))]-+(m:Link)
  WITH DISTINCT chain, m, presentLinks
  WITH chain, toFloat(count(CASE WHEN m IN presentLinks THEN 1 END)) / count(*) AS presence
  RETURN collect({chain: chain, presence: presence}) AS chains
}

// The links asked for, with what is counted there, the links that they feed or
// are fed by, and their chain.
MATCH (l:Link)
WHERE $scope = [] OR EXISTS {
  MATCH (l)-[p:PART_OF WHERE coalesce(p.valid_from, '') <= left($day, size(coalesce(p.valid_from, '')))
                         AND coalesce(p.valid_to, '') >= left($day, size(coalesce(p.valid_to, '')))]->*(s:Link|Chain|Ecosystem)
  WHERE s.code IN $scope
}
WITH N, A, NP, AP, locals, chains, l, coalesce(head([x IN present WHERE x.link = l]),
       {n: 0, nP: 0, anchors: 0, anchorsP: 0, local: [], unplaced: 0.0}) AS x,
     COLLECT {
       MATCH (l)<-[p:PART_OF WHERE coalesce(p.valid_from, '') <= left($day, size(coalesce(p.valid_from, '')))
                               AND coalesce(p.valid_to, '') >= left($day, size(coalesce(p.valid_to, '')))]-*(b:Link)
       RETURN DISTINCT b
     } AS below,
     head(COLLECT {
       MATCH (l)-[p:PART_OF WHERE coalesce(p.valid_from, '') <= left($day, size(coalesce(p.valid_from, '')))
                              AND coalesce(p.valid_to, '') >= left($day, size(coalesce(p.valid_to, '')))]->+(chain:Chain)
       RETURN chain ORDER BY chain.code LIMIT 1
     }) AS chain,
     head(COLLECT {
       MATCH path = (l)-[p:PART_OF WHERE coalesce(p.valid_from, '') <= left($day, size(coalesce(p.valid_from, '')))
                                     AND coalesce(p.valid_to, '') >= left($day, size(coalesce(p.valid_to, '')))]->*(root:Link)
       WHERE EXISTS {
           MATCH (root)-[q:PART_OF]->(:Chain)
           WHERE coalesce(q.valid_from, '') <= left($day, size(coalesce(q.valid_from, '')))
             AND coalesce(q.valid_to, '') >= left($day, size(coalesce(q.valid_to, '')))
         } OR NOT EXISTS {
           MATCH (root)-[q:PART_OF]->()
           WHERE coalesce(q.valid_from, '') <= left($day, size(coalesce(q.valid_from, '')))
             AND coalesce(q.valid_to, '') >= left($day, size(coalesce(q.valid_to, '')))
         }
       RETURN 1 + length(path) AS depth ORDER BY depth LIMIT 1
     }) AS depth
WITH *, COLLECT {
       UNWIND below AS b
       MATCH (b)-[f:FEEDS]->(j:Link)
       WHERE NOT j IN below AND coalesce(f.valid_from, '') <= left($day, size(coalesce(f.valid_from, '')))
         AND coalesce(f.valid_to, '') >= left($day, size(coalesce(f.valid_to, '')))
       RETURN DISTINCT j
     } AS downstream, COLLECT {
       UNWIND below AS b
       MATCH (b)<-[f:FEEDS]-(j:Link)
       WHERE NOT j IN below AND coalesce(f.valid_from, '') <= left($day, size(coalesce(f.valid_from, '')))
         AND coalesce(f.valid_to, '') >= left($day, size(coalesce(f.valid_to, '')))
       RETURN DISTINCT j
     } AS upstream
WITH *,
     CASE downstream WHEN [] THEN null ELSE size(COLLECT {
       UNWIND locals AS y WITH y WHERE y.link IN downstream UNWIND y.local AS c RETURN DISTINCT c
     }) END AS pullDown,
     CASE upstream WHEN [] THEN null ELSE size(COLLECT {
       UNWIND locals AS y WITH y WHERE y.link IN upstream UNWIND y.local AS c RETURN DISTINCT c
     }) END AS pullUp,
     head([y IN chains WHERE y.chain = chain | y.presence]) AS presence,
     [c IN x.local WHERE c.employees > 0 | toFloat(c.employees)] AS employees,
     [c IN x.local WHERE c.registered_capital > 0 | c.registered_capital] AS capital

// The numbers, and the share of the largest company in the known size.
WITH *, A * toFloat(x.nP) / CASE AP WHEN 0 THEN null ELSE AP END AS E,
     CASE WHEN size(employees) > 0 AND size(employees) >= 0.5 * x.n - 1e-9 THEN employees
          WHEN size(capital) > 0 AND size(capital) >= 0.5 * x.n - 1e-9 THEN capital END AS sizes
WITH *, CASE WHEN x.nP > 0 THEN (N - A) * toFloat(x.nP) / AP + x.unplaced END AS hidden,
     CASE WHEN x.nP > 0 AND A > 0 THEN E END AS expected,
     reduce(most = 0.0, s IN sizes | CASE WHEN s > most THEN s ELSE most END) / reduce(sum = 0.0, s IN sizes | sum + s) AS top1,
     coalesce($priors[depth - 1], last($priors)) AS prior
WITH *, prior + x.n AS shape, prior + E AS rate

// The posterior: P(λ < t) is the regularised incomplete gamma function of the
// shape and t·rate, by its series; log Γ by Stirling's, ten places up.
WITH *, CASE WHEN expected IS NULL THEN [null, null] ELSE [t IN [0.8 * rate, 1.25 * rate] |
       exp(shape * log(t) - t
           - ((shape + 10.5) * log(shape + 11) - (shape + 11) + 0.9189385332046727
              + 1 / (12 * (shape + 11)) - 1 / (360 * (shape + 11) ^ 3) + 1 / (1260 * (shape + 11) ^ 5)
              - reduce(s = 0.0, k IN range(1, 10) | s + log(shape + k))))
       * reduce(s = [1.0, 1.0], k IN range(1, 100 + toInteger(3 * t)) |
           [s[0] + s[1] * t / (shape + k), s[1] * t / (shape + k)])[0]] END AS below
WITH *, below[0] AS weak, below[1] - below[0] AS fair, 1 - below[1] AS strong,
     top1 >= 0.6 - 1e-9 AND x.n >= 1 AS singleFirm, x.anchorsP > 0 AND x.anchors = 0 AS noAnchor
RETURN l.code AS link, l.name AS name, chain.code AS chain, depth, x.n AS n, N, A, N - A AS U, x.nP AS nP, NP, AP,
       x.anchors AS anchors, x.anchorsP AS anchorsP, expected, hidden, x.n / expected AS lq, top1,
       pullDown, pullUp, presence, shape / rate AS mean, weak, fair, strong,
       CASE WHEN x.nP = 0 OR A = 0 THEN 'UNKNOWN'
            WHEN x.n = 0 AND hidden >= 0.5 - 1e-9 THEN 'UNKNOWN'
            WHEN x.n = 0 THEN 'ABSENT'
            WHEN weak >= fair AND weak >= strong THEN 'WEAK'
            WHEN fair >= strong OR coalesce(singleFirm, false) OR noAnchor THEN 'ADEQUATE'
            ELSE 'STRONG' END AS state
ORDER BY link
