"""What is a rule and no code: one loader for each file of resources/rules."""
