"""The night's pure parts: what a row is as text, what a chain is, when it is due, what two versions mean (spec 4)."""
