// Validates FHIR resources with the npm package `fhir`: one a line comes in, as JSON, and a list of
// what is wrong with it goes out.  The package is in the folder that MDT_WIZARD_NODE names.
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";

const require = createRequire(path.resolve(process.env.MDT_WIZARD_NODE, "package.json"));
const { Fhir } = require("fhir");

const fhir = new Fhir();
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { messages } = fhir.validate(JSON.parse(line), { errorOnUnexpected: true });
  const told = messages.map(({ severity, location, message }) => `${severity} ${location}: ${message}`);
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
