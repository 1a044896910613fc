"""What the AWS CLI makes of the words of a command: options, shorthand, JSON and files."""
