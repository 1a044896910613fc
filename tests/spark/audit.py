"""A program that uses Spark: it prints the diagnostics of the rows in a file, each with the key of its row.

python audit.py MASTER FILE PROGRAM: the file has a row as a JSON line, its key and its text in base64 or null. At the
end it runs another program.
"""

import json
import os
import runpy
import sys
from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

from sm_lint.integrations.spark import diagnostics

LATE = "timestamp'9999-12-31 00:00:00'"
TINY = {
    "spark.ui.enabled": "false",
    "spark.sql.files.maxPartitionBytes": "300k",
    "spark.driver.bindAddress": "127.0.0.1",
}


def rows(spark: Any, path: str) -> Any:
    """Return the frame of a file: a key that may be null, a date that few programs keep, the text, an odd name."""
    read = spark.read.schema("key long, text string").json(path)
    return read.select("key", f.expr(LATE).alias("late"), f.unbase64("text").alias("text"), f.lit(1).alias("one.`two"))


def main(master: str, path: str, program: str) -> None:
    """Print the diagnostics; then again the codes, with the texts as strings and a configuration; run the program."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(master)
    for key, value in TINY.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    frame = rows(spark, path)
    for line in diagnostics(frame, "text").toJSON().collect():
        print(line)  # noqa: T201
    strings = frame.select("key", f.col("text").cast("string").alias("text"))
    found = diagnostics(strings, "text", config={"select": ["SM0"]}).select("code").collect()
    print(json.dumps(sorted(of["code"] for of in found)))  # noqa: T201
    runpy.run_path(program)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
