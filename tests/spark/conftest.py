"""audit.py imports pyspark, which is installed in an environment of its own."""

collect_ignore = ["audit.py"]
