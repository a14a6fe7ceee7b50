"""What a person does with the portal, one file each; ``ports`` says what a journey needs."""
