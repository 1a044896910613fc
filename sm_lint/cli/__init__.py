"""The command line: the only place that prints and picks an exit status."""
