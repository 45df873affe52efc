"""The server: routes that load, ask one rule of `domain`, and save what it said."""
