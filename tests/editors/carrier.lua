-- Uses Neovim in a pipeline definition, with the set-up of docs/editors.md, and writes down what it shows.
-- Run by tests/cli/test_editors.py; the file is open in the current buffer, $SM_LINT_LOG names where to write.
local shown = {}

local function await(condition)
  return vim.wait(20000, condition, 20)
end

local function ask(method, line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local answers = vim.lsp.buf_request_sync(0, method, vim.lsp.util.make_position_params(), 20000)
  return answers and answers[next(answers)].result
end

local function show_diagnostics()
  await(function()
    return #vim.diagnostic.get(0) > 0
  end)
  for _, found in ipairs(vim.diagnostic.get(0)) do
    table.insert(shown, ("%d:%d %s"):format(found.lnum + 1, found.col + 1, found.message))
  end
end

show_diagnostics()
table.insert(shown, ask("textDocument/hover", 3, 8).contents.value)
-- While one types, the file is no JSON.
vim.api.nvim_buf_set_lines(0, 2, 2, true, { '    "ModelAp' })
for _, item in ipairs(ask("textDocument/completion", 3, 12)) do
  if item.label:match("^ModelAp") then
    table.insert(shown, item.textEdit.newText)
  end
end
show_diagnostics()
vim.fn.writefile(shown, vim.env.SM_LINT_LOG)
vim.cmd("qall!")
