"""The language server, `sm-lint server`. It needs the extra `sm-lint[lsp]`; only its command imports it."""
