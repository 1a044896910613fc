// The client of `sm-lint server`.
import { spawn, type ChildProcess } from "node:child_process";
import { homedir } from "node:os";
import { commands, Uri, type LogOutputChannel } from "vscode";
import { CloseAction, ErrorAction, LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";
import { program, reason } from "./program";

/** Languages that have requests, and those in which the configuration may tell sm-lint to look for commands. */
const LANGUAGES = [
  "json", "jsonc", "jsonl", "yaml",
  "dockerfile", "groovy", "makefile", "markdown", "python", "shellscript", "terraform",
];

const SELECTOR = [
  ...LANGUAGES.map((language) => ({ scheme: "file", language })),
  // Other extensions give some YAML a language of its own: templates, workflows of CI services.
  { scheme: "file", pattern: "**/*.{json,yaml,yml}" },
  ...["json", "jsonc", "yaml"].map((language) => ({ scheme: "untitled", language })),
];

/** A client whose failures are only logged: the extension tells them once, in words that say what to do. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Starts the server, and returns its client; `failed` is called once with the reason if it ends by itself. */
export function start(outputChannel: LogOutputChannel, failed: (reason: string) => void): LanguageClient {
  const used = program();
  let said = "";
  let isOver: Promise<unknown> = Promise.resolve();

  function started(): Promise<ChildProcess> {
    // Not in a folder of the user: on Windows, a program is looked for there first, and Python imports from there.
    const child = spawn(used.path, [...used.arguments, "server"], { cwd: homedir() });
    child.stderr.on("data", (chunk) => (said = (said + chunk).slice(-10_000)));
    isOver = new Promise((resolve) => child.once("close", resolve));
    return new Promise((resolve, reject) => {
      child.once("spawn", () => resolve(child));
      child.once("error", (error) => {
        failed(reason(used, error, said));
        reject(error);
      });
    });
  }

  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    outputChannel,
    diagnosticCollectionName: "sm-lint",
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: async () => {
        await isOver; // only then all is read that it said
        failed(reason(used, "it has ended", said));
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
    middleware: {
      window: {
        // The page of a rule is Markdown, which one wants to read and not to edit.
        showDocument: async (params, token, next) => {
          if (!params.uri.endsWith(".md")) return next(params, token);
          await commands.executeCommand("markdown.showPreview", Uri.parse(params.uri));
          return { success: true };
        },
      },
    },
  };
  const client = new QuietClient("sm-lint", "sm-lint", started, options);
  client.start().catch(() => undefined); // `failed` has been called
  return client;
}
