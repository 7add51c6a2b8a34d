"""From a journal to paper."""
