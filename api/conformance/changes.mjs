// Names what clients of the schema in the first file may notice in that of the second, by the
// reference implementation: everything that breaks documents or programs, and new values of
// enums, types of unions, interfaces of types and defaults of arguments, which programs that
// list them all do not expect. New optional arguments and input fields are not named, since
// no client sees them. Prints a line for each, sorted: its type, its name and what it is.
import { readFile } from 'node:fs/promises';
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';

const [before, after] = await Promise.all(process.argv.slice(2, 4).map(async (file) => buildSchema(await readFile(file, 'utf8'))));
const unseen = new Set(['OPTIONAL_ARG_ADDED', 'OPTIONAL_INPUT_FIELD_ADDED']);
const lines = [...findBreakingChanges(before, after), ...findDangerousChanges(before, after)]
  .filter((change) => !unseen.has(change.type))
  .map((change) => `${change.type} ${change.description}`);
for (const line of [...new Set(lines)].sort()) console.log(line);

// Old names live for one release: what goes must have been deprecated in the release before.
for (const type of Object.values(before.getTypeMap())) {
  if (type.name.startsWith('__') || !type.getFields) continue;
  const now = after.getType(type.name);
  for (const field of Object.values(type.getFields())) {
    if (now?.getFields && !now.getFields()[field.name] && field.deprecationReason == null) {
      console.log(`NOT_DEPRECATED ${type.name}.${field.name} was not deprecated before it was removed.`);
    }
  }
}
