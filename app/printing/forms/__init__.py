"""One file per form: slip data on a sheet, in the order in which a person reads it."""
