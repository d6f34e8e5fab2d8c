"""The outbox at work: what is due is planned, claimed, handed over and marked."""
