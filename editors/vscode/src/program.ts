// The program that the settings name.
import { homedir } from "node:os";
import { workspace } from "vscode";

export interface Program {
  path: string;
  /** What stands between the program and its command: `-m sm_lint`, if the program is Python. */
  arguments: string[];
}

/** Returns the program that the settings name. */
export function program(): Program {
  const settings = workspace.getConfiguration("sm-lint");
  return {
    path: filled(settings.get("path", "sm-lint")),
    arguments: settings.get<string[]>("arguments", []).map(filled),
  };
}

/** Returns a setting with what VS Code itself fills in only in tasks and launch configurations. */
function filled(text: string): string {
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  return text.replace(/^~(?=[/\\])/, homedir()).replaceAll("${workspaceFolder}", folder);
}

/** Returns why a program did not run or has ended, in a sentence; `said` is what it wrote to stderr. */
export function reason(failed: Program, error: unknown, said: string): string {
  if ((error as NodeJS.ErrnoException | null)?.code === "ENOENT") {
    return `sm-lint was not found: there is no program “${failed.path}”. Install it, or say in the settings where it is.`;
  }
  const last = said.trim().split("\n").at(-1)?.replace(/^sm-lint: /, "");
  return `sm-lint does not run: ${last || (error instanceof Error ? error.message : "it has ended.")}`;
}
