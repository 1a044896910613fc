"""Rule files -> RuleSet."""
