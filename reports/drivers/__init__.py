"""Which questions go together with overall satisfaction."""
