"""Everything that trains: catalog, spec, stacked engine, jobs, store; never imports Streamlit."""
