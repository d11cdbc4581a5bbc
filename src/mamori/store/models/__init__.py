"""Tables, one module a topic: shape and constraints, no rules."""
