"""Requests and a RuleSet -> diagnostics."""
