"""What an editor asks of a pathway's files while somebody types; only `server` knows a protocol."""
