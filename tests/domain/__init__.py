"""The rules, tried as values: no database, no clock, well under a second each."""
