import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX from "eslint-plugin-import-x";
import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

/** What features show each other: their words, their ports and the outbox that other features post to. */
const publicFiles = ["./model.ts", "./ports.ts", "./messenger.ts", "./outbox.ts", "./section.ts"];
const features = ["account", "check-ins", "deliveries", "evidence", "installs", "links", "meetings", "overview", "pulse", "retention", "roster", "settings"];

/** A feature's contract.ts, and the parts of it that stand in files of their own so that a page loads no more than it shows. */
const contractsOf = (feature) => readdirSync(new URL(`src/features/${feature}`, import.meta.url)).filter((file) => /^(?:[a-z-]+-)?contract\.ts$/.test(file));

/** The tab's pages: what several of them show has a room of its own beside them. */
const pages = ["check-ins", "deliveries", "evidence", "meetings", "mine", "overview", "people", "pulse", "settings", "shared"];
const rooms = ["api", "charts", "combined", "host", "load", "looks", "parts", "requests", "rsvps", "survey"];

/** Imports point inward: main → compose → adapters → features → kernel. */
const boundaries = [
  { target: "./src/kernel", from: "./src", except: ["./kernel"] },
  { target: "./src/features", from: "./src", except: ["./kernel", "./features"] },
  { target: "./src/adapters", from: "./src", except: ["./kernel", "./features", "./adapters"] },
  { target: "./src/web", from: "./src", except: ["./web"] },
  {
    target: "./src/tab",
    from: "./src",
    except: ["./tab", ...features.flatMap((feature) => contractsOf(feature).map((file) => `./features/${feature}/${file}`))],
    message: "The tab knows of the server what the contracts say, and nothing else.",
  },
  ...pages.map((page) => ({
    target: [...pages, ...rooms].filter((other) => other !== page).map((other) => `./src/tab/${other}`),
    from: `./src/tab/${page}`,
    message: "A page of the tab knows no other: what both show goes into a room beside them.",
  })),
  { target: "./src/local/rehearsal/web", from: "./src", except: ["./web", "./local/rehearsal/web"] },
  ...features.map((feature) => ({
    target: features.filter((other) => other !== feature).map((other) => `./src/features/${other}`),
    from: `./src/features/${feature}`,
    except: [...publicFiles, ...contractsOf(feature).map((file) => `./${file}`)],
    message: "A feature uses another one's model, ports or outbox, and nothing behind them.",
  })),
];

/** Each platform SDK lives in one adapter folder, so that it can be replaced. */
const sdks = [
  { folder: "src/adapters/teams", packages: ["botbuilder", "botframework-*"] },
  { folder: "src/adapters/sql", packages: ["kysely", "pg", "@electric-sql/*"] },
  { folder: "src/adapters/queue", packages: ["pg-boss"] },
  { folder: "src/adapters/cards", packages: ["adaptivecards-templating", "adaptive-expressions"] },
  { folder: "src/adapters/ics", packages: ["ical-generator"] },
  { folder: "src/adapters/keys", packages: ["@azure/keyvault-*"] },
  { folder: "src/adapters/identity", packages: ["@azure/identity", "@azure/msal-*", "@azure/core-*"] },
  { folder: "src/adapters/logging", packages: ["pino"] },
  { folder: "src/adapters/telemetry", packages: ["@opentelemetry/*"] },
  { folder: "src/adapters/spreadsheets", packages: ["exceljs"] },
  { folder: "src/tab/host", packages: ["@microsoft/teams-js"] },
  {
    folder: "src/adapters/graph",
    packages: ["@microsoft/microsoft-graph-client", "@microsoft/microsoft-graph-types", "nodemailer"],
  },
];

const noEnvironment = {
  "no-restricted-properties": [
    "error",
    { object: "process", property: "env", message: "The configuration is read once, in config.ts." },
  ],
};

export default tseslint.config(
  { ignores: ["dist", "node_modules", "test-output", ".data", ".pulse-keys", ".data-demo*", ".pulse-keys-demo"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["*.js", "test/support/*.js"] }, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: boundaries }],
      "import-x/no-cycle": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      // Objects here are closures: their methods need no "this".
      "@typescript-eslint/unbound-method": "off",
      // Text is taken apart by code points on purpose, and a port that gives a promise is kept by an async function.
      "@typescript-eslint/no-misused-spread": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "ThrowStatement > NewExpression[callee.name='Error']", message: "Throw a Fault from the catalogue." },
      ],
      ...noEnvironment,
    },
  },
  {
    files: ["src/features/**", "src/kernel/**"],
    rules: {
      "no-restricted-globals": ["error", { name: "Date", message: "Time is an argument: use the Clock and Temporal." }],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "The configuration is read once, in config.ts." },
        { object: "Math", property: "random", message: "Randomness is an argument." },
        { object: "Temporal", property: "Now", message: "Time is an argument: use the Clock." },
      ],
    },
  },
  ...sdkRules(),
  { files: ["src/main.ts"], rules: { "no-restricted-properties": "off" } },
  {
    files: ["test/**"],
    rules: {
      "@typescript-eslint/consistent-type-assertions": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      // An API's answer is read as what it should be; the expectation on it is the check.
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "no-restricted-syntax": "off",
      "no-restricted-properties": "off",
    },
  },
  { files: ["*.js", "*.ts"], extends: [tseslint.configs.disableTypeChecked] },
);

/** For every folder, the packages of the other SDKs are out of bounds. */
function sdkRules() {
  const folders = sdks.map(({ folder }) => folder);
  const rule = (allowed) => {
    const group = sdks.filter(({ folder }) => !allowed.includes(folder)).flatMap(({ packages }) => packages);
    return { "@typescript-eslint/no-restricted-imports": ["error", { patterns: [{ group, message: "This SDK lives in one adapter folder." }] }] };
  };
  return [
    { files: ["src/**"], ignores: folders.map((folder) => `${folder}/**`), rules: rule([]) },
    ...folders.map((folder) => ({
      files: [`${folder}/**`],
      // The queue speaks to the store it shares, and the store hands the queue its connection.
      rules: rule(/sql|queue/.test(folder) ? ["src/adapters/sql", "src/adapters/queue"] : [folder]),
    })),
  ];
}
