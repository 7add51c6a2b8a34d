"""Everything that lies on this machine: sealed generations, the vault, who is trusted, and the reader."""
