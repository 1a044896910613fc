// Compiles the schema as SchemaStore does, in Ajv's strict mode with one unknown keyword, and judges requests.
// Reads from stdin {schema, requests}; writes {complaints, verdicts}.
const Ajv = require("ajv");
const { readFileSync } = require("fs");

const { schema, requests } = JSON.parse(readFileSync(0, "utf8"));
const complaints = [];
const logger = Object.fromEntries(["log", "warn", "error"].map((level) => [level, (text) => complaints.push(text)]));
const ajv = new Ajv({ strict: true, logger });
ajv.addKeyword("enumDescriptions"); // which SchemaStore knows
ajv.addKeyword("errorMessage");
const validate = ajv.compile(schema);
console.log(JSON.stringify({ complaints, verdicts: requests.map((request) => validate(request)) }));
