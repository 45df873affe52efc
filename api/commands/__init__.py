"""The commands that an operator types: what they ask for and what they print."""
