"""What a citation does and the text around it: citation function, link lists, rebuttals. Runs before scoring."""
