"""The words that all layers speak: places, diagnostics, reports, settings. It imports nothing of sm-lint."""
