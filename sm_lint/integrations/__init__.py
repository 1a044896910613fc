"""What lints requests inside other programs: boto3 at the moment of sending, and pytest. A module a program."""
