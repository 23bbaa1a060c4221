// What the prior of a question is fitted to. A cell is a region of the level of
// the region asked about and a link. One row for all cells of the same depth of
// the link, the same companies nP of the reference at the link, the same
// attributed companies A of the region and the same companies n of the region
// at the link: times says how many they are. AP is the number of attributed
// companies of the reference; each of the cells expects A·nP/AP companies.
// Regions without attributed companies expect none and are left out.
// Parameters as in gaps.cypher:
//
//   :params {region: '330100', peers: [], grade: 'C', day: '2024-12-31'}
WITH {`110100`: '110000', `120100`: '120000', `310100`: '310000', `500100`: '500000'} AS same
WITH same, coalesce(same[$region], $region) AS region,
     [p IN CASE WHEN $peers = [] THEN ['100000'] ELSE $peers END | coalesce(same[p], p)] AS peers
WITH same,
     CASE WHEN region = '100000' THEN 0 WHEN region ENDS WITH '0000' THEN 2 WHEN region ENDS WITH '00' THEN 4 ELSE 6 END AS digits,
     [p IN peers | left(p, CASE WHEN p = '100000' THEN 0 WHEN p ENDS WITH '0000' THEN 2 WHEN p ENDS WITH '00' THEN 4 ELSE 6 END)] AS reference

// The places of active companies, as in gaps.cypher, cut to the level.
OPTIONAL MATCH (c:Company)
WHERE coalesce(c.status, 'ACTIVE') = 'ACTIVE' AND EXISTS {
  MATCH (c)-[o:OPERATES_IN]->(:Link)
  WHERE o._grade <= $grade
    AND coalesce(o.valid_from, '') <= left($day, size(coalesce(o.valid_from, '')))
    AND coalesce(o.valid_to, '') >= left($day, size(coalesce(o.valid_to, '')))
}
WITH same, digits, reference, c, coalesce(head(COLLECT {
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
WITH digits, [x IN collect({
       company: c, there: any(p IN reference WHERE place STARTS WITH p),
       area: CASE WHEN digits = 0 THEN '100000'
                  WHEN CASE WHEN place = '100000' THEN 0 WHEN place ENDS WITH '0000' THEN 2 WHEN place ENDS WITH '00' THEN 4 ELSE 6 END >= digits
                  THEN left(left(place, digits) + '0000', 6) END
     }) WHERE x.company IS NOT NULL] AS companies
WITH digits, companies, size([x IN companies WHERE x.there]) AS AP

// The regions of the level that have attributed companies, and how many
// regions have as many.
CALL (digits, companies) {
  MATCH (r:Region)
  WHERE NOT r.code IN ['110100', '120100', '310100', '500100']
    AND CASE WHEN r.code = '100000' THEN 0 WHEN r.code ENDS WITH '0000' THEN 2 WHEN r.code ENDS WITH '00' THEN 4 ELSE 6 END = digits
  WITH collect(DISTINCT r.code) AS alike, companies
  UNWIND companies AS x
  WITH x.area AS code, count(*) AS A, alike
  WHERE code IN alike
  RETURN collect({code: code, A: A}) AS regions
}
CALL (regions) {
  UNWIND regions AS r
  WITH r.A AS A, count(*) AS times
  RETURN collect({A: A, times: times}) AS sizes
}
CALL (companies) {
  UNWIND companies AS x
  WITH x, x.company AS c
  MATCH (c)-[o:OPERATES_IN]->(b:Link)
  WHERE o._grade <= $grade
    AND coalesce(o.valid_from, '') <= left($day, size(coalesce(o.valid_from, '')))
    AND coalesce(o.valid_to, '') >= left($day, size(coalesce(o.valid_to, '')))
  MATCH (b)-[p:PART_OF WHERE coalesce(p.valid_from, '') <= left($day, size(coalesce(p.valid_from, '')))
                         AND coalesce(p.valid_to, '') >= left($day, size(coalesce(p.valid_to, '')))]->*(l:Link)
  WITH DISTINCT l, x
  WITH l, collect(x.area) AS areas, count(CASE WHEN x.there THEN 1 END) AS nP
  RETURN collect({link: l, areas: areas, nP: nP}) AS present
}
MATCH (l:Link)
WITH AP, regions, sizes, coalesce(head([x IN present WHERE x.link = l]), {areas: [], nP: 0}) AS x,
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
CALL (regions, x) {
  UNWIND x.areas AS code
  WITH code, count(*) AS n, regions
  WITH n, head([r IN regions WHERE r.code = code | r.A]) AS A
  WHERE A IS NOT NULL
  RETURN collect({A: A, n: n}) AS held
}
UNWIND sizes AS size
WITH AP, x.nP AS nP, depth, size.A AS A, size.times AS times, [h IN held WHERE h.A = size.A | h.n] AS counts
UNWIND [{n: 0, times: times - size(counts)}] + [n IN counts | {n: n, times: 1}] AS cell
RETURN depth, nP, AP, A, cell.n AS n, sum(cell.times) AS times
ORDER BY depth, nP, A, n
