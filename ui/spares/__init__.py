"""Repaired spares, owed units, loaners, emergency builds, restocking."""
