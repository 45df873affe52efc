"""HTTP: each route loads what a rule needs, asks it once, and answers."""
