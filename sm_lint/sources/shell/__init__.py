"""The commands in shell scripts, and in the files that have such scripts inside, as words with exact places."""
