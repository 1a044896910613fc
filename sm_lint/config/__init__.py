"""Configuration files and options of the command line -> Settings."""
