"""Survey versions as documents; `README.md` beside this file describes their form."""
