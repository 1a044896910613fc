" Lints with ALE in Vim, with the set-up of docs/editors.md, and writes down what it has found.
" Run by tests/cli/test_editor_setups.py; the file is open, $SM_LINT_LOG names where to write.
ALELint
call ale#test#WaitForJobs(20000)
while empty(ale#engine#GetLoclist(bufnr('')))
  sleep 20m
endwhile
let s:found = map(copy(ale#engine#GetLoclist(bufnr(''))), {_, d -> [d.lnum, d.col, d.end_lnum, d.end_col, d.type, d.code, d.text]})
call writefile([json_encode(s:found)], $SM_LINT_LOG)
qall!
