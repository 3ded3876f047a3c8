"""Customers: the list and its dialogues."""
