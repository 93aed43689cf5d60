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
  testTimeout: 60000,
  reporters: ['default', '<rootDir>/test/closing-line.js'],
};
