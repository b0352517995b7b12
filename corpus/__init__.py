"""What a report is, and where its words are kept. Imports no sibling package."""
