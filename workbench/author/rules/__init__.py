"""What `lint` looks for; each rule gives its findings, each with what to do."""
