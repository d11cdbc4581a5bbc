"""Reports: data to bytes."""
