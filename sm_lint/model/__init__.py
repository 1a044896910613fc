"""The types that all layers share: spans, pointers, diagnostics, reports, settings. Imports no other layer."""
