"""The monthly quality report."""
