"""YAML, read as the AWS CLI reads it."""
