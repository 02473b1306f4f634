{
	uint32_t x;
}
