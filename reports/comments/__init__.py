"""What customers wrote: found, tagged, masked and quoted."""
