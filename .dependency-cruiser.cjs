// Who may import whom. Every rule is a pattern, so that a new folder is covered the day it appears. `bench/`, `e2e/` and
// `db/` are free users of everything and are not looked at. scripts/boundaries.test.ts breaks each rule once.
const ISLANDS = "channels|kinds|connectors";
const TESTS = "\\.test\\.tsx?$|/fixtures/|^packages/testkit/";
const MODULES = "^apps/server/src/modules/";

const rule = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

module.exports = {
  forbidden: [
    rule(
      "no-circular",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
      "Break the cycle: move the shared piece down or pass it in.",
    ),
    {
      ...rule(
        "modules-without-cycles",
        { path: `${MODULES}[^/]+$` },
        { circular: true, path: `${MODULES}[^/]+$` },
        "Two modules that need each other: pass one's function in from main.ts, or merge them.",
      ),
      scope: "folder",
    },

    // Apps
    rule("nothing-imports-apps", { pathNot: "^apps/" }, { path: "^apps/" }, "Apps are leaves."),
    rule("apps-are-islands", { path: "^apps/([^/]+)/" }, { path: "^apps/([^/]+)/", pathNot: "^apps/$1/" }),
    rule(
      "widget-stands-alone",
      { path: "^apps/widget/", pathNot: TESTS },
      { path: `^(packages|${ISLANDS})/` },
      "The chat on a customer's site has a byte budget of its own.",
    ),
    rule(
      "only-registries-see-islands",
      { path: "^apps/", pathNot: ["/registry\\.tsx?$", TESTS] },
      { path: `^(${ISLANDS})/` },
      "Channels, kinds and connectors are known to a registry alone.",
    ),
    rule(
      "server-sees-no-browser-half",
      { path: `^apps/server/|^(${ISLANDS})/[^/]+/server/` },
      { path: `^(${ISLANDS})/[^/]+/console/|^packages/ui/` },
    ),
    rule(
      "browser-sees-no-server-half",
      { path: `^apps/(console|widget)/|^packages/(sdk|ui)/|^(${ISLANDS})/[^/]+/console/` },
      { path: `^(${ISLANDS})/[^/]+/server/` },
    ),

    // Channels, kinds, connectors
    rule(
      "islands-see-no-islands",
      { path: `^(${ISLANDS})/([^/]+)/` },
      { path: `^(${ISLANDS})/`, pathNot: "^$1/$2/" },
      "What two of them share belongs in the kit.",
    ),
    rule(
      "islands-see-kit-and-contract",
      { path: `^(${ISLANDS})/`, pathNot: `^(${ISLANDS})/[^/]+/console/` },
      { path: "^packages/", pathNot: "^packages/(kit|contract|signing|testkit)/" },
    ),
    rule(
      "console-halves-also-see-ui-and-sdk",
      { path: `^(${ISLANDS})/[^/]+/console/` },
      { path: "^packages/", pathNot: "^packages/(kit|contract|ui|sdk|testkit)/" },
    ),

    // Packages
    rule(
      "bottom-packages-see-no-package",
      { path: "^packages/(contract|signing|ui)/", pathNot: TESTS },
      { path: `^(packages|${ISLANDS})/`, pathNot: "^packages/$1/" },
    ),
    rule(
      "kit-sees-only-contract",
      { path: "^packages/kit/", pathNot: TESTS },
      { path: `^(packages|${ISLANDS})/`, pathNot: "^packages/(kit|contract)/" },
    ),
    rule(
      "sdk-sees-contract-and-signing",
      { path: "^packages/sdk/", pathNot: TESTS },
      { path: `^(packages|${ISLANDS})/`, pathNot: "^packages/(sdk|contract|signing)/" },
    ),
    rule(
      "contract-needs-zod-and-typeid-only",
      { path: "^packages/contract/", pathNot: TESTS },
      { path: "node_modules/", pathNot: "node_modules/(zod|typeid-js)/" },
      "The contract runs in browsers, servers and integrators' code.",
    ),
    rule(
      "contract-runs-everywhere",
      { path: "^packages/(contract|sdk|ui)/", pathNot: TESTS },
      { dependencyTypes: ["core"] },
      "Nothing of Node in what browsers load.",
    ),
    rule(
      "signing-needs-nothing",
      { path: "^packages/signing/", pathNot: TESTS },
      { path: "node_modules/", dependencyTypesNot: ["type-only"] },
    ),

    // Server: main → modules → platform
    rule(
      "platform-is-bottom",
      { path: "^apps/server/src/platform/", pathNot: TESTS },
      { path: "^apps/server/src/", pathNot: "^apps/server/src/platform/" },
    ),
    rule(
      "modules-are-wired-from-above",
      { path: MODULES, pathNot: TESTS },
      { path: "^apps/server/src/", pathNot: "^apps/server/src/(modules|platform)/" },
      "main.ts passes in what a module needs.",
    ),
    rule(
      "modules-through-index",
      { path: `${MODULES}([^/]+)/` },
      { path: MODULES, pathNot: [`${MODULES}$1/`, `${MODULES}[^/]+/index\\.ts$`] },
    ),
    rule(
      "entries-through-index",
      { path: "^apps/server/src/", pathNot: [MODULES, TESTS] },
      { path: MODULES, pathNot: `${MODULES}[^/]+/index\\.ts$` },
    ),

    // Console: app → features → shared
    rule(
      "features-are-islands",
      { path: "^apps/console/src/features/([^/]+)/" },
      { path: "^apps/console/src/features/", pathNot: "^apps/console/src/features/$1/" },
    ),
    rule(
      "console-flows-down",
      { path: "^apps/console/src/(features|shared)/", pathNot: TESTS },
      { path: "^apps/console/src/app/" },
    ),
    rule(
      "console-shared-is-bottom",
      { path: "^apps/console/src/shared/", pathNot: TESTS },
      { path: "^apps/console/src/features/" },
    ),

    rule("products-see-no-tests", { pathNot: TESTS }, { path: TESTS }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // A module's tests start the whole application through `testing`: that is no cycle of the product.
    exclude: { path: "(^|/)dist/|^apps/server/src/testing/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
      extensions: [".ts", ".tsx"],
    },
  },
};
