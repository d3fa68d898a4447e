"""What customers did beside what they said, and what they are worth."""
