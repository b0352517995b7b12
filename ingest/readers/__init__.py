"""Readers of one kind of file each: from bytes to pages. Run as `python -m ingest.readers FILE`."""
