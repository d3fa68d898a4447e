"""Survey files, our own and those of other tools; `README.md` says what becomes of them."""
