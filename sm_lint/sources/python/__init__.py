"""Python as its own parser reads it: texts -> calls, with their arguments as far as they are known. Nothing is run."""
