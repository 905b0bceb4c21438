"""Contact policy (the door) and redaction of closed contacts. Runs before scoring."""
