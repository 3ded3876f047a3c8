"""Taking in a list of returned units: what its columns mean, what becomes of each row, and why.

Pure: the same rows and the same knowledge of the house always give the same fates, so that a rehearsal and the
import that follows cannot differ.
"""
