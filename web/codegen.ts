import type { CodegenConfig } from '@graphql-codegen/cli';

// Each document of the page becomes typed, and has a hash by which the server accepts it
// where it answers no others; documents.mjs writes them for the program.
const config: CodegenConfig = {
  schema: '../api/testdata/schema.graphql',
  documents: ['src/**/*.ts', 'src/**/*.tsx', '!src/gql/**'],
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' }, fragmentMasking: false },
      config: {
        documentMode: 'string', enumsAsTypes: true, useTypeImports: true, dedupeFragments: true,
        scalars: { Percent: 'number', Date: 'string', DateTime: 'string', MoneyWan: 'number' },
      },
    },
  },
};

export default config;
