// The client of `sm-lint server`.
import { spawn, type ChildProcess } from "node:child_process";
import { homedir } from "node:os";
import { LogLevel, Uri, commands, workspace, type LogOutputChannel } from "vscode";
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

/**
 * Returns the log for the messages. The client writes them if the level of the log is "trace", which one sets with a
 * command of VS Code; here the setting decides, as in other extensions.
 */
function traced(log: LogOutputChannel): LogOutputChannel {
  const isOff = workspace.getConfiguration("sm-lint").get("trace.server", "off") === "off";
  return { ...log, logLevel: isOff ? log.logLevel : LogLevel.Trace, trace: (text) => log.info(text) };
}

export interface Server {
  client: LanguageClient;
  /** Ends it, whether it runs, is starting, or has ended by itself. */
  end(): Promise<void>;
}

/** Starts the server. `failed` is called with the reason if it cannot be started, or ends by itself. */
export function start(outputChannel: LogOutputChannel, failed: (reason: string) => void): Server {
  const used = program();
  let child: ChildProcess | undefined;
  let said = "";
  let isOver = false;

  function over(error: unknown): void {
    if (!isOver) failed(reason(used, error, said));
    isOver = true;
  }

  function spawned(): Promise<ChildProcess> {
    // Not in a folder of the user: on Windows, a program is looked for there first, and Python imports from there.
    const process = spawn(used.path, [...used.arguments, "server"], { cwd: homedir() });
    child = process;
    process.stderr.on("data", (chunk) => (said = (said + chunk).slice(-10_000)));
    process.once("error", over).once("close", () => over(null));
    return new Promise((resolve, reject) => process.once("spawn", () => resolve(process)).once("error", reject));
  }

  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    outputChannel,
    traceOutputChannel: traced(outputChannel),
    diagnosticCollectionName: "sm-lint",
    // `failed` says what has happened, and the user decides about the next try.
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
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
  const client = new QuietClient("sm-lint", "sm-lint", spawned, options);
  client.start().catch(() => undefined);

  async function end(): Promise<void> {
    isOver = true;
    if (client.isRunning()) await client.dispose().catch(() => undefined);
    else child?.kill(); // what is starting cannot be asked to end
  }
  return { client, end };
}
