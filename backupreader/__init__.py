"""The core of Backup Reader: records, the sealed store, and the command line."""

VERSION = "0.1.0"
