// Uses VS Code in a browser as a person would. Takes as argument the path of a JSON file:
// {url, folder, settings, chromium, screenshots}. Prints what was seen, in JSON, and writes a screenshot of each step.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const asked = JSON.parse(readFileSync(process.argv[2], "utf8"));
const seen = {};
const browser = await chromium.launch({ executablePath: asked.chromium, args: ["--no-sandbox"] }); // for CI, as root
const page = await browser.newPage({ viewport: { width: 1000, height: 620 } });
page.setDefaultTimeout(60_000);

const squiggles = (kind) => page.locator(`.editor-instance .squiggly-${kind}`);
const rows = page.locator(".quick-input-list .monaco-list-row");
const texts = async (locator) => (await locator.allInnerTexts()).map((text) => text.replaceAll("\u00a0", " ").trim());

const pick = async (keys, text, row) => {
  await page.keyboard.press(keys);
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.type(text);
  await rows.filter({ hasText: row }).first().click();
};
const open = async (name, place = "") => {
  await pick("Control+p", name + place, name);
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator(".editor-instance .view-line").first().waitFor();
};
const run = (title) => pick("F1", `>${title}`, title);
const shoot = (name) => page.screenshot({ path: join(asked.screenshots, `${name}.png`) });
const onDisk = (name) => readFileSync(join(asked.folder, name), "utf8");
const until = async (isTrue) => {
  for (const end = Date.now() + 60_000; !(await isTrue()); await page.waitForTimeout(50)) {
    if (Date.now() > end) throw new Error(`never true: ${isTrue}`);
  }
};
const save = async (name) => {
  const before = onDisk(name);
  await page.keyboard.press("Control+s");
  await until(() => onDisk(name) !== before);
  return onDisk(name);
};

const steps = {
  async squiggle() {
    await page.goto(asked.url);
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
    await open("foreign.json"); // which the server has seen when it shows anything in the next
    await open("request.yaml");
    await until(async () => (await squiggles("error").count()) === 2);
    await shoot("squiggle");
    return squiggles("error").count();
  },
  async hover() {
    await page.locator(".view-line span", { hasText: /^Tags$/ }).first().hover();
    const shown = page.locator(".monaco-hover:not(.hidden)").filter({ hasText: "The tags of" }).first();
    await shown.waitFor();
    await shoot("hover");
    return (await texts(shown))[0].split("\n");
  },
};

let step = "";
try {
  for (step of Object.keys(steps)) {
    seen[step] = await steps[step]();
  }
} catch (error) {
  seen.failed = `${step}: ${error.stack}`;
  await shoot("failed");
}
await browser.close();
console.log(JSON.stringify(seen));
