import{n as e,t}from"./jsx-runtime-B48KIxS7.js";import{_ as n,h as r,m as i,n as a,o,x as s}from"./states-DN3WGluR.js";import{a as c,t as l}from"./names-DMa5gb_-.js";var u=t(),d=r(`
  query Changes($region: ID!, $since: String!) {
    changes(region: $region, since: $since, first: 5) {
      totalCount byFrame
      nodes { code text { zh en } link { code name englishName chain { code } } before { state } after { state } }
    }
  }
`);function f({region:t,since:r}){let{t:f}=e(),{to:p,language:m}=n(),{data:h,error:g,fetching:_,again:v}=i(d,{region:t,since:r});if(g)return(0,u.jsx)(a,{error:g,again:v});if(_||!h)return(0,u.jsx)(`p`,{className:`quiet`,role:`status`,children:f(`overview.comparing`)});let y=h.changes;return!y||y.totalCount===0?(0,u.jsx)(`p`,{children:f(`overview.noChange`)}):(0,u.jsxs)(u.Fragment,{children:[(0,u.jsx)(`ul`,{className:`changes`,children:y.nodes.map(e=>{var n;return(0,u.jsxs)(`li`,{children:[e.before&&(0,u.jsx)(c,{state:e.before.state}),` → `,e.after?(0,u.jsx)(c,{state:e.after.state}):f(`overview.gone`),` `,e.link&&(0,u.jsx)(s,{to:p(`map`,{region:t,chain:((n=e.link.chain)==null?void 0:n.code)??void 0,link:e.link.code??void 0}),children:l(e.link,m)}),` `,(0,u.jsx)(`span`,{className:`quiet`,children:o(e.text,m)})]},e.code)})}),(0,u.jsx)(`p`,{className:`quiet`,children:f(`overview.changesInAll`,{count:y.totalCount,byFrame:y.byFrame})})]})}export{f as t};