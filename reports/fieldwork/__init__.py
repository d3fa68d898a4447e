"""How the fieldwork goes."""
