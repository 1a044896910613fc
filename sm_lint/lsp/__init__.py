"""The language server, `sm-lint server`; it needs the extra `sm-lint[lsp]`, and nothing else imports it."""
