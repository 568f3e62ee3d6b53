"""A transformer that finds names, as a spaCy component that runs on onnxruntime."""
