"""Where sm-lint is used by other programs. A module a program; nothing in sm-lint imports them."""
