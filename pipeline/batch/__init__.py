"""Running the stages over many documents: store, shards, workers, publishing."""
