"""JSON, read as the AWS CLI reads it."""
