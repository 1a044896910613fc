"""The parts of the page that the format `html` writes."""
