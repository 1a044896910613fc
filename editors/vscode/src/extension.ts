// The extension: it runs the server, and says what to do where that fails.
import { ProgressLocation, commands, env, window, workspace, type ExtensionContext } from "vscode";
import { schema } from "./schema";
import { start, type Server } from "./server";
import { linter } from "./workspace";

let server: Server | undefined;

export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("sm-lint", { log: true });
  const showSchema = schema(context);
  const lint = linter(context, (file) => server?.client.diagnostics?.get(file) ?? []);

  let turn = Promise.resolve();
  function restart(): Promise<void> {
    turn = turn.then(async () => {
      await server?.end(); // first, because only one can have its commands
      showSchema(false);
      server = start(log, (reason) => {
        showSchema(true);
        void complain(reason);
      });
    });
    return turn;
  }

  async function complain(reason: string): Promise<void> {
    const chosen = await window.showErrorMessage(reason, "Open Settings", "Try Again", "Show Log");
    if (chosen === "Open Settings") await openSettings();
    if (chosen === "Try Again") await restart();
    if (chosen === "Show Log") log.show();
  }

  async function lintWorkspace(): Promise<void> {
    try {
      const options = { location: ProgressLocation.Window, title: "sm-lint: linting the workspace" };
      const summary = await window.withProgress(options, lint);
      await commands.executeCommand("workbench.actions.view.problems");
      void window.showInformationMessage(`sm-lint: ${summary}`);
    } catch (error) {
      void complain((error as Error).message);
    }
  }

  context.subscriptions.push(
    log,
    commands.registerCommand("sm-lint.lintWorkspace", lintWorkspace),
    commands.registerCommand("sm-lint.restart", restart),
    commands.registerCommand("sm-lint.showLog", () => log.show()),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("sm-lint")) void restart();
    }),
  );
  void restart();
}

/** Opens the settings of the extension, where those of the machine are shown that has the program. */
async function openSettings(): Promise<void> {
  const where = env.remoteName ? "openRemoteSettings" : "openSettings";
  await commands.executeCommand(`workbench.action.${where}`, { query: "@ext:sm-lint.sm-lint" });
}

/** Ends the server, if there is one. */
export function deactivate(): Promise<void> | undefined {
  return server?.end();
}
