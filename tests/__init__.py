"""Tests read as sentences: of the rules, of the API on both databases, of the phone, of whole journeys."""
