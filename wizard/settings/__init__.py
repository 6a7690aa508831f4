"""What its user has set for the screen, in the file `config.toml`."""
