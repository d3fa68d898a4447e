"""What customers are sent: words with places to fill in, made into mails and text messages."""
