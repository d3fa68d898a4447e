"""Relationship and transactional surveys side by side, per customer group."""
