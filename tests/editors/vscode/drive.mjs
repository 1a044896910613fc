// Uses VS Code in a browser as a person would. Takes as argument the path of a JSON file:
// {installed, url, folder, chromium, screenshots}. Prints what was seen, in JSON, and writes a screenshot of each step.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const asked = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { chromium } = createRequire(join(asked.installed, "package.json"))("playwright-core");
const seen = {};
const browser = await chromium.launch({ executablePath: asked.chromium, args: ["--no-sandbox"] }); // for CI, as root
const page = await browser.newPage({ viewport: { width: 1000, height: 620 } });
page.setDefaultTimeout(60_000);

const squiggles = (kind) => page.locator(`.editor-instance .squiggly-${kind}`);
const texts = async (locator) => (await locator.allInnerTexts()).map((text) => text.replaceAll("\u00a0", " ").trim());

const open = async (name) => {
  await page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`).dblclick(); // and type there
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator(".editor-instance .view-line").first().waitFor();
};
const word = (text) => page.locator(".editor-instance .view-line span", { hasText: new RegExp(`^${text}$`) }).first();
const run = async (title) => {
  await page.keyboard.press("F1");
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await rows.first().waitFor();
  await page.locator(".quick-input-widget input").first().fill(`>${title}`);
  await rows.filter({ hasText: title }).first().click();
};
const offered = page.locator(".action-widget .monaco-list-row.action");
const offer = async (title) => {
  await until(async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
    const row = offered.filter({ hasText: title }).first();
    return row.waitFor({ timeout: 3000 }).then(() => true, () => false); // VS Code may have asked before it was linted
  });
};
const shoot = (name) => page.screenshot({ path: join(asked.screenshots, `${name}.png`) });
const onDisk = (name) => readFileSync(join(asked.folder, name), "utf8");
const until = async (isTrue) => {
  for (const end = Date.now() + 60_000; !(await isTrue()); await page.waitForTimeout(50)) {
    if (Date.now() > end) throw new Error(`never true: ${isTrue}`);
  }
};
const save = async (name) => {
  const before = onDisk(name);
  let after = before;
  await page.keyboard.press("Control+s");
  await until(() => (after = onDisk(name)) && after !== before); // VS Code empties a file before it writes it
  return after;
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
    await word("Tags").hover();
    const shown = page.locator(".monaco-hover:not(.hidden)").filter({ hasText: "The tags of" }).first();
    await shown.waitFor();
    await shown.getByRole("button", { name: "Quick Fix" }).waitFor();
    await shoot("hover");
    return (await texts(shown))[0].split("\n");
  },
  async foreign() {
    await open("foreign.json");
    const count = (await squiggles("error").count()) + (await squiggles("warning").count());
    await shoot("foreign");
    return count;
  },
  async fix() {
    await open("request.yaml");
    await word("modelApprovalStatus").click();
    await offer("Rename");
    await shoot("fix");
    const titles = await texts(offered);
    await offered.first().click();
    await until(async () => (await squiggles("error").count()) === 1);
    return { titles, text: await save("request.yaml") };
  },
  async explain() {
    await word("Tags").click();
    await offer("Explain SM203");
    await offered.filter({ hasText: "Explain SM203" }).click();
    const preview = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    const heading = await preview.locator("h1").first().innerText();
    await shoot("explain");
    return heading;
  },
  async fixAll() {
    await open("all.yaml");
    await until(async () => (await squiggles("error").count()) === 2);
    await run("Fix All");
    await until(async () => (await squiggles("error").count()) === 1);
    await shoot("fix-all");
    return save("all.yaml");
  },
  async completion() {
    await open("new.yaml");
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Control+Space");
    const suggested = page.locator(".suggest-widget.visible .monaco-list-row");
    await suggested.filter({ hasText: "Rejected" }).waitFor();
    await shoot("completion");
    const titles = await texts(suggested);
    await suggested.filter({ hasText: "Rejected" }).click();
    return { titles, text: await save("new.yaml") };
  },
  async configuration() {
    await open("request.yaml");
    await until(async () => (await squiggles("error").count()) === 1);
    writeFileSync(join(asked.folder, "sm-lint.toml"), 'ignore = ["SM203"]\n');
    await until(async () => (await squiggles("error").count()) === 0);
    await shoot("configuration");
    return squiggles("error").count();
  },
  async workspace() {
    await run("sm-lint: Lint Workspace");
    const summary = page.locator(".notification-toast").filter({ hasText: "sm-lint:" });
    await summary.waitFor();
    const found = page.locator(".markers-panel .monaco-list-row");
    await found.filter({ hasText: "Domian" }).waitFor();
    await shoot("workspace");
    const all = await texts(found);
    await open("closed.json"); // now the findings are those of the server, and they stay when the file is closed
    await until(async () => (await squiggles("error").count()) === 2);
    await run("View: Close Editor");
    await page.locator('.tab[data-resource-name="closed.json"]').waitFor({ state: "detached" });
    return { summary: (await texts(summary))[0].split("\n")[0], found: all };
  },
  async missing() {
    await open("churn.model-package.json");
    const twice = await squiggles("warning").count(); // the schema has nothing in it while the server runs
    mkdirSync(join(asked.folder, ".vscode"));
    writeFileSync(join(asked.folder, ".vscode", "settings.json"), '{"sm-lint.path": "/nowhere/sm-lint"}');
    const told = page.locator(".notification-toast").filter({ hasText: "was not found" });
    await told.waitFor();
    await until(async () => (await squiggles("warning").count()) === 1); // the schema takes the place of the server
    await shoot("missing");
    const message = (await texts(told.locator(".notification-list-item-message")))[0];
    const kept = (await texts(page.locator(".markers-panel .monaco-list-row"))).filter((row) => row.includes("SM101"));
    const buttons = await texts(told.locator(".monaco-button"));
    await told.getByRole("button", { name: "Open Settings" }).click();
    await page.locator(".settings-editor .setting-item-contents").filter({ hasText: "Path" }).first().waitFor();
    await shoot("settings");
    return { message, buttons, twice, kept };
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
