"""What a person would write with the named peer: small scripts, each run as a process of its own."""
