// The schema of the request, for files that are named *.model-package.json or .yaml, while the server does not run.
// With the server, the schema would show the same again: so it is empty then.
import { readFileSync } from "node:fs";
import { EventEmitter, Uri, extensions, workspace, type ExtensionContext } from "vscode";

const SCHEME = "sm-lint"; // package.json names it, too
const SCHEMA = Uri.parse(`${SCHEME}://schemas/create-model-package.schema.json`);

/** What the extension "YAML" by Red Hat exports: a schema that depends on the file, or on the time. */
interface Yaml {
  registerContributor(
    scheme: string,
    schemaOf: (file: string) => string | undefined,
    textOf: (schema: string) => string,
  ): boolean;
}

/** Offers the schema. Returns `show(isShown)`, which says from when on it has something in it. */
export function schema(context: ExtensionContext): (isShown: boolean) => void {
  const changed = new EventEmitter<Uri>();
  let isShown = false;
  let isOfferedToYaml = false;

  function text(): string {
    return isShown ? readFileSync(context.asAbsolutePath("dist/create-model-package.schema.json"), "utf8") : "{}";
  }

  async function offerToYaml(): Promise<void> {
    const yaml = extensions.getExtension<Yaml>("redhat.vscode-yaml");
    if (isOfferedToYaml || !yaml) return;
    isOfferedToYaml = true;
    const isNamed = (file: string) => /\.model-package\.ya?ml$/.test(file);
    (await yaml.activate()).registerContributor(
      SCHEME,
      (file) => (isShown && isNamed(file) ? SCHEMA.toString() : undefined),
      text,
    );
  }

  context.subscriptions.push(
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: text,
    }),
  );
  return (wanted) => {
    isShown = wanted;
    changed.fire(SCHEMA);
    if (isShown) void offerToYaml();
  };
}
