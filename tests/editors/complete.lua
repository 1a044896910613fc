-- Completes with <C-x><C-o> in Neovim, with the set-up of docs/editors.md, and writes down the line.
-- Run by tests/cli/test_editors.py; the file is open in the current buffer, $SM_LINT_LOG names where to write.
vim.o.completeopt = "menuone,noinsert"

local function when(condition, action)
  local timer = vim.loop.new_timer()
  timer:start(20, 20, vim.schedule_wrap(function()
    if not timer:is_closing() and condition() then
      timer:close()
      action()
    end
  end))
end

vim.wait(20000, function()
  return #vim.diagnostic.get(0) > 0
end, 20)
vim.cmd("normal! G")
vim.api.nvim_input("A<C-x><C-o>")
when(function()
  return vim.fn.pumvisible() == 1
end, function()
  vim.api.nvim_input("<C-y><Esc>")
  when(function()
    return vim.fn.mode() == "n"
  end, function()
    vim.fn.writefile({ vim.fn.getline(".") }, vim.env.SM_LINT_LOG)
    vim.cmd("qall!")
  end)
end)
