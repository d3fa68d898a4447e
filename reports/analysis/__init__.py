"""The curve of any file that has a score and a loyalty column; `README.md` describes the output."""
