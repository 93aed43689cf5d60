/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^#([^/]+)/events$': '<rootDir>/libs/$1/src/events.ts',
    '^#([^/]+)/server$': '<rootDir>/libs/$1/src/server/index.ts',
    '^#([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  // Ends what hangs. No test is to come near it, on however slow a machine.
  testTimeout: 600_000,
  reporters: ['default', '<rootDir>/test/closing-line.js'],
};
