// Drives one headless Chromium for the tests: a JSON object a line comes in, one a line goes out.
// `chromium.py` has the words for it.  The packages are in the folder that MDT_WIZARD_NODE names.
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";

const require = createRequire(path.resolve(process.env.MDT_WIZARD_NODE, "package.json"));
const puppeteer = require("puppeteer-core");
const { HtmlValidate } = require("html-validate");
const axe = require("axe-core").source;

const [program, profile] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath: program,
  userDataDir: profile,
  pipe: true,
  args: [
    "--no-sandbox", // no sandbox can be had as root, and the pages are the project's own
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--font-render-hinting=none",
  ],
});
const pages = new Map();
let last = 0;

async function open({ url, width, height, dark, scripts, print, scale }) {
  const page = await browser.newPage();
  const seen = { page, dark, told: [], requests: [] };
  page.on("console", (message) => seen.told.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => seen.told.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    seen.told.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => seen.requests.push(request.url()));
  await page.setViewport({ width, height, deviceScaleFactor: scale });
  await page.setJavaScriptEnabled(scripts);
  await show(page, print ? "print" : "screen", dark);
  await page.goto(url, { waitUntil: "load" });
  last += 1;
  pages.set(last, seen);
  return last;
}

// Both at once: puppeteer's own calls for the one undo the other.
async function show(page, media, dark) {
  const client = await page.createCDPSession();
  await client.send("Emulation.setEmulatedMedia", {
    media,
    features: [
      { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
      { name: "prefers-reduced-motion", value: "reduce" },
    ],
  });
}

// What a page said on its console, and what it asked for, since it was opened.
async function seen({ page }) {
  const { told, requests } = pages.get(page);
  return { told, requests };
}

async function evaluate({ page, code }) {
  return (await pages.get(page).page.evaluate(code)) ?? null;
}

async function look({ page, rules }) {
  const { page: tab } = pages.get(page);
  await tab.evaluate(`${axe}; undefined`);
  const options = { resultTypes: ["violations"], runOnly: rules };
  const found = await tab.evaluate(`axe.run(document, ${JSON.stringify(options)})`);
  return found.violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    places: nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary}`),
  }));
}

async function press({ page, keys }) {
  for (const key of keys) await pages.get(page).page.keyboard.press(key);
  return null;
}

async function click({ page, selector }) {
  await pages.get(page).page.click(selector);
  return null;
}

async function pdf({ page, file, paper }) {
  const { page: tab, dark } = pages.get(page);
  await show(tab, "print", dark);
  await tab.pdf({ path: file, format: paper, tagged: true, outline: true });
  return null;
}

async function screenshot({ page, file, whole }) {
  await pages.get(page).page.screenshot({ path: file, fullPage: whole });
  return null;
}

async function close({ page }) {
  await pages.get(page).page.close();
  pages.delete(page);
  return null;
}

// What html-validate finds in a text, each with its rule, line and column.
async function validate({ text, config }) {
  const report = await new HtmlValidate(config).validateString(text);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, line, column, message }) => `${line}:${column} ${message} [${ruleId}]`),
  );
}

const calls = { open, seen, evaluate, look, press, click, pdf, screenshot, close, validate };
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { call, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { result: await calls[call](given) };
  } catch (error) {
    answer = { error: error.stack };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
