"""The promised interface: HTTP answers, saved rows, files and commands, on both databases."""
