// Makes documents for a schema: valid ones from what the schema offers, with
// variables, fragments, aliases and conditions. What is made depends on the seed alone.
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

// Random is mulberry32: the same numbers on every machine.
export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(n) {
    return Math.floor(this.next() * n);
  }
  chance(p) {
    return this.next() < p;
  }
  pick(list) {
    return list[this.below(list.length)];
  }
}

const texts = ['', 'a', '杭州', 'x y', '330100', 'chip', 'tab\there', 'line\nend', 'quote " and \\', '😀', '\u0001'];

// literalText writes a string in one of its forms.
export function literalText(random, text) {
  if (random.chance(0.2) && !/[\u0000-\u0008"\\]/.test(text)) return `"""${random.chance(0.3) ? '\n    ' : ''}${text}"""`;
  if (random.chance(0.2)) return `"${[...text].map((c) => `\\u{${c.codePointAt(0).toString(16)}}`).join('')}"`;
  if (random.chance(0.2)) return `"${text.split('').map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
  return JSON.stringify(text);
}

// scalars are valid values of the scalars of the service, by their names. Numbers of any size
// are valid where the values are numbers.
export const scalars = {
  Date: ['2024', '2024-05', '2024-05-31'],
  RegionCode: ['330000', '330100'],
  StockCode: ['300274.SZ', '600066.SH'],
  USCC: ['91350100M000100Y43'],
  LEI: ['5493001KJTIIGC8Y1R12'],
  URL: ['https://example.com/a'],
  MoneyWan: [0, 12.5, 30000],
  Percent: [0, 12.5, 100],
};

const samples = {
  Int: (r) => r.pick([0, 1, 2, 3, 7, -5, 2147483647, -2147483648]),
  Float: (r) => r.pick([0, 0.5, 1.25, -3, 1000000]),
  Boolean: (r) => r.chance(0.5),
  ID: (r) => r.pick(['330100', 'chip', 'aiot', '7', 7, '杭州']),
  // Values of the scalars of the service; the program that judges takes these and no others.
  ...Object.fromEntries(Object.entries(scalars).map(([name, values]) => [name, (r) => r.pick(values)])),
  String: (r) => r.pick(texts),
  Day: (r) => r.pick(['2016', '1999']),
};

export class Generator {
  constructor(schema, random) {
    this.schema = schema;
    this.random = random;
  }

  // value is a valid JSON value of an input type.
  value(type, name, depth = 0) {
    const r = this.random;
    if (isNonNullType(type)) return this.value(type.ofType, name, depth) ?? this.value(type, name, depth);
    if (r.chance(0.08)) return null;
    if (isListType(type)) {
      if (r.chance(0.15)) return this.value(type.ofType, name, depth);
      return Array.from({ length: r.below(3) }, () => this.value(type.ofType, name, depth + 1));
    }
    if (isEnumType(type)) return r.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const out = {};
      for (const field of Object.values(type.getFields())) {
        const again = getNamedType(field.type) === type && depth > 1;
        if (isRequiredInputField(field) || (!again && r.chance(0.4))) out[field.name] = this.value(field.type, field.name, depth + 1);
      }
      return out;
    }
    if (name === 'first') return r.below(4);
    return (samples[type.name] ?? samples.String)(r);
  }

  // literal writes a JSON value of a type as the document has it, with variables here
  // and there.
  literal(value, type, name) {
    const r = this.random;
    if (this.variables && r.chance(0.05)) return this.variable(type, name, false);
    if (value === null) return 'null';
    const t = getNullableType(type);
    if (isListType(t)) {
      if (!Array.isArray(value)) return this.literal(value, t.ofType, name);
      return `[${value.map((v) => this.literal(v, t.ofType, name)).join(r.pick([', ', ' ']))}]`;
    }
    if (isEnumType(t)) return value;
    if (isInputObjectType(t)) {
      const fields = Object.entries(value).map(([n, v]) => `${n}: ${this.literal(v, t.getFields()[n].type, n)}`);
      return `{${fields.join(', ')}}`;
    }
    return typeof value === 'string' ? literalText(r, value) : String(value);
  }

  // variable declares a variable that fits a position and returns its use.
  variable(type, name, hasDefault) {
    const r = this.random;
    const id = `v${this.count++}`;
    let declared = type;
    let standard;
    if (isNonNullType(type) && r.chance(0.4)) {
      declared = type.ofType; // which a default, or that of the position, permits
      if (!hasDefault || r.chance(0.5)) standard = this.plain(this.value(type, name), type, name);
    } else if (r.chance(0.3)) {
      standard = this.plain(this.value(type, name), type, name);
    }
    this.variables.push(`$${id}: ${declared}${standard === undefined ? '' : ` = ${standard}`}`);
    const optional = standard !== undefined || !isNonNullType(declared);
    if (!optional || r.chance(0.7)) this.values[id] = this.value(declared, name);
    else if (r.chance(0.3) && !isNonNullType(declared)) this.values[id] = null;
    return `$${id}`;
  }

  // plain is a literal without variables.
  plain(value, type, name) {
    const variables = this.variables;
    this.variables = null;
    const text = this.literal(value, type, name);
    this.variables = variables;
    return text;
  }

  args(field) {
    const r = this.random;
    const given = [];
    for (const arg of field.args) {
      if (!isRequiredArgument(arg) && !r.chance(0.3)) continue;
      const value = r.chance(0.25)
        ? this.variable(arg.type, arg.name, arg.defaultValue !== undefined)
        : this.literal(this.value(arg.type, arg.name), arg.type, arg.name);
      given.push(`${arg.name}: ${value}`);
    }
    return given.length ? `(${given.join(', ')})` : '';
  }

  directives() {
    const r = this.random;
    if (!r.chance(0.1)) return '';
    const names = r.chance(0.2) ? ['skip', 'include'] : [r.pick(['skip', 'include'])];
    const boolean = this.schema.getDirective('skip').args[0].type;
    return names
      .map((n) => ` @${n}(if: ${r.chance(0.5) ? this.variable(boolean, 'if', false) : r.chance(n === 'skip' ? 0.3 : 0.7)})`)
      .join('');
  }

  field(parent, depth) {
    const r = this.random;
    if (r.chance(0.08)) return `${r.chance(0.3) ? `t${this.count++}: ` : ''}__typename${this.directives()}`;
    let fields = Object.values(parent.getFields?.() ?? {});
    if (depth <= 0) fields = fields.filter((f) => !isCompositeType(getNamedType(f.type)) && !f.args.some(isRequiredArgument));
    if (!fields.length) return '__typename';
    const field = r.pick(fields);
    const named = getNamedType(field.type);
    const args = this.args(field);
    const alias = args || r.chance(0.15) ? `a${this.count++}: ` : '';
    const selected = isCompositeType(named) ? ` ${this.selection(named, depth - 1)}` : '';
    return `${alias}${field.name}${args}${this.directives()}${selected}`;
  }

  // overlapping are the types on which a fragment may be spread in a type.
  overlapping(type) {
    const out = [type];
    if (isAbstractType(type)) out.push(...this.schema.getPossibleTypes(type));
    if (isObjectType(type) || isInterfaceType(type)) out.push(...type.getInterfaces());
    return out;
  }

  selection(type, depth) {
    const r = this.random;
    const parts = [];
    for (let i = 1 + r.below(3); i > 0; i--) {
      if (!r.chance(0.15)) {
        parts.push(this.field(type, depth));
        continue;
      }
      const on = r.pick(this.overlapping(type));
      if (r.chance(0.5)) {
        const named = r.chance(0.8) ? ` on ${on}` : '';
        parts.push(`...${named}${this.directives()} ${this.selection(named ? on : type, depth - 1)}`);
        continue;
      }
      const name = `F${this.count++}`;
      this.fragments.push(`fragment ${name} on ${on} ${this.selection(on, depth - 1)}`);
      parts.push(`...${name}${this.directives()}`);
    }
    return `{ ${parts.join(r.pick([' ', '\n  ', ', ']))} }`;
  }

  // request is a document with its variables.
  request(roots) {
    const r = this.random;
    this.count = 0;
    this.fragments = [];
    const operations = [];
    this.values = {};
    const several = r.chance(0.1) ? 2 : 1;
    for (let i = 0; i < several; i++) {
      this.variables = [];
      const kind = r.pick(roots);
      const root = { query: this.schema.getQueryType(), mutation: this.schema.getMutationType(), subscription: this.schema.getSubscriptionType() }[kind];
      const selected = kind === 'subscription' ? `{ ${this.field(root, 2)} }` : this.selection(root, 1 + r.below(4));
      const name = several > 1 || r.chance(0.4) ? ` Q${i}` : '';
      const head = this.variables.length ? `(${this.variables.join(', ')})` : '';
      operations.push(kind === 'query' && !name && !head && r.chance(0.7) ? selected : `${kind}${name}${head} ${selected}`);
    }
    const operationName = several > 1 ? r.pick(['Q0', 'Q1']) : undefined;
    return { document: [...operations, ...this.fragments].join('\n'), variables: this.values, operationName };
  }
}
