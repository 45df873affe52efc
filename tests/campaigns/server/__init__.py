"""Campaigns against the server: any order of requests, kills, and readers among writers, on both databases."""
