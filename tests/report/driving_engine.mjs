// Runs the page's engine under node: what it says of cases otherwise than the wizard, as JSON.
import fs from "node:fs";
import vm from "node:vm";

const [engine, comparing, file] = process.argv.slice(2);
for (const script of [engine, comparing]) vm.runInThisContext(fs.readFileSync(script, "utf8"));
const { data, cases } = JSON.parse(fs.readFileSync(file, "utf8"));
data.cases = cases;
globalThis.data = data;
console.log(JSON.stringify(vm.runInThisContext("differences(data, data.cases)")));
