"""Files of single answers, over all versions of a survey."""
