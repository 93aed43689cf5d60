import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The one direction of dependencies: apps → programmes → metrics → contexts → platform → kernel. A context may import of
 * another context only its `events.ts`. HTTP parts (`src/server`) are imported by apps and by each other only.
 */
const PLATFORM = {
  calendar: ['kernel'],
  law: ['kernel', 'calendar', 'regions'],
  'event-log': ['kernel'],
  regions: ['kernel'],
  privacy: ['kernel', 'access'],
  access: ['kernel', 'regions'],
  'read-models': ['kernel', 'event-log'],
  service: ['kernel', 'calendar', 'law', 'event-log', 'regions', 'privacy', 'access', 'read-models'],
};
const PLATFORM_NAMES = ['kernel', ...Object.keys(PLATFORM)];
const CONTEXTS = [
  'work-orders',
  'disputes',
  'complaints',
  'negotiation',
  'registry',
  'reports',
  'cases',
  'criminal-referral',
  'access-keys',
  'work-calendars',
  'proposals',
  'evidence',
  'court-referral',
  'judicial-confirmation',
  'mediation',
  'publicity',
];
const MEASURES = {
  deadlines: PLATFORM_NAMES,
  duplicates: PLATFORM_NAMES,
  linking: PLATFORM_NAMES,
  timeline: PLATFORM_NAMES,
  alerts: [...PLATFORM_NAMES, 'deadlines', 'metrics', 'programmes'],
  metrics: PLATFORM_NAMES,
  programmes: [...PLATFORM_NAMES, 'metrics'],
  simulation: [...PLATFORM_NAMES, ...CONTEXTS],
  import: PLATFORM_NAMES,
  system: [
    ...PLATFORM_NAMES,
    ...CONTEXTS,
    'deadlines',
    'duplicates',
    'linking',
    'timeline',
    'alerts',
    'metrics',
    'programmes',
  ],
  'command-line': [...PLATFORM_NAMES, 'import', 'simulation', 'system', 'metrics', 'programmes'],
};

export const ALLOWED = {
  kernel: [],
  ...PLATFORM,
  ...Object.fromEntries(CONTEXTS.map((name) => [name, PLATFORM_NAMES])),
  ...MEASURES,
};
export const MAY_READ_EVENTS = [...CONTEXTS, ...Object.keys(MEASURES)];

const direction = (name, allowed, server) => ({
  files: server ? [`libs/${name}/src/server/**/*.ts`] : [`libs/${name}/**/*.ts`],
  // Tests may bring together what they test.
  ignores: server ? [] : [`libs/${name}/src/server/**`, '**/*.spec.ts', '**/testing/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^#(?!(${[...allowed, name].join('|') || '-'})$)${MAY_READ_EVENTS.includes(name) ? '(?!([a-z-]+)/events$)' : ''}${
              server ? `(?!(${[...allowed, name].join('|')})/server$)` : ''
            }`,
            message: `${name} may not import this: dependencies point apps → programmes → metrics → contexts → platform → kernel.`,
          },
          { regex: '^(\\.\\./)+(libs|[a-z-]+/src)/', message: 'Import another lib by its # name.' },
        ],
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'data/**', 'coverage/**'] },
  js.configs.recommended,
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  ...tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  ...Object.entries(ALLOWED).flatMap(([name, allowed]) => [
    direction(name, allowed, false),
    direction(name, allowed, true),
  ]),
);
