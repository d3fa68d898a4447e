"""Who was asked, who answered, and weights for the difference."""
