"""The files that have shell scripts inside, a module each: it undoes the escapes of the language around the script."""
