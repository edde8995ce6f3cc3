import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const frameworks = [
  '@nestjs/*',
  '@fastify/*',
  'typeorm',
  'class-*',
  'fastify',
  'pg',
  'node-cron',
  'rxjs',
  'pino',
];

/** The rule of the dot: a file of a feature folder without a role suffix is a plain rule. See docs/decisions. */
const plainRules = {
  files: ['src/*/*.ts'],
  ignores: ['src/*/*.*.ts', 'src/http/**', 'src/demo/**', 'src/postgres/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { group: frameworks, message: 'A plain file knows no framework.' },
          { group: ['./*.*', '../**/*.*'], message: 'A plain file imports only plain files.' },
        ],
      },
    ],
    'no-restricted-syntax': [
      'error',
      { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument.' },
      {
        selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
        message: 'Time is an argument.',
      },
      {
        selector: "MemberExpression[object.name='process'][property.name='env']",
        message: 'Read src/config.ts.',
      },
    ],
  },
};

/** Groups of pages. They know the parts, the API and the words, and nothing of one another. */
const PAGES = ['calendar', 'composer', 'report', 'followers', 'settings', 'admin', 'inbox'];

const otherPages = PAGES.map((group) => ({
  group: [`../${group}/*`],
  message: 'Pages do not know one another.',
}));

/** A page as such shows; what it knows is in plain files beside it, which can be tested without a browser. */
const plainPageRules = {
  files: PAGES.map((group) => `web/src/${group}/**/*.ts`),
  ignores: ['web/src/**/use-*.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...otherPages,
          {
            group: ['react', 'react-*', '@tanstack/*', 'wouter', '**/ui/*', '!**/ui/icon'],
            message: 'A .ts file knows, a .tsx file shows (and a use-….ts file is a hook).',
          },
        ],
      },
    ],
    'no-restricted-globals': ['error', 'window', 'document', 'localStorage', 'location', 'navigator'],
  },
};

const STORAGE = 'Browsers may deny storage: storage.ts knows what to do then.';

export default defineConfig(
  {
    ignores: [
      'dist',
      'web/dist',
      'web/public',
      'web/src/api/schema.d.ts',
      'coverage',
      'node_modules',
      '.data',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.mjs', '*.js', 'web/*.mts'] } },
    },
    rules: {
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Requests, answers and entities are classes only so that decorators can describe them: they are shapes without
      // behaviour, and plain objects of the same shape are as good.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
    },
  },
  { files: ['*.js', '*.mjs', 'web/*.mts'], ...tseslint.configs.disableTypeChecked },
  { files: ['*.js'], languageOptions: { globals: { module: 'writable', require: 'readonly' } } },
  plainRules,
  {
    files: ['web/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-imports': ['error', { patterns: otherPages }],
      // `onPress={() => setOpen(true)}`
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  plainPageRules,
  {
    files: ['web/src/**/*.{ts,tsx}'],
    ignores: ['web/src/storage.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['window', 'globalThis', 'self'].flatMap((object) =>
          ['localStorage', 'sessionStorage'].map((property) => ({ object, property, message: STORAGE })),
        ),
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression > Identifier.object[name=/^(local|session)Storage$/]',
          message: STORAGE,
        },
      ],
    },
  },
);
