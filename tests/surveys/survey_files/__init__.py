"""Survey files of Topbox and of other tools."""
