// Which links of an industry chain are missing, weak, strong or unknown in a
// region: one row a link, by the definitions of package gaps, counted by the
// database itself. It reads only and can be pasted into the Neo4j browser
// after setting its parameters:
//
//   :params {region: '330100', scope: ['aiot'], peers: [], grade: 'C', day: '2024-12-31', priors: {}, settings: {}}
//
//   region    the GB/T 2260 code of the region asked about; 100000 is the country
//   scope     codes of ecosystems, chains or links; [] asks for all links
//   peers     codes of the regions to compare with; [] is the whole country
//   grade     the weakest grade of evidence that counts, A to D
//   day       the day asked about; relationships that do not hold on it are out,
//             but what became known later is not
//   priors    by frame the priors a of the links of depth 1, 2 and so on, the last
//             one for all deeper ones. A frame is written as its population and the
//             codes of its scope: {LISTED: [0.8, 1.2], `LISTED biomed chip`: [1.0]}.
//             cells.cypher returns what they are fitted to; frames that are not
//             given have the rough value 1.0, which gives sensible states
//   settings  thresholds that differ from the defaults: min_population 20,
//             frame_years 3, hidden_unknown 0.5, review 0.35, entry_rate 0.05,
//             weak_below 0.8, strong_above 1.25, single_firm_share 0.6,
//             single_firm_min 1, capacity_known 0.5; and the population that the
//             question names, population: 'LISTED'. Without one all frames count
//
// The columns: link, its name, chain and depth; n, N, A, U of everybody known in
// the region (n with those that produce there), and anchors, those of n that lead;
// frame, the comparable one, with nF (n′), NF, AF of the region and nP, NP, AP,
// anchorsP of the reference; naming, the naming frame; expected (E′), hidden, lq,
// prior, top1, pullDown, pullUp; presence, the share of the chain's links that are
// present; the posterior mean and the probabilities weak, fair and strong with n′,
// weakAll with n; the state, its confidence, severity and flags. A null is a number
// that is not known. A link that
// holds no companies has the state NOT_JUDGED, n and anchors alone.

// The areas as prefixes of codes. 110100 (市辖区 of Beijing) is 110000.
WITH {`110100`: '110000', `120100`: '120000', `310100`: '310000', `500100`: '500000'} AS same
CALL (same) {
  MATCH (r:Region)
  WITH DISTINCT coalesce(same[r.code], r.code) AS code ORDER BY code
  RETURN collect({code: code, area: left(code, CASE WHEN code = '100000' THEN 0 WHEN code ENDS WITH '0000' THEN 2 WHEN code ENDS WITH '00' THEN 4 ELSE 6 END)}) AS regions
}
WITH same, regions, coalesce(same[$region], $region) AS region,
     [p IN CASE WHEN $peers = [] THEN ['100000'] ELSE $peers END | coalesce(same[p], p)] AS peers
WITH same, regions, region, head([r IN regions WHERE r.code = region | r.area]) AS here,
     [r IN regions WHERE r.code IN peers | r.area] AS reference

// Where what is stated of a link counts besides above it: at those that are the same, and above
// these, if neither is part of the other. From one chain to another it is followed nine times.
CALL () {
  MATCH (a:Link)-[s:SAME_AS]-(b:Link)
  WHERE a <> b AND coalesce(s.valid_from <= left($day, size(s.valid_from)), true) AND coalesce(s.valid_to >= left($day, size(s.valid_to)), true)
  WITH DISTINCT a, b, COLLECT { MATCH (b)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(u:Link) RETURN DISTINCT u } AS at
  WHERE NOT a IN at AND NOT EXISTS { MATCH (a)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->+(b) }
  RETURN collect({from: a, to: b, at: at}) AS joins
}

// The frames in their order: the declarations of sources, those that are void left
// out, by population and scope. Lists stand with the newest first, so that the first
// of those that cover an area is a current one. A frame without a date is not
// complete in the region.
CALL (same, regions, here, reference) {
  MATCH (s:Source)
  WHERE s.population IN ['REGISTERED', 'ABOVE_SCALE', 'CERTIFIED', 'LISTED'] AND size(s.complete_in) > 0
    AND s.population = coalesce($settings.population, s.population)
    AND all(code IN s.complete_in WHERE any(r IN regions WHERE r.code = coalesce(same[code], code)))
  WITH s, COLLECT { UNWIND coalesce(s.scope, []) AS code RETURN DISTINCT code ORDER BY code } AS scope
  WHERE size(scope) = COUNT { UNWIND scope AS code MATCH (x:Link|Chain|Ecosystem) WHERE x.code = code RETURN DISTINCT code }
  WITH s, scope, [r IN regions WHERE any(code IN s.complete_in WHERE r.code = coalesce(same[code], code)) | r.area] AS areas,
       [d IN [s.complete_on, s.data_date] | CASE size(d)
         WHEN 4 THEN d + '-12-31'
         WHEN 7 THEN toString(date(d + '-01') + duration('P1M') - duration('P1D'))
         ELSE d END] AS days
  WITH s, scope, areas, coalesce(days[0], '') AS since, coalesce(days[0], days[1], $day) AS dated
  ORDER BY since DESC, dated DESC
  WITH s.population AS population, scope,
       collect(CASE WHEN NOT coalesce(s.is_placement, false) THEN {name: s.name, areas: areas, since: since, dated: dated} END) AS lists,
       collect(CASE WHEN s.is_placement THEN {name: s.name, areas: areas} END) AS placements
  // Of the areas asked about those are complete that a list covers, or all whose
  // regions without regions below are covered. An area is as old as the oldest of the
  // areas that are declared in it, the widest of these, or as it is itself.
  UNWIND range(0, size(reference)) AS i
  WITH *, ([here] + reference)[i] AS area
  WITH *, CASE
         WHEN any(d IN lists WHERE any(a IN d.areas WHERE area STARTS WITH a)) THEN [area]
         WHEN all(k IN range(0, size(regions) - 1) WHERE NOT regions[k].area STARTS WITH area
           OR k + 1 < size(regions) AND regions[k + 1].area STARTS WITH regions[k].area
           OR any(d IN lists WHERE any(a IN d.areas WHERE regions[k].area STARTS WITH a)))
         THEN reduce(declared = [], d IN lists | declared + [a IN d.areas WHERE a STARTS WITH area])
         ELSE [] END AS declared
  WITH *, [a IN declared WHERE none(b IN declared WHERE a STARTS WITH b AND a <> b) |
         head([d IN lists WHERE any(b IN d.areas WHERE a STARTS WITH b) | d.dated])] AS dates
  WITH *, reduce(oldest = head(dates), d IN dates | CASE WHEN d < oldest THEN d ELSE oldest END) AS dated
  WITH population, scope, lists, placements, max(CASE WHEN i = 0 THEN dated END) AS dated,
       min(CASE WHEN i > 0 THEN dated END) AS datedP, count(CASE WHEN i > 0 THEN dated END) AS complete
  WITH {
    name: reduce(name = population, code IN scope | name + ' ' + code), population: population, scope: scope,
    lists: lists, placements: placements, dated: dated,
    comparable: dated IS NOT NULL AND complete = size(reference)
      AND abs(duration.inDays(date(dated), date(datedP)).days) / 365.25 <= coalesce($settings.frame_years, 3) + 1e-9
  } AS f, CASE scope WHEN [] THEN COUNT { (:Link) } ELSE COUNT {
    MATCH (x:Link|Chain|Ecosystem)
    WHERE x.code IN scope
    MATCH (x)<-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]-*(l:Link)
    RETURN DISTINCT l
  } END AS links
  ORDER BY CASE f.population WHEN 'REGISTERED' THEN 0 WHEN 'ABOVE_SCALE' THEN 1 WHEN 'CERTIFIED' THEN 2 ELSE 3 END,
           links DESC, f.dated DESC, f.name
  RETURN collect(f) AS frames
}

// Every active company with its place, whether it is at any link, and the frames that
// it is a member of with the sources that place it by them. A date that is only a
// year or a month is compared as far as it goes.
CALL (same, here, reference, frames) {
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
  WITH *, [f IN frames | f {
         .name, .population, lists: [d IN f.lists WHERE any(a IN d.areas WHERE place STARTS WITH a)],
         placements: [d IN f.placements WHERE any(a IN d.areas WHERE place STARTS WITH a) | d.name]
       }] AS covering
  WITH *, [f IN covering | f {.name, .population, .placements, lists: [d IN f.lists WHERE d.since = f.lists[0].since]}] AS current
  RETURN collect({
    company: c, place: place, here: place STARTS WITH here, there: any(a IN reference WHERE place STARTS WITH a),
    busy: EXISTS {
      MATCH (c)-[o:OPERATES_IN]->(:Link)
      WHERE o._grade <= $grade
        AND coalesce(o.valid_from <= left($day, size(o.valid_from)), true) AND coalesce(o.valid_to >= left($day, size(o.valid_to)), true)
    },
    frames: [f IN current WHERE f.lists <> [] AND (f.population = 'REGISTERED'
               OR any(d IN f.lists WHERE any(s IN stated WHERE s.source = d.name AND s.day >= d.since))) |
             {name: f.name, sources: [d IN f.lists | d.name] + f.placements}]
  }) AS companies
}

// What operates at each link itself, and by which frames.
CALL (companies) {
  UNWIND companies AS x
  WITH x, x.company AS c
  MATCH (c)-[o:OPERATES_IN]->(b:Link)
  WHERE o._grade <= $grade
    AND coalesce(o.valid_from <= left($day, size(o.valid_from)), true) AND coalesce(o.valid_to >= left($day, size(o.valid_to)), true)
  WITH b, collect({
         company: c, place: x.place, here: x.here, there: x.there, leads: coalesce(o.leader, false) OR coalesce(c.leader, false),
         members: [f IN x.frames | f.name],
         frames: [f IN x.frames WHERE any(s IN coalesce(o._sources, [o._grade + ' ' + o._source])
                    WHERE left(s, 1) <= $grade AND substring(s, 2) IN f.sources) | f.name]
       }) AS operations
  RETURN collect({link: b, operations: operations}) AS occupied
}

// Of each frame that is complete the members and those at its links in the region and in the
// reference, U′, and the shares of the region in the areas above it, by which a
// member that is only known to be in such an area counts as unseen here.
CALL (regions, region, here, companies, occupied, joins, frames) {
  UNWIND [f IN frames WHERE f.dated IS NOT NULL] AS f
  CALL (occupied, joins, f) {
    UNWIND occupied AS h
    WITH f, h, h.link AS b
    WHERE f.scope = [] OR EXISTS {
      UNWIND reduce(found = COLLECT { MATCH (b)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(u:Link) RETURN u }, k IN range(1, CASE joins WHEN [] THEN 0 ELSE 9 END) |
           found + reduce(more = [], j IN joins | CASE WHEN (j.from IN found OR j.from IN more) AND NOT j.to IN found AND NOT j.to IN more THEN more + j.at ELSE more END)) AS l
      MATCH (l)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(x:Link|Chain|Ecosystem)
      WHERE x.code IN f.scope
    }
    UNWIND h.operations AS y
    WITH y WHERE f.name IN y.frames
    RETURN count(DISTINCT CASE WHEN y.here THEN y.company END) AS A, count(DISTINCT CASE WHEN y.there THEN y.company END) AS AP
  }
  WITH *, [x IN companies WHERE any(m IN x.frames WHERE m.name = f.name)] AS members
  WITH *, [x IN members | x.place] AS places, [r IN regions WHERE size(r.area) = size(here)] AS alike
  WITH *, [d IN [0, 2, 4] WHERE d < size(here) | {
         place: CASE d WHEN 0 THEN '100000' ELSE left(left(region, d) + '0000', 6) END,
         local: size([p IN places WHERE p STARTS WITH here]),
         placed: size([p IN places WHERE p STARTS WITH left(here, d) AND
                   CASE WHEN p = '100000' THEN 0 WHEN p ENDS WITH '0000' THEN 2 WHEN p ENDS WITH '00' THEN 4 ELSE 6 END >= size(here)]),
         regions: size([r IN alike WHERE r.area STARTS WITH left(here, d)])
       }] AS areas
  RETURN collect(f {
    .*, A: A, AP: AP, N: size([x IN members WHERE x.here]), NP: size([x IN members WHERE x.there]),
    U: size([x IN members WHERE x.here AND NOT x.busy AND x.company.placement IS NULL]),
    shares: [q IN areas | {place: q.place, share: CASE WHEN q.placed > 0 THEN toFloat(q.local) / q.placed WHEN q.regions > 0 THEN 1.0 / q.regions ELSE 1.0 END}]
  }) AS tallies
}
WITH same, here, joins, occupied, companies, tallies AS frames,
     size([x IN companies WHERE x.here]) AS N, size([x IN companies WHERE x.here AND x.busy]) AS A,
     size([x IN companies WHERE x.there AND x.busy AND x.frames <> []]) AS attributed

// Each company once at each link, at which what is said of a link counts that leads to it by
// PART_OF and SAME_AS: in which frames it is, by which it is there, and by which it leads there.
CALL (occupied, joins) {
  UNWIND occupied AS h
  WITH h, h.link AS b
  UNWIND reduce(found = COLLECT { MATCH (b)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(u:Link) RETURN u }, k IN range(1, CASE joins WHEN [] THEN 0 ELSE 9 END) |
           found + reduce(more = [], j IN joins | CASE WHEN (j.from IN found OR j.from IN more) AND NOT j.to IN found AND NOT j.to IN more THEN more + j.at ELSE more END)) AS l
  WITH DISTINCT l, b, h.operations AS operations
  UNWIND operations AS y
  WITH l, y.company AS c, collect(y) AS ys
  WITH l, collect({
    company: c, place: ys[0].place, here: ys[0].here, there: ys[0].there, members: ys[0].members, leads: any(y IN ys WHERE y.leads),
    frames: reduce(list = [], y IN ys | list + y.frames), leading: reduce(list = [], y IN ys | list + CASE WHEN y.leads THEN y.frames ELSE [] END)
  }) AS list
  RETURN collect({link: l, companies: list}) AS present
}

// The links that projects which produce fill, or above these, with the companies that
// produce there and those of them that do in the region.
CALL (same, here, joins) {
  MATCH (j:Project {stage: 'PRODUCING'})
  WITH same, here, joins, j, COLLECT {
         MATCH (j)-[l:LOCATED_IN]->(r:Region)
         WHERE coalesce(l.valid_from <= left($day, size(l.valid_from)), true) AND coalesce(l.valid_to >= left($day, size(l.valid_to)), true)
         RETURN coalesce(same[r.code], r.code)
       } AS own, COLLECT {
         MATCH (j)-[i:INVOLVES {part: 'LOCATION'}]->(park:Park)
         WHERE coalesce(i.valid_from <= left($day, size(i.valid_from)), true) AND coalesce(i.valid_to >= left($day, size(i.valid_to)), true)
         MATCH (park)-[l:LOCATED_IN]->(r:Region)
         WHERE coalesce(l.valid_from <= left($day, size(l.valid_from)), true) AND coalesce(l.valid_to >= left($day, size(l.valid_to)), true)
         RETURN coalesce(same[r.code], r.code)
       } AS parks, COLLECT {
         MATCH (j)<-[i:IN_CHARGE_OF]-(force:TaskForce)
         WHERE coalesce(i.valid_from <= left($day, size(i.valid_from)), true) AND coalesce(i.valid_to >= left($day, size(i.valid_to)), true)
         MATCH (force)-[l:IN_CHARGE_OF]->(r:Region)
         WHERE coalesce(l.valid_from <= left($day, size(l.valid_from)), true) AND coalesce(l.valid_to >= left($day, size(l.valid_to)), true)
         RETURN coalesce(same[r.code], r.code)
       } AS charged, COLLECT {
         MATCH (j)-[i:INVOLVES]->(c:Company)
         WHERE i.part IN ['PROJECT_COMPANY', 'INVESTOR'] AND coalesce(c.status, 'ACTIVE') = 'ACTIVE'
           AND coalesce(i.valid_from <= left($day, size(i.valid_from)), true) AND coalesce(i.valid_to >= left($day, size(i.valid_to)), true)
         RETURN {company: c, part: i.part}
       } AS involved
  WITH *, CASE WHEN own <> [] THEN own WHEN parks <> [] THEN parks ELSE charged END AS codes,
       CASE WHEN any(i IN involved WHERE i.part = 'PROJECT_COMPANY') THEN 'PROJECT_COMPANY' ELSE 'INVESTOR' END AS part
  UNWIND [i IN involved WHERE i.part = part | i.company] AS c
  MATCH (j)-[f:FILLS]->(b:Link)
  WHERE coalesce(f.valid_from <= left($day, size(f.valid_from)), true) AND coalesce(f.valid_to >= left($day, size(f.valid_to)), true)
  UNWIND reduce(found = COLLECT { MATCH (b)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(u:Link) RETURN u }, k IN range(1, CASE joins WHEN [] THEN 0 ELSE 9 END) |
           found + reduce(more = [], j IN joins | CASE WHEN (j.from IN found OR j.from IN more) AND NOT j.to IN found AND NOT j.to IN more THEN more + j.at ELSE more END)) AS l
  WITH DISTINCT l, c, here = '' OR any(code IN codes WHERE code STARTS WITH here) AS inside
  WITH l, collect(CASE WHEN inside THEN c END) AS local
  RETURN collect({link: l, local: local}) AS producing
}

// The companies of the region at each link, with those that produce there.
CALL (present, producing) {
  UNWIND [y IN present | {link: y.link, local: [z IN y.companies WHERE z.here | z.company]}] + producing AS y
  UNWIND y.local AS c
  WITH y.link AS l, collect(DISTINCT c) AS local
  RETURN collect({link: l, local: local}) AS locals
}

// The expected number of companies under review at each link or below it.
CALL (companies, joins) {
  UNWIND companies AS x
  WITH joins, x.company AS c, x WHERE x.here AND NOT x.busy AND x.company.placement = 'UNDER_REVIEW'
  MATCH (c)-[m:MAY_OPERATE_IN WHERE coalesce(m.valid_from <= left($day, size(m.valid_from)), true) AND coalesce(m.valid_to >= left($day, size(m.valid_to)), true)]->(b:Link)
  UNWIND reduce(found = COLLECT { MATCH (b)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(u:Link) RETURN u }, k IN range(1, CASE joins WHEN [] THEN 0 ELSE 9 END) |
           found + reduce(more = [], j IN joins | CASE WHEN (j.from IN found OR j.from IN more) AND NOT j.to IN found AND NOT j.to IN more THEN more + j.at ELSE more END)) AS l
  WITH l, c, max(m.probability) AS q
  WHERE q >= coalesce($settings.review, 0.35) - 1e-9
  WITH l, sum(q) AS q
  RETURN collect({link: l, q: q}) AS reviewed
}

// Of every chain the share of its links that are present.
CALL (locals) {
  MATCH (chain:Chain)<-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]-+(m:Link)
  WITH DISTINCT chain, m, [y IN locals | y.link] AS presentLinks
  WHERE coalesce(m.holds, 'COMPANIES') = 'COMPANIES'
  WITH chain, toFloat(count(CASE WHEN m IN presentLinks THEN 1 END)) / count(*) AS presence
  RETURN collect({chain: chain, presence: presence}) AS chains
}

// The links asked for, with what is counted there, the codes of all that they are part
// of, the links that they feed or are fed by, and their chain.
MATCH (l:Link)
WITH N, A, attributed, frames, reviewed, present, producing, locals, chains, l, COLLECT {
       MATCH (l)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->*(s:Link|Chain|Ecosystem)
       RETURN DISTINCT s.code
     } AS above
WHERE $scope = [] OR any(code IN above WHERE code IN $scope)
WITH N, A, attributed, locals, chains, l, coalesce(head([x IN present WHERE x.link = l | x.companies]), []) AS everywhere,
     coalesce(head([x IN locals WHERE x.link = l | x.local]), []) AS local, any(x IN producing WHERE x.link = l) AS produced,
     coalesce(head([x IN reviewed WHERE x.link = l | x.q]), 0.0) AS review,
     coalesce(l.holds, 'COMPANIES') = 'COMPANIES' AS judged,
     [f IN frames WHERE coalesce(l.holds, 'COMPANIES') = 'COMPANIES' AND (f.scope = [] OR any(code IN above WHERE code IN f.scope))] AS surveys,
     COLLECT {
       MATCH (l)<-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]-*(b:Link)
       RETURN DISTINCT b
     } AS below,
     head(COLLECT {
       MATCH (l)-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]->+(chain:Chain)
       RETURN chain ORDER BY chain.code LIMIT 1
     }) AS chain,
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
WITH *, COLLECT {
       UNWIND below AS b
       MATCH (b)-[f:FEEDS]->(k:Link)<-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]-*(j:Link)
       WHERE coalesce(j.holds, 'COMPANIES') = 'COMPANIES' AND (j = k OR coalesce(k.holds, 'COMPANIES') <> 'COMPANIES')
         AND NOT j IN below AND coalesce(f.valid_from <= left($day, size(f.valid_from)), true) AND coalesce(f.valid_to >= left($day, size(f.valid_to)), true)
       RETURN DISTINCT j
     } AS downstream, COLLECT {
       UNWIND below AS b
       MATCH (b)<-[f:FEEDS]-(k:Link)<-[p:PART_OF WHERE coalesce(p.valid_from <= left($day, size(p.valid_from)), true) AND coalesce(p.valid_to >= left($day, size(p.valid_to)), true)]-*(j:Link)
       WHERE coalesce(j.holds, 'COMPANIES') = 'COMPANIES' AND (j = k OR coalesce(k.holds, 'COMPANIES') <> 'COMPANIES')
         AND NOT j IN below AND coalesce(f.valid_from <= left($day, size(f.valid_from)), true) AND coalesce(f.valid_to >= left($day, size(f.valid_to)), true)
       RETURN DISTINCT j
     } AS upstream,
     coalesce(
       head([f IN surveys WHERE f.comparable AND f.A >= coalesce($settings.min_population, 20) AND f.AP >= coalesce($settings.min_population, 20)]),
       head([f IN surveys WHERE f.comparable AND f.AP >= coalesce($settings.min_population, 20)]),
       head([f IN surveys WHERE f.comparable])) AS comparable,
     head([f IN surveys WHERE f.A >= coalesce($settings.min_population, 20)]) AS naming
WITH *, size(local) AS n, size([c IN local WHERE c.leader OR any(y IN everywhere WHERE y.company = c AND y.here AND y.leads)]) AS anchors,
     CASE WHEN downstream = [] OR NOT judged THEN null ELSE size(COLLECT {
       UNWIND locals AS y WITH y WHERE y.link IN downstream UNWIND y.local AS c RETURN DISTINCT c
     }) END AS pullDown,
     CASE WHEN upstream = [] OR NOT judged THEN null ELSE size(COLLECT {
       UNWIND locals AS y WITH y WHERE y.link IN upstream UNWIND y.local AS c RETURN DISTINCT c
     }) END AS pullUp,
     head([y IN chains WHERE judged AND y.chain = chain | y.presence]) AS presence,
     [y IN everywhere WHERE comparable.name IN y.frames] AS counted,
     size([y IN everywhere WHERE y.there AND y.members <> []]) AS known

// The numbers of the comparable frame, the share of the largest company in the known
// size, and what the naming frame may not see.
WITH *, CASE WHEN comparable IS NOT NULL THEN size([y IN counted WHERE y.here]) END AS nF,
     CASE WHEN comparable IS NOT NULL THEN size([y IN counted WHERE y.there]) END AS nP,
     CASE WHEN comparable IS NOT NULL THEN size([y IN counted WHERE y.there AND comparable.name IN y.leading]) END AS anchorsP,
     [y IN counted WHERE y.here AND y.company.employees > 0 | toFloat(y.company.employees)] AS employees,
     [y IN counted WHERE y.here AND y.company.registered_capital > 0 | y.company.registered_capital] AS capital
WITH *, CASE WHEN comparable IS NULL THEN CASE attributed WHEN 0 THEN 0.0 ELSE toFloat(known) / attributed END
             WHEN comparable.AP = 0 THEN 0.0 ELSE toFloat(nP) / comparable.AP END AS p,
     CASE WHEN size(employees) > 0 AND size(employees) >= coalesce($settings.capacity_known, 0.5) * nF - 1e-9 THEN employees
          WHEN size(capital) > 0 AND size(capital) >= coalesce($settings.capacity_known, 0.5) * nF - 1e-9 THEN capital END AS sizes
WITH *, comparable.A * p AS expected,
     naming.U * p + review + reduce(s = 0.0, q IN naming.shares |
       s + q.share * size([y IN everywhere WHERE y.place = q.place AND naming.name IN y.members])) AS hidden,
     reduce(most = 0.0, s IN sizes | CASE WHEN s > most THEN s ELSE most END) / reduce(sum = 0.0, s IN sizes | sum + s) AS top1,
     CASE WHEN comparable IS NOT NULL THEN coalesce($priors[comparable.name][depth - 1], last($priors[comparable.name]), 1.0) END AS prior,
     CASE WHEN comparable IS NULL THEN 'NO_FRAME'
          WHEN comparable.A < coalesce($settings.min_population, 20) OR comparable.AP < coalesce($settings.min_population, 20) THEN 'TOO_FEW'
          WHEN nP = 0 THEN 'NO_REFERENCE' END AS unjudged
WITH *, prior + expected AS rate, coalesce($settings.weak_below, 0.8) AS weakBelow, coalesce($settings.strong_above, 1.25) AS strongAbove

// The posterior: P(λ < t) is the regularised incomplete gamma function of the
// shape and t·rate, by its series; log Γ by Stirling's, ten places up.
WITH *, [q IN CASE WHEN unjudged IS NULL THEN
         [{shape: prior + nF, t: weakBelow * rate}, {shape: prior + nF, t: strongAbove * rate}, {shape: prior + n, t: weakBelow * rate}]
         ELSE [] END |
       exp(q.shape * log(q.t) - q.t
           - ((q.shape + 10.5) * log(q.shape + 11) - (q.shape + 11) + 0.9189385332046727
              + 1 / (12 * (q.shape + 11)) - 1 / (360 * (q.shape + 11) ^ 3) + 1 / (1260 * (q.shape + 11) ^ 5)
              - reduce(s = 0.0, k IN range(1, 10) | s + log(q.shape + k))))
       * reduce(s = [1.0, 1.0], k IN range(1, 100 + toInteger(3 * q.t)) |
           [s[0] + s[1] * q.t / (q.shape + k), s[1] * q.t / (q.shape + k)])[0]] AS below
WITH *, below[0] AS weak, below[1] - below[0] AS fair, 1 - below[1] AS strong, below[2] AS weakAll,
     [flag IN [
       CASE WHEN unjudged IS NULL AND nF > 0 AND nF >= coalesce($settings.single_firm_min, 1)
              AND top1 >= coalesce($settings.single_firm_share, 0.6) - 1e-9 THEN 'SINGLE_FIRM' END,
       CASE WHEN unjudged IS NULL AND nF > 0 AND anchorsP > 0 AND anchors = 0 THEN 'NO_ANCHOR' END
     ] WHERE flag IS NOT NULL] AS held
WITH *, CASE
       WHEN NOT judged THEN 'NOT_JUDGED'
       WHEN everywhere = [] AND NOT produced THEN 'EMPTY'
       WHEN n = 0 AND (naming IS NULL OR hidden >= coalesce($settings.hidden_unknown, 0.5) - 1e-9) THEN 'UNKNOWN'
       WHEN n = 0 THEN 'ABSENT'
       WHEN unjudged IS NOT NULL THEN 'PRESENT'
       WHEN weakAll >= 0.5 - 1e-9 THEN 'WEAK'
       WHEN weak >= 0.5 - 1e-9 OR nF = 0 THEN 'PRESENT'
       WHEN strong >= 0.5 - 1e-9 AND nF >= 2 AND held = [] THEN 'STRONG'
       ELSE 'ADEQUATE' END AS state
WITH *, CASE
       WHEN state = 'NOT_JUDGED' THEN 'NOT_JUDGED'
       WHEN state = 'EMPTY' THEN 'NO_COMPANY'
       WHEN state = 'UNKNOWN' AND surveys = [] THEN 'NOT_SURVEYED'
       WHEN state = 'UNKNOWN' AND naming IS NULL THEN 'TOO_FEW'
       WHEN state = 'UNKNOWN' THEN 'HIDDEN'
       WHEN state = 'ABSENT' AND naming.population = 'LISTED' THEN 'LISTED_ONLY'
       WHEN state = 'PRESENT' THEN coalesce(unjudged, 'OTHERS_PRESENT') END AS why,
     CASE WHEN state = 'ADEQUATE' AND fair < 0.5 - 1e-9 AND strong < 0.5 - 1e-9 THEN 'UNDECIDED' END AS undecided,
     CASE WHEN state = 'ABSENT' THEN duration.inDays(date(naming.dated), date($day)).days / 365.25 END AS age,
     coalesce(expected * prior / (prior + expected), naming.A * p) AS entries
RETURN l.code AS link, l.name AS name, chain.code AS chain, depth, n, N, A, N - A AS U, anchors,
       comparable.name AS frame, nF, comparable.N AS NF, comparable.A AS AF, nP, comparable.NP AS NP, comparable.AP AS AP, anchorsP,
       naming.name AS naming, expected, hidden, CASE WHEN unjudged IS NULL THEN nF / expected END AS lq, prior, top1,
       pullDown, pullUp, presence, CASE WHEN unjudged IS NULL THEN (prior + nF) / rate END AS mean, weak, fair, strong, weakAll,
       state, CASE
         WHEN why = 'HIDDEN' THEN 1 - exp(-hidden)
         WHEN state = 'ABSENT' THEN exp(-hidden - coalesce($settings.entry_rate, 0.05) * entries * CASE WHEN age > 0 THEN age ELSE 0.0 END)
         WHEN state = 'WEAK' THEN weakAll
         WHEN state = 'STRONG' THEN strong
         WHEN state = 'ADEQUATE' THEN CASE WHEN strong >= 0.5 - 1e-9 THEN 1 - weak ELSE fair END
         ELSE 1.0 END AS confidence,
       CASE
         WHEN state = 'ABSENT' THEN 1 - exp(-expected)
         WHEN why = 'HIDDEN' THEN (1 - exp(-expected)) * exp(-hidden)
         WHEN state = 'WEAK' THEN weakAll
         WHEN state IN ['ADEQUATE', 'STRONG'] THEN weak END AS severity,
       [flag IN [why] + held + [undecided] WHERE flag IS NOT NULL] AS flags
ORDER BY link
