"""The reading room: a page for people, an HTTP interface for programs, permanent links."""
