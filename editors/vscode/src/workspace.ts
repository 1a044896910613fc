// Linting all files of the workspace, also those that are not open.
import { execFile } from "node:child_process";
import { homedir } from "node:os";
import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Location,
  Range,
  Uri,
  languages,
  workspace,
  type DiagnosticCollection,
  type ExtensionContext,
} from "vscode";
import { program, reason } from "./program";

// What is used of the output of `sm-lint check --output-format json`.
interface Place {
  line: number;
  column: number;
}
interface Span {
  start: Place;
  end: Place;
}
interface Found {
  code: string;
  severity: "error" | "warning" | "info";
  message: string;
  help: string | null;
  url: string | null;
  file: string;
  range: Span;
  related: { message: string; range: Span }[];
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Returns the findings in folders. Rejects with an error whose message is a sentence, if there is no result. */
function check(folders: string[]): Promise<Found[]> {
  const used = program();
  const words = [...used.arguments, "check", "--output-format", "json", "--allow-empty", "--", ...folders];
  return new Promise((resolve, reject) => {
    execFile(used.path, words, { cwd: homedir(), maxBuffer: 256 * 1024 * 1024 }, (error, output, said) => {
      try {
        resolve(JSON.parse(output).diagnostics); // also of a run that has failed for some of the files
      } catch {
        reject(new Error(reason(used, error, said)));
      }
    });
  });
}

/** Returns a function from places to positions: columns are in characters there, in VS Code in units of UTF-16. */
async function rangesIn(file: Uri): Promise<(span: Span) => Range> {
  const text = new TextDecoder().decode(await workspace.fs.readFile(file));
  const lines = text.split(/\r\n|\r|\n/);
  const units = ({ line, column }: Place) => [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
  return ({ start, end }) => new Range(start.line - 1, units(start), end.line - 1, units(end));
}

/** Returns the findings of one file as VS Code shows them: as those of the server look. */
async function shown(file: Uri, findings: Found[]): Promise<Diagnostic[]> {
  const rangeOf = await rangesIn(file);
  return findings.map((found) => {
    const text = found.help ? `${found.message}\n${found.help}` : found.message;
    const made = new Diagnostic(rangeOf(found.range), text, SEVERITIES[found.severity]);
    made.source = "sm-lint";
    made.code = found.url ? { value: found.code, target: Uri.parse(found.url) } : found.code;
    made.relatedInformation = found.related.map(
      ({ message, range }) => new DiagnosticRelatedInformation(new Location(file, rangeOf(range)), message),
    );
    return made;
  });
}

/**
 * Returns `lint()`, which lints all folders of the workspace, shows what is found, and returns how much that is.
 *
 * An open file has the diagnostics of the server. So those of here are removed when a file is opened; when it is
 * closed, the server removes its own, and what it had found last, as `latest` says, takes their place.
 */
export function linter(context: ExtensionContext, latest: (file: Uri) => readonly Diagnostic[]): () => Promise<string> {
  const closed: DiagnosticCollection = languages.createDiagnosticCollection("sm-lint of files that are not open");
  let isLinted = false;
  context.subscriptions.push(
    closed,
    workspace.onDidOpenTextDocument((document) => closed.delete(document.uri)),
    workspace.onDidCloseTextDocument((document) => {
      if (isLinted) closed.set(document.uri, latest(document.uri));
    }),
  );

  return async () => {
    const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
    const found = folders.length ? await check(folders) : [];
    const byFile = new Map<string, Found[]>();
    for (const one of found) {
      const findings = byFile.get(one.file);
      findings ? findings.push(one) : byFile.set(one.file, [one]);
    }
    isLinted = true;
    closed.clear();
    for (const [path, findings] of byFile) {
      const file = Uri.file(path);
      const isOpen = workspace.textDocuments.some(({ uri }) => uri.toString() === file.toString());
      if (!isOpen) closed.set(file, await shown(file, findings));
    }
    return `${counted(found.length, "finding")} in ${counted(byFile.size, "file")}.`;
  };
}

function counted(count: number, noun: string): string {
  return `${count || "No"} ${noun}${count === 1 ? "" : "s"}`;
}
