import { alone } from "./test/support/alone.ts";

const shared = {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts", ".tsx"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2024", parser: { syntax: "typescript" }, experimental: { keepImportAttributes: true } }, module: { type: "es6" } }],
  },
  setupFiles: ["<rootDir>/test/setup.ts"],
  setupFilesAfterEnv: ["<rootDir>/test/builders/temporal-equality.ts", "<rootDir>/test/support/patience.ts"],
};

/** @param {string} name @param {string[]} folders @param {object} [more] */
const project = (name, folders, more = {}) => ({
  ...shared,
  displayName: name,
  testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
  ...more,
});

export default {
  projects: [
    project("unit", ["kernel", "features", "adapters", "composition", "doctor", "app-package", "infra", "docs", "local", "attacks", "tab"]),
    project("contract", ["contracts"], { globalSetup: "<rootDir>/test/support/store-setup.ts" }),
    // Only by name, for one file or some: the default run has them several at a time, as "together".
    project("app", ["app"], { globalSetup: "<rootDir>/test/support/store-setup.ts" }),
    project("together", [], {
      globalSetup: "<rootDir>/test/support/store-setup.ts",
      testMatch: [
        ...["together", "app/access"].map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
        ...alone.map((name) => `<rootDir>/test/app/${name}.test.ts`),
      ],
    }),
    project("built", ["built"], { globalSetup: "<rootDir>/test/support/built-setup.ts" }),
    project("browser", ["browser"], { globalSetup: "<rootDir>/test/support/build-setup.ts" }),
    // Only by name: the default run leaves it out.
    project("long", ["long"], { globalSetup: "<rootDir>/test/support/built-setup.ts" }),
  ],
  maxWorkers: 2,
  // Modules of a test file stay in memory when it is over. At 3 GB a worker did little else than look for garbage; a new one costs a second.
  workerIdleMemoryLimit: "800MB",
  testSequencer: "<rootDir>/test/support/heavy-first.js",
  reporters: ["default", "<rootDir>/test/support/plain-summary.js"],
};
