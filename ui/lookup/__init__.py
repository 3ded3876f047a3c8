"""Looking up: the detail of a unit, its life-line, the list of units."""
