// Makes requests for a schema and says what the reference implementation answers.
//
//   node oracle.mjs SCHEMA.graphql COUNT SEED [mutations]
//
// Every line of the output is JSON: a request (document, variables, operationName), the
// verdict on it (refused, valid for a subscription, or done), the rules that it
// breaks, and for what is done the data and the errors with their paths and places.
// Fields are resolved by values that are hashes of where they are; some are null, some
// fail. The Go tests beside this program hold the same resolvers and compare.
// With "mutations" documents of mutations and subscriptions are made, too.
import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  execute,
  getNamedType,
  getOperationAST,
  GraphQLError,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  specifiedRules,
  validate,
  versionInfo,
} from 'graphql';
import { getVariableValues } from 'graphql';
import { Generator, Random, scalars } from './generate.mjs';
import { mutate } from './mutate.mjs';

const [file, count, seed, more] = process.argv.slice(2);
if (!file || !count || !seed) {
  console.error('usage: node oracle.mjs SCHEMA.graphql COUNT SEED [mutations]');
  process.exit(2);
}
const schema = buildSchema(await readFile(file, 'utf8'));

const day = schema.getType('Day');
if (day) {
  const read = (value) => {
    if (typeof value !== 'string' || !/^\d{4}$/.test(value)) throw new GraphQLError('not a day');
    return value;
  };
  day.parseValue = read;
  day.parseLiteral = (node) => read(node.kind === Kind.STRING ? node.value : undefined);
  day.serialize = read;
}

for (const [name, values] of Object.entries(scalars)) {
  const scalar = schema.getType(name);
  if (!scalar) continue;
  const read = (value) => {
    const valid = typeof values[0] === 'number' ? Number.isFinite(value) : values.includes(value);
    if (!valid) throw new GraphQLError(`not of the type ${name}`);
    return value;
  };
  const literals = { [Kind.STRING]: (v) => v, [Kind.INT]: Number, [Kind.FLOAT]: Number };
  scalar.parseValue = read;
  scalar.parseLiteral = (node) => read(literals[node.kind]?.(node.value));
}

// hash is FNV-1a of 32 bits over UTF-8.
function hash(text) {
  let h = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) h = Math.imul(h ^ byte, 0x01000193) >>> 0;
  return h;
}

// canonical writes arguments in the order of their names.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    return `{${Object.keys(value)
      .sort()
      .map((k) => `${JSON.stringify(k)}:${canonical(value[k])}`)
      .join(',')}}`;
  }
  return JSON.stringify(value === 0 ? 0 : value);
}

// valueAt is the value of a type at a key.
function valueAt(type, key) {
  const h = hash(key);
  if (isNonNullType(type)) return h % 23 === 0 ? null : present(type.ofType, key, h);
  return h % 7 === 0 ? null : present(type, key, h);
}

function present(type, key, h) {
  if (isListType(type)) return Array.from({ length: h % 4 }, (_, i) => valueAt(type.ofType, `${key}[${i}]`));
  if (isAbstractType(type)) {
    const possible = schema.getPossibleTypes(type).map((t) => t.name).sort();
    return { key, __typename: possible[h % possible.length] };
  }
  if (isCompositeType(type)) return { key, __typename: type.name };
  if (isEnumType(type)) return h % 29 === 3 ? 'NOPE' : type.getValues()[h % type.getValues().length].name;
  switch (type.name) {
    case 'Int':
      return h % 31 === 5 ? 2147483648 : h % 1000;
    case 'Float':
      return (h % 1000) / 4;
    case 'Boolean':
      return h % 2 === 0;
    case 'Day':
      return h % 29 === 3 ? 'no day' : String(1000 + (h % 1000));
  }
  return `s${h}`;
}

function fieldResolver(source, args, _, info) {
  const key = `${source.key}.${info.fieldName}${info.parentType.getFields()[info.fieldName].args.length ? canonical(args) : ''}`;
  if (hash(key) % 11 === 1) throw new Error('by chance');
  return valueAt(info.returnType, key);
}

// namedRules are the rules of the specification; they note their names in broken.
const broken = new Set();
const namedRules = specifiedRules.map((rule) => (context) => {
  const noting = {
    get(target, key) {
      if (key === 'reportError') broken.add(rule.name);
      const value = target[key];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  };
  return rule(new Proxy(context, noting));
});

// judge says what the reference implementation makes of a request.
function judge({ document, variables, operationName }) {
  let ast;
  try {
    ast = parse(document);
  } catch (error) {
    return { verdict: 'refused', stage: 'syntax', rules: ['Syntax'], message: error.message };
  }
  broken.clear();
  let faults;
  try {
    faults = validate(schema, ast, namedRules);
  } catch {
    // SingleFieldSubscriptions evaluates @skip without the variables, and throws.
    return { verdict: 'unknown', rules: [] };
  }
  if (faults.length) return { verdict: 'refused', stage: 'validation', rules: [...broken], message: faults[0].message };
  const operation = getOperationAST(ast, operationName);
  if (operation && operation.operation === 'subscription') {
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    if (errors) return { verdict: 'refused', stage: 'variables', rules: ['CoerceVariables'], message: errors[0].message };
    return { verdict: 'valid', rules: [] };
  }
  const result = execute({ schema, document: ast, variableValues: variables, operationName, rootValue: { key: '' }, fieldResolver });
  const errors = (result.errors ?? []).map((e) => ({ path: e.path ?? [], line: e.locations?.[0].line ?? 0, column: e.locations?.[0].column ?? 0, input: /^Argument "/.test(e.message), message: e.message }));
  if (result.data === undefined) {
    return { verdict: 'refused', stage: operation ? 'variables' : 'operation', rules: [operation ? 'CoerceVariables' : 'ChooseOperation'], message: errors[0].message };
  }
  return { verdict: 'done', rules: [], data: JSON.stringify(result.data), errors };
}

const random = new Random(Number(seed));
const generator = new Generator(schema, random);
const roots = more === 'mutations' ? ['query', 'query', 'query', 'query', 'mutation', 'subscription'] : ['query'];
const all = Object.values(schema.getTypeMap()).filter((t) => !t.name.startsWith('__'));
const context = {
  types: all.filter(isCompositeType).map((t) => t.name),
  fields: [...new Set(all.flatMap((t) => (t.getFields && isCompositeType(getNamedType(t)) ? Object.keys(t.getFields()) : [])))],
};
const lines = [JSON.stringify({ reference: versionInfo.major + '.' + versionInfo.minor + '.' + versionInfo.patch })];
const seen = new Set();
while (seen.size < Number(count)) {
  const valid = generator.request(roots);
  const request = random.chance(0.35) ? { ...valid, done: [] } : mutate(random, valid, context);
  const id = JSON.stringify([request.document, request.variables, request.operationName]);
  if (seen.has(id) || request.document.length > 12000) continue;
  seen.add(id);
  const judged = judge(request);
  if (judged.verdict !== 'unknown') lines.push(JSON.stringify({ ...request, ...judged }));
}
process.stdout.write(lines.join('\n') + '\n');
