"""Signed papers: the inbox, answers to key, papers awaited, papers on file."""
