-- Uses Neovim as somebody would who has the set-up of docs/editors.md, and writes down what it shows.
-- Run by tests/cli/test_editors.py; the file is open in the current buffer, $SM_LINT_LOG names where to write.
local shown = {}

local function show(text)
  table.insert(shown, text)
end

local function finish(failure)
  if failure then
    show("FAILED: " .. failure)
  end
  vim.fn.writefile(shown, vim.env.SM_LINT_LOG)
  vim.cmd("qall!")
end

local function await(what, condition)
  if not vim.wait(20000, condition, 20) then
    finish("no " .. what)
  end
end

local function diagnostics()
  local found = vim.diagnostic.get(0)
  table.sort(found, function(a, b)
    return a.lnum < b.lnum
  end)
  return found
end

local function show_diagnostics()
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    show(("%d | %s"):format(number, line))
    for _, found in ipairs(diagnostics()) do
      if found.lnum == number - 1 then
        local caret = (" "):rep(found.col) .. ("^"):rep(found.end_col - found.col)
        show(("  | %s %s"):format(caret, found.message:gsub("\n", "\n  | " .. (" "):rep(found.end_col + 1))))
      end
    end
  end
end

local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return window
    end
  end
end

await("diagnostics", function()
  return #diagnostics() == 2
end)
show("The file is opened:\n")
show_diagnostics()

show("\nThe cursor is on Tags, and vim.lsp.buf.hover() is called:\n")
vim.api.nvim_win_set_cursor(0, { 3, 1 })
vim.lsp.buf.hover()
await("hover", floating)
for _, line in ipairs(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(floating()), 0, -1, false)) do
  show(line == "" and "" or "  " .. line)
end
vim.api.nvim_win_close(floating(), true)

vim.ui.select = function(items, options, choose)
  for _, item in ipairs(items) do
    show("  - " .. options.format_item(item))
  end
  choose(items[1], 1)
end
for _, line in ipairs({ 2, 3 }) do
  local before = #diagnostics()
  show(("\nThe cursor is on line %d, vim.lsp.buf.code_action() is called, and the first entry chosen:\n"):format(line))
  vim.api.nvim_win_set_cursor(0, { line, 1 })
  vim.lsp.buf.code_action()
  await("fix of line " .. line, function()
    return #diagnostics() == before - 1
  end)
end

show("\nThe file after both fixes, with what is found in it:\n")
show_diagnostics()
vim.cmd("write")
finish()
