"""Zones: the board, the shelves, the ledgers, stock-takes."""
