"""All writes; only usecases call them."""
