"""The phone's real data layer against the real server application, with everything between them decided by a seed."""
