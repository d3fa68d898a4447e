"""The staff pages: surveys, customers, asking, imports."""
