"""Make bundles from material elsewhere. Nothing here knows Django's machinery or any room of the house."""
