import{E as e,S as t,_ as n,g as r,h as i,i as a,n as o,s}from"./states-BubtMOPp.js";import{a as c,t as l}from"./names-B9YaN6Id.js";var u=a(),d=r(`
  query Changes($region: ID!, $since: String!) {
    changes(region: $region, since: $since, first: 5) {
      totalCount byFrame
      nodes { code text { zh en } link { code name englishName chain { code } } before { state } after { state } }
    }
  }
`);function f({region:r,since:a}){let{t:f}=n(),{to:p,language:m}=t(),{data:h,error:g,fetching:_,again:v}=i(d,{region:r,since:a});if(g)return(0,u.jsx)(o,{error:g,again:v});if(_||!h)return(0,u.jsx)(`p`,{className:`quiet`,role:`status`,children:f(`overview.comparing`)});let y=h.changes;return!y||y.totalCount===0?(0,u.jsx)(`p`,{children:f(`overview.noChange`)}):(0,u.jsxs)(u.Fragment,{children:[(0,u.jsx)(`ul`,{className:`changes`,children:y.nodes.map(t=>{var n;return(0,u.jsxs)(`li`,{children:[t.before&&(0,u.jsx)(c,{state:t.before.state}),` → `,t.after?(0,u.jsx)(c,{state:t.after.state}):f(`overview.gone`),` `,t.link&&(0,u.jsx)(e,{to:p(`map`,{region:r,chain:((n=t.link.chain)==null?void 0:n.code)??void 0,link:t.link.code??void 0}),children:l(t.link,m)}),` `,(0,u.jsx)(`span`,{className:`quiet`,children:s(t.text,m)})]},t.code)})}),(0,u.jsx)(`p`,{className:`quiet`,children:f(`overview.changesInAll`,{count:y.totalCount,byFrame:y.byFrame})})]})}export{f as t};