"""One module per format; each reads the Result and nothing else."""
