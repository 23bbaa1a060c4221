// What the prior of a question is fitted to by one frame. A cell is a region of the
// level of the region asked about in which the frame is complete, and a link of the
// frame. One row for all cells of the same depth of the link, the same members nP of
// the reference at the link, the same members A of the region at any link and the
// same members n of the region at the link: times says how many they are. AP is the
// number of members of the reference at any link; each of the cells expects A·nP/AP
// companies. Regions without members at any link expect none and are left out.
// Parameters as in gaps.cypher, but for the frame:
//
//   :params {region: '330100', peers: [], grade: 'C', day: '2024-12-31', population: 'LISTED', scope: []}
//
//   population  that of the frame: REGISTERED, ABOVE_SCALE, CERTIFIED or LISTED
//   scope       the codes of its scope, [] if it is limited to none

// The areas as prefixes of codes, as in gaps.cypher.
WITH {`110100`: '110000', `120100`: '120000', `310100`: '310000', `500100`: '500000'} AS same
CALL (same) {
  MATCH (r:Region)
  WITH DISTINCT coalesce(same[r.code], r.code) AS code ORDER BY code
  RETURN collect({code: code, area: left(code, CASE WHEN code = '100000' THEN 0 WHEN code ENDS WITH '0000' THEN 2 WHEN code ENDS WITH '00' THEN 4 ELSE 6 END)}) AS regions
}
WITH same, regions, coalesce(same[$region], $region) AS region,
     [p IN CASE WHEN $peers = [] THEN ['100000'] ELSE $peers END | coalesce(same[p], p)] AS peers
WITH same, regions,
     head([r IN regions WHERE r.code = region | size(r.area)]) AS digits,
     [r IN regions WHERE r.code IN peers | r.area] AS reference

// Where what is stated of a link counts besides above it, as in gaps.cypher.
CALL () {
  MATCH (a:Link)-[s:SAME_AS]-(b:Link)
  WHERE a <> b AND coalesce(s.valid_from <= left($day, size(s.valid_from)), true) AND coalesce(s.valid_to >= left($day, size(s.valid_to)), true)
  WITH DISTINCT a, b, COLLECT { MATCH (b)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(u:Link) RETURN DISTINCT u } AS at
  WHERE NOT a IN at AND NOT EXISTS { MATCH (a)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->+(b) }
  RETURN collect({from: a, to: b, at: at}) AS joins
}

// The declarations of the frame, as in gaps.cypher.
CALL (same, regions) {
  MATCH (s:Source)
  WHERE s.population = $population AND s.population IN ['REGISTERED', 'ABOVE_SCALE', 'CERTIFIED', 'LISTED'] AND size(s.complete_in) > 0
    AND all(code IN s.complete_in WHERE any(r IN regions WHERE r.code = coalesce(same[code], code)))
    AND all(code IN coalesce(s.scope, []) WHERE code IN $scope) AND all(code IN $scope WHERE code IN coalesce(s.scope, []))
    AND all(code IN $scope WHERE code IN COLLECT { MATCH (x:Link|Chain|Ecosystem) WHERE x.code IN $scope RETURN x.code })
  WITH s, [r IN regions WHERE any(code IN s.complete_in WHERE r.code = coalesce(same[code], code)) | r.area] AS areas,
       CASE size(s.complete_on)
         WHEN 4 THEN s.complete_on + '-12-31'
         WHEN 7 THEN toString(date(s.complete_on + '-01') + duration('P1M') - duration('P1D'))
         ELSE coalesce(s.complete_on, '') END AS since
  ORDER BY since DESC
  RETURN collect(CASE WHEN NOT coalesce(s.is_placement, false) THEN {name: s.name, areas: areas, since: since} END) AS lists,
         collect(CASE WHEN s.is_placement THEN {name: s.name, areas: areas} END) AS placements
}

// The regions of the level in which it is complete.
WITH *, [r IN regions WHERE size(r.area) = digits AND
       (any(d IN lists WHERE any(a IN d.areas WHERE r.area STARTS WITH a))
        OR digits < 6 AND all(k IN range(0, size(regions) - 1) WHERE NOT regions[k].area STARTS WITH r.area
             OR k + 1 < size(regions) AND regions[k + 1].area STARTS WITH regions[k].area
             OR any(d IN lists WHERE any(a IN d.areas WHERE regions[k].area STARTS WITH a)))) | r.area] AS alike

// The members with their places, cut to the level, as in gaps.cypher.
CALL (same, digits, reference, lists, placements) {
  MATCH (c:Company)
  WHERE coalesce(c.status, 'ACTIVE') = 'ACTIVE'
  WITH *, coalesce(head(COLLECT {
         MATCH (c)-[l:LOCATED_IN]->(r:Region)
         WHERE coalesce(l.valid_from <= left($day, size(l.valid_from)), true) AND coalesce(l.valid_to >= left($day, size(l.valid_to)), true)
         WITH l, coalesce(same[r.code], r.code) AS code
         RETURN code
         ORDER BY CASE l.role WHEN 'REGISTERED' THEN 0 WHEN 'SITE' THEN 1 WHEN 'OFFICE' THEN 2 ELSE 3 END,
                  coalesce(l._as_of, '') ENDS WITH '?', replace(coalesce(l._as_of, ''), '?', '') DESC, l._grade,
                  CASE WHEN code = '100000' THEN 0 WHEN code ENDS WITH '0000' THEN 2 WHEN code ENDS WITH '00' THEN 4 ELSE 6 END DESC,
                  code
         LIMIT 1
       }), '100000') AS place,
       [s IN coalesce(c._sources, [replace(c._as_of, '?', '') + ' ' + c._source]) | {
         source: substring(s, size(split(s, ' ')[0]) + 1), day: CASE size(split(s, ' ')[0])
           WHEN 4 THEN left(s, 4) + '-12-31'
           WHEN 7 THEN toString(date(left(s, 7) + '-01') + duration('P1M') - duration('P1D'))
           ELSE left(s, 10) END
       }] AS stated
  WITH *, [d IN lists WHERE any(a IN d.areas WHERE place STARTS WITH a)] AS covering
  WITH *, [d IN covering WHERE d.since = covering[0].since] AS current
  WHERE current <> [] AND ($population = 'REGISTERED'
    OR any(d IN current WHERE any(s IN stated WHERE s.source = d.name AND s.day >= d.since)))
  RETURN collect({
    company: c, there: any(a IN reference WHERE place STARTS WITH a),
    area: CASE WHEN CASE WHEN place = '100000' THEN 0 WHEN place ENDS WITH '0000' THEN 2 WHEN place ENDS WITH '00' THEN 4 ELSE 6 END >= digits
               THEN left(place, digits) END,
    sources: [d IN current | d.name] + [d IN placements WHERE any(a IN d.areas WHERE place STARTS WITH a) | d.name]
  }) AS members
}

// The links of the frame that hold companies, and the members at each of them by the frame, by
// PART_OF and SAME_AS.
CALL (members, joins) {
  UNWIND members AS x
  WITH joins, x, x.company AS c
  MATCH (c)-[o:OPERATES_IN]->(b:Link)
  WHERE coalesce(o.valid_from <= left($day, size(o.valid_from)), true) AND coalesce(o.valid_to >= left($day, size(o.valid_to)), true)
    AND any(s IN coalesce(o._sources, [o._grade + ' ' + o._source]) WHERE left(s, 1) <= $grade AND substring(s, 2) IN x.sources)
  UNWIND reduce(found = COLLECT { MATCH (b)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(u:Link) RETURN u }, k IN range(1, CASE joins WHEN [] THEN 0 ELSE 9 END) |
           found + reduce(more = [], j IN joins | CASE WHEN (j.from IN found OR j.from IN more) AND NOT j.to IN found AND NOT j.to IN more THEN more + j.at ELSE more END)) AS l
  WITH DISTINCT l, c, x.area AS area, x.there AS there
  WHERE $scope = [] OR EXISTS {
    MATCH (l)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(s:Link|Chain|Ecosystem)
    WHERE s.code IN $scope
  }
  RETURN collect({link: l, company: c, area: area, there: there}) AS present
}
WITH alike, present, COUNT { UNWIND present AS y WITH y WHERE y.there RETURN DISTINCT y.company } AS AP

// The regions that have members at any link, and how many regions have as many.
CALL (alike, present) {
  UNWIND present AS y
  WITH y.area AS area, count(DISTINCT y.company) AS A, alike
  WHERE area IN alike
  RETURN collect({area: area, A: A}) AS regions
}
CALL (regions) {
  UNWIND regions AS r
  WITH r.A AS A, count(*) AS times
  RETURN collect({A: A, times: times}) AS sizes
}
CALL (present) {
  UNWIND present AS y
  WITH y.link AS l, collect(y.area) AS areas, count(CASE WHEN y.there THEN 1 END) AS nP
  RETURN collect({link: l, areas: areas, nP: nP}) AS links
}
MATCH (l:Link)
WHERE coalesce(l.holds, 'COMPANIES') = 'COMPANIES' AND ($scope = [] OR EXISTS {
  MATCH (l)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(s:Link|Chain|Ecosystem)
  WHERE s.code IN $scope
})
WITH AP, regions, sizes, coalesce(head([x IN links WHERE x.link = l]), {areas: [], nP: 0}) AS x,
     head(COLLECT {
       MATCH path = (l)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(root:Link)
       WHERE EXISTS {
           MATCH (root)-[q:PART_OF]->(:Chain)
           WHERE coalesce(q.valid_from <= left($day, size(q.valid_from)), true) AND coalesce(q.valid_to >= left($day, size(q.valid_to)), true)
         } OR NOT EXISTS {
           MATCH (root)-[q:PART_OF]->()
           WHERE coalesce(q.valid_from <= left($day, size(q.valid_from)), true) AND coalesce(q.valid_to >= left($day, size(q.valid_to)), true)
         }
       RETURN 1 + length(path) AS depth ORDER BY depth LIMIT 1
     }) AS depth
CALL (regions, x) {
  UNWIND x.areas AS area
  WITH area, count(*) AS n, regions
  WITH n, head([r IN regions WHERE r.area = area | r.A]) AS A
  WHERE A IS NOT NULL
  RETURN collect({A: A, n: n}) AS held
}
UNWIND sizes AS size
WITH AP, x.nP AS nP, depth, size.A AS A, size.times AS times, [h IN held WHERE h.A = size.A | h.n] AS counts
UNWIND [{n: 0, times: times - size(counts)}] + [n IN counts | {n: n, times: 1}] AS cell
RETURN depth, nP, AP, A, cell.n AS n, sum(cell.times) AS times
ORDER BY depth, nP, A, n
