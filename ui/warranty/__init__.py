"""The warranty of a unit: its segments, its reasons, and what may be entered."""
