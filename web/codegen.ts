import type { CodegenConfig } from '@graphql-codegen/cli';

// Each document of the page becomes typed; documents.mjs writes them for the program, which
// accepts them where it answers no others.
const config: CodegenConfig = {
  schema: '../api/testdata/schema.graphql',
  documents: ['src/**/*.ts', 'src/**/*.tsx', '!src/gql/**'],
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string', enumsAsTypes: true, useTypeImports: true, dedupeFragments: true,
        scalars: { Percent: 'number', Date: 'string', DateTime: 'string', MoneyWan: 'number' },
      },
    },
  },
};

export default config;
