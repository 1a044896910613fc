"""pipelines.py imports the SDK, which is installed in an environment of its own."""

collect_ignore = ["pipelines.py"]
