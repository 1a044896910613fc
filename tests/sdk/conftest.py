"""pipelines.py and registrations.py import the SDK, which is installed in an environment of its own."""

collect_ignore = ["pipelines.py", "registrations.py"]
