// Asks the schema engines of editors what they would show. Reads from stdin
// {schema, requests}, each request {engine, text, offset}; writes for each {problems, hover, completions}.
const json = require("vscode-json-languageservice");
const yaml = require("yaml-language-server");
const { readFileSync } = require("fs");

const { schema, requests } = JSON.parse(readFileSync(0, "utf8"));
const uri = "sm-lint:///schema";

function jsonEngine() {
  const service = json.getLanguageService({});
  const parsed = new Map();
  service.configure({ schemas: [{ uri, fileMatch: ["*"], schema }] });
  const read = (document) => parsed.get(document) || parsed.set(document, service.parseJSONDocument(document)).get(document);
  return {
    validate: (document) => service.doValidation(document, read(document)),
    hover: (document, position) => service.doHover(document, position, read(document)),
    complete: (document, position) => service.doComplete(document, position, read(document)),
  };
}

function yamlEngine() {
  const quiet = { send: () => {}, sendError: () => {} };
  const connection = { console: { log: () => {}, error: () => {}, warn: () => {} }, window: {}, telemetry: quiet };
  const context = { resolveRelativePath: (relative, base) => new URL(relative, base).href };
  const service = yaml.getLanguageService({
    schemaRequestService: async () => JSON.stringify(schema),
    workspaceContext: context,
    connection: { ...connection, onRequest: () => {} },
    telemetry: quiet,
  });
  const schemas = [{ uri, fileMatch: ["*.yaml"], schema }]; // "named" files name it in a comment
  service.configure({ validate: true, hover: true, completion: true, schemas });
  return {
    validate: (document) => service.doValidation(document, false),
    hover: (document, position) => service.doHover(document, position),
    complete: (document, position) => service.doComplete(document, position, false),
  };
}

function text(hover) {
  const contents = hover ? [].concat(hover.contents) : [];
  return contents.map((part) => (typeof part === "string" ? part : part.value)).join("\n");
}

async function main() {
  const engines = { json: jsonEngine(), yaml: yamlEngine() };
  engines.named = engines.yaml;
  const answers = [];
  for (const [number, { engine, text: content, offset }] of requests.entries()) {
    const document = json.TextDocument.create(`file:///${number}.${engine}`, engine === "json" ? "json" : "yaml", 1, content);
    const position = document.positionAt(offset);
    const service = engines[engine];
    const completions = await service.complete(document, position);
    answers.push({
      problems: (await service.validate(document)).map((problem) => problem.message),
      hover: text(await service.hover(document, position)),
      completions: completions ? completions.items.map((item) => item.label) : [],
    });
  }
  console.log(JSON.stringify(answers));
}

main();
