"""Tables of text: from a file's bytes to records by a profile, and back."""
