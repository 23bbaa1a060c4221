// Breaks requests that were valid, mostly: one rule or another of the specification, or
// none.
import { Kind, parse, parseType, print, visit } from 'graphql';
import { literalText } from './generate.mjs';

const name = (value) => ({ kind: Kind.NAME, value });
const variable = (value) => ({ kind: Kind.VARIABLE, name: name(value) });
const argument = (n, value) => ({ kind: Kind.ARGUMENT, name: name(n), value });
const directive = (n, ...args) => ({ kind: Kind.DIRECTIVE, name: name(n), arguments: args });
const boolean = (value) => ({ kind: Kind.BOOLEAN, value });

// anyValue is a literal of any kind, whatever is expected.
function anyValue(r, depth = 0) {
  const int = () => r.pick(['0', '1', '-1', '3', '2147483647', '2147483648', '-2147483649', '9007199254740993', '123456789012345678901234567890']);
  switch (r.below(depth > 2 ? 8 : 10)) {
    case 0:
      return { kind: Kind.NULL };
    case 1:
      return { kind: Kind.INT, value: int() };
    case 2:
      return { kind: Kind.FLOAT, value: r.pick(['1.0', '0.5', '1e3', '-2.5e-3', '5.0']) };
    case 3:
      return boolean(r.chance(0.5));
    case 4:
      return { kind: Kind.ENUM, value: r.pick(['ABSENT', 'A', 'RED', 'nothing', 'COMPANY']) };
    case 5:
    case 6:
      return { kind: Kind.STRING, value: r.pick(['', 'x', '7', 'ABSENT', 'RED', '2016', 'true']), block: r.chance(0.2) };
    case 7:
      return variable(r.pick(['v0', 'v1', 'v2', 'undefinedOne']));
    case 8:
      return { kind: Kind.LIST, values: Array.from({ length: r.below(3) }, () => anyValue(r, depth + 1)) };
    default:
      return {
        kind: Kind.OBJECT,
        fields: Array.from({ length: r.below(3) }, () => ({
          kind: Kind.OBJECT_FIELD,
          name: name(r.pick(['x', 'a', 'side', 'name', 'company', 'link', 'inner'])),
          value: anyValue(r, depth + 1),
        })),
      };
  }
}

// anyJSON is a value for a variable, whatever is expected.
function anyJSON(r, depth = 0) {
  const plain = [null, 0, 1, -1, 3, 2147483648, 1.5, 5.0, true, false, '', '7', 'RED', 'ABSENT', '2016', 'x', 1e21];
  if (depth > 2 || r.chance(0.75)) return r.pick(plain);
  if (r.chance(0.5)) return Array.from({ length: r.below(3) }, () => anyJSON(r, depth + 1));
  return Object.fromEntries(Array.from({ length: r.below(3) }, () => [r.pick(['x', 'a', 'side', 'name', 'company', 'link', 'inner']), anyJSON(r, depth + 1)]));
}

const typeNames = ['Int', 'Int!', 'String', 'String!', 'ID', 'ID!', 'Boolean', 'Boolean!', 'Float', '[ID!]', '[ID!]!', '[Int]', '[[Int!]]', 'Query', 'Nothing', 'Grade', 'Colour', 'Box', 'Box!'];

// edit changes one node of the kinds, chosen by chance; it does nothing where there is
// none.
function edit(r, ast, kinds, change) {
  let count = 0;
  visit(ast, { enter: (node) => void (kinds.includes(node.kind) && count++) });
  if (!count) return ast;
  let at = r.below(count);
  return visit(ast, {
    enter(node) {
      if (kinds.includes(node.kind) && at-- === 0) return change(node);
    },
  });
}

const composite = [Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.OPERATION_DEFINITION, Kind.FRAGMENT_DEFINITION];
const selectionsOf = (node) => node.selectionSet?.selections ?? [];
const select = (node, ...more) => ({ ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: [...selectionsOf(node), ...more] } });
const field = (n, alias) => ({ kind: Kind.FIELD, name: name(n), alias: alias && name(alias) });
const without = (list, i) => list.filter((_, j) => j !== i);
const spread = (n) => ({ kind: Kind.FRAGMENT_SPREAD, name: name(n) });

// changes of the tree, each with what it may break.
const changes = {
  otherField: (r, ast, x) => edit(r, ast, [Kind.FIELD], (n) => ({ ...n, name: name(r.chance(0.3) ? 'nothing' : r.pick(x.fields)) })),
  otherArgument: (r, ast) => edit(r, ast, [Kind.ARGUMENT], (n) => ({ ...n, name: name(r.pick(['first', 'region', 'nothing', 'x'])) })),
  dropArgument: (r, ast) =>
    edit(r, ast, [Kind.FIELD, Kind.DIRECTIVE], (n) => ({ ...n, arguments: without(n.arguments ?? [], r.below(n.arguments?.length || 1)) })),
  moreArguments: (r, ast) =>
    edit(r, ast, [Kind.FIELD, Kind.DIRECTIVE], (n) => ({ ...n, arguments: [...(n.arguments ?? []), argument(r.pick(['first', 'id', 'region', 'if', 'x', 'in']), anyValue(r))] })),
  repeatArgument: (r, ast) => edit(r, ast, [Kind.FIELD], (n) => ({ ...n, arguments: [...(n.arguments ?? []), ...(n.arguments ?? []).slice(0, 1)] })),
  otherValue: (r, ast) => edit(r, ast, [Kind.ARGUMENT, Kind.OBJECT_FIELD], (n) => ({ ...n, value: anyValue(r) })),
  nullValue: (r, ast) => edit(r, ast, [Kind.ARGUMENT, Kind.OBJECT_FIELD], (n) => ({ ...n, value: { kind: Kind.NULL } })),
  listValue: (r, ast) => edit(r, ast, [Kind.ARGUMENT], (n) => ({ ...n, value: { kind: Kind.LIST, values: r.chance(0.5) ? [n.value, { kind: Kind.NULL }] : [{ kind: Kind.LIST, values: [n.value] }] } })),
  enumAsText: (r, ast) => edit(r, ast, [Kind.ENUM], (n) => ({ kind: Kind.STRING, value: n.value })),
  otherEnum: (r, ast) => edit(r, ast, [Kind.ENUM], () => ({ kind: Kind.ENUM, value: 'NOPE' })),
  otherText: (r, ast) => edit(r, ast, [Kind.STRING], () => anyValue(r)),
  moreFields: (r, ast) => edit(r, ast, [Kind.OBJECT], (n) => ({ ...n, fields: [...n.fields, ...(r.chance(0.5) ? n.fields.slice(0, 1) : [{ kind: Kind.OBJECT_FIELD, name: name('nothing'), value: anyValue(r) }])] })),
  fewerFields: (r, ast) => edit(r, ast, [Kind.OBJECT], (n) => ({ ...n, fields: n.fields.slice(1) })),
  useVariable: (r, ast) => edit(r, ast, [Kind.ARGUMENT], (n) => ({ ...n, value: variable(r.pick(['v0', 'v1', 'undefinedOne'])) })),
  declareVariable: (r, ast) =>
    edit(r, ast, [Kind.OPERATION_DEFINITION], (n) => ({
      ...n,
      variableDefinitions: [...(n.variableDefinitions ?? []), { kind: Kind.VARIABLE_DEFINITION, variable: variable(r.pick(['v0', 'v1', 'unusedOne'])), type: parseType(r.pick(typeNames)) }],
    })),
  dropVariable: (r, ast) => edit(r, ast, [Kind.VARIABLE_DEFINITION], () => null),
  otherType: (r, ast) => edit(r, ast, [Kind.VARIABLE_DEFINITION], (n) => ({ ...n, type: parseType(r.pick(typeNames)) })),
  strictType: (r, ast) => edit(r, ast, [Kind.VARIABLE_DEFINITION], (n) => ({ ...n, type: n.type.kind === Kind.NON_NULL_TYPE ? n.type.type : { kind: Kind.NON_NULL_TYPE, type: n.type } })),
  listType: (r, ast) => edit(r, ast, [Kind.VARIABLE_DEFINITION], (n) => ({ ...n, type: { kind: Kind.LIST_TYPE, type: n.type } })),
  otherDefault: (r, ast) => edit(r, ast, [Kind.VARIABLE_DEFINITION], (n) => ({ ...n, defaultValue: r.chance(0.3) ? undefined : anyValue(r) })),
  nullDefault: (r, ast) => edit(r, ast, [Kind.VARIABLE_DEFINITION], (n) => ({ ...n, defaultValue: { kind: Kind.NULL } })),
  cycle: (r, ast) => edit(r, ast, [Kind.FRAGMENT_DEFINITION], (n) => select(n, spread(n.name.value))),
  unknownSpread: (r, ast) => edit(r, ast, composite, (n) => (selectionsOf(n).length ? select(n, spread(r.pick(['F0', 'F1', 'F2', 'F3', 'Nothing']))) : n)),
  dropSpread: (r, ast) => edit(r, ast, [Kind.FRAGMENT_SPREAD], () => field('__typename')),
  otherCondition: (r, ast, x) => edit(r, ast, [Kind.FRAGMENT_DEFINITION, Kind.INLINE_FRAGMENT], (n) => ({ ...n, typeCondition: { kind: Kind.NAMED_TYPE, name: name(r.pick([...x.types, 'Nothing', 'Int', 'Query'])) } })),
  moreFragments: (r, ast, x) => ({ ...ast, definitions: [...ast.definitions, { kind: Kind.FRAGMENT_DEFINITION, name: name(r.pick(['F0', 'F1', 'Unused'])), typeCondition: { kind: Kind.NAMED_TYPE, name: name(r.pick(x.types)) }, selectionSet: { kind: Kind.SELECTION_SET, selections: [field('__typename')] } }] }),
  sameAlias: (r, ast) => edit(r, ast, composite, (n) => ({ ...n, selectionSet: n.selectionSet && { ...n.selectionSet, selections: n.selectionSet.selections.map((s) => (s.kind === Kind.FIELD ? { ...s, alias: name('same') } : s)) } })),
  sameKey: (r, ast, x) => edit(r, ast, composite, (n) => (selectionsOf(n).length ? select(n, field(r.pick(x.fields), selectionsOf(n)[0].alias?.value ?? selectionsOf(n)[0].name?.value)) : n)),
  repeatField: (r, ast) => edit(r, ast, composite, (n) => (selectionsOf(n).length ? select(n, selectionsOf(n)[0]) : n)),
  condition: (r, ast) =>
    edit(r, ast, [Kind.FIELD, Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT], (n) => ({ ...n, directives: [...(n.directives ?? []), directive(r.pick(['skip', 'include']), argument('if', r.chance(0.5) ? boolean(true) : anyValue(r)))] })),
  otherDirective: (r, ast) =>
    edit(r, ast, [Kind.FIELD, Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT, Kind.OPERATION_DEFINITION, Kind.FRAGMENT_DEFINITION, Kind.VARIABLE_DEFINITION], (n) => ({
      ...n,
      directives: [...(n.directives ?? []), directive(r.pick(['skip', 'include', 'deprecated', 'specifiedBy', 'nothing', 'tag']), ...(r.chance(0.7) ? [argument(r.pick(['if', 'reason', 'url', 'by']), anyValue(r))] : []))],
    })),
  dropSelection: (r, ast) => edit(r, ast, [Kind.FIELD], (n) => ({ ...n, selectionSet: undefined })),
  selectLeaf: (r, ast) => edit(r, ast, [Kind.FIELD], (n) => (n.selectionSet ? n : select(n, field('__typename')))),
  moreOperations: (r, ast) => ({ ...ast, definitions: [...ast.definitions, { kind: Kind.OPERATION_DEFINITION, operation: 'query', name: r.chance(0.5) ? name(r.pick(['Q0', 'Q2'])) : undefined, selectionSet: { kind: Kind.SELECTION_SET, selections: [field('__typename')] } }] }),
  otherKind: (r, ast) => edit(r, ast, [Kind.OPERATION_DEFINITION], (n) => ({ ...n, operation: r.pick(['query', 'mutation', 'subscription']) })),
  introspect: (r, ast) => edit(r, ast, composite, (n) => (selectionsOf(n).length ? select(n, select(field(r.pick(['__schema', '__type'])), field(r.pick(['__typename', 'name', 'description'])))) : n)),
  noOperation: (r, ast) => ({ ...ast, definitions: r.chance(0.2) ? ast.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION) : [...ast.definitions, { kind: Kind.OBJECT_TYPE_DEFINITION, name: name('Mine'), fields: [] }] }),
};

// Changes of the text, for what a tree cannot hold.
const rewrites = {
  dropCharacter: (r, text) => {
    const i = r.below(text.length);
    return text.slice(0, i) + text.slice(i + 1);
  },
  moreCharacters: (r, text) => {
    const i = r.below(text.length);
    return text.slice(0, i) + r.pick(['{', '}', '(', ')', '"', '...', '!', '$', '@', '|', '&', '#', '\u0000', '\ufeff', '%', '?', ',', '0', '.', '-', '"""', '[', ':', '=']) + text.slice(i);
  },
  escapes: (r, text) =>
    text.replace(/"(?:[^"\\\n]|\\.)*"/, () => r.pick(['"\\u00e9"', '"\\u{1F600}"', '"\\uD83D\\uDE00"', '"\\uD83D"', '"\\uDE00"', '"\\u{D83D}"', '"\\u{110000}"', '"\\u{}"', '"\\u12"', '"\\x"', '"\\b\\f\\n\\r\\t\\/\\\\\\""', '"\\uD83D\\u0041"', '"\\u{00000041}"', '"\\u{000000041}"', '"\t"', '"\u0001"', '"""\\u0041 \\""" x"""', '"""\n   a\n     b\n   """'])),
  numbers: (r, text) => text.replace(/: -?\d+(\.\d+)?/, () => `: ${r.pick(['00', '01', '-0', '-', '1.', '.5', '1e', '1e5', '1.0e+5', '0x1', '1a', '1_0', '2147483648', '1.5', '0.0', '-0.0', '+1'])}`),
};

// mutate breaks a request in place of one or two of its parts.
export function mutate(r, request, context) {
  let { document, variables, operationName } = request;
  variables = structuredClone(variables);
  const done = [];
  for (let times = r.chance(0.25) ? 2 : 1; times > 0; times--) {
    const which = r.next();
    if (which < 0.72) {
      const change = r.pick(Object.keys(changes));
      let ast;
      try {
        ast = parse(document);
      } catch {
        continue; // the change before broke the text
      }
      document = print(changes[change](r, ast, context));
      done.push(change);
    } else if (which < 0.82) {
      const change = r.pick(Object.keys(rewrites));
      document = rewrites[change](r, document);
      done.push(change);
    } else if (which < 0.97) {
      const names = Object.keys(variables);
      if (names.length && r.chance(0.2)) delete variables[r.pick(names)];
      else if (names.length && r.chance(0.4)) variables[r.pick(names)] = null;
      else variables[names.length ? r.pick(names) : 'v0'] = anyJSON(r);
      done.push('variables');
    } else {
      operationName = r.pick([undefined, 'Q0', 'Q1', 'Nothing', '']);
      done.push('operationName');
    }
  }
  return { document, variables, operationName, done };
}

export { literalText };
