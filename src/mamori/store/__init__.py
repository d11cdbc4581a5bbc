"""The database: models, queries, writes."""
