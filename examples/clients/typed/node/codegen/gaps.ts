// Which links are missing here? Asked with the documents that graphql-codegen
// generates: only the hash is sent, to a service that trusts their manifest.
//
//	node generated/js/gaps.js http://127.0.0.1:8080/graphql 杭州
import { GapsDocument, type TypedDocumentString } from './generated/graphql.js';

const [url, region] = process.argv.slice(2);

async function ask<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify({ documentId: document.__meta__?.hash, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const { gaps } = await ask(GapsDocument, { region, first: 5 });
for (const gap of gaps?.nodes ?? []) console.log(gap.link.name, gap.state, gap.action);
