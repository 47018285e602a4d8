"""Everything that trains: the catalog, the spec, the stacked engine, the jobs and the store. Never imports Streamlit."""
