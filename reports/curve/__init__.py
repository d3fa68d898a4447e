"""The curve page beyond the curve: zones, segments and the worth of a step."""
