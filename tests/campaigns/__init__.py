"""Long runs that look for what nobody thought of: seeded, repeatable, and each with its planted faults."""
