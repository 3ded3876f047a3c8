"""The file of a unit, everything of its lot, and the file of a customer."""
