#include "image.h"

#include <string.h>

enum {
	TYPE_MAIN = 1,
	TYPE_REGIONS = 2,
	TYPE_NAME = 3,
	TYPE_FIXED = 5,
	TYPE_PERMISSIONS = 6,
	TYPE_STORAGE = 7,
	TYPE_KERNEL_VERSION = 8,
	TYPE_PROGRAM = 9,
	TYPE_SHORT_ID = 10,
	TYPE_CREDENTIAL = 128,
	DEFAULT_SIZE = 0x1000,
	HEADER_MAX = 8192,
};

void image_put_u16(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)value;
	at[1] = (uint8_t)(value >> 8);
}

void image_put_u32(uint8_t *at, uint32_t value)
{
	image_put_u16(at, value & 0xffff);
	image_put_u16(at + 2, value >> 16);
}

uint32_t image_u16(const uint8_t *at)
{
	return (uint32_t)(at[0] | at[1] << 8);
}

uint32_t image_u32(const uint8_t *at)
{
	return image_u16(at) | image_u16(at + 2) << 16;
}

void image_seal(uint8_t *at, uint32_t header_size)
{
	uint8_t sum[4] = {0};

	memset(at + 12, 0, 4);
	for (uint32_t i = 0; i < header_size; i++) {
		sum[i % 4] ^= at[i];
	}
	memcpy(at + 12, sum, 4);
}

/* Appends an element's head; returns where its value goes. */
static uint8_t *element(uint8_t *header, uint32_t *used, uint32_t type, uint32_t length)
{
	uint8_t *at = header + *used;

	image_put_u16(at, type);
	image_put_u16(at + 2, length);
	*used += 4 + (length + 3) / 4 * 4;
	return at + 4;
}

static uint32_t total_size(const struct image *image)
{
	return image->total_size != 0 ? image->total_size : DEFAULT_SIZE;
}

static uint32_t fixed(int64_t address)
{
	return address == 0 ? UINT32_MAX : (uint32_t)address;
}

static void put_main(uint8_t *value, const struct image *image)
{
	uint32_t init = image->init_offset != 0 ? image->init_offset : image->protected_size;

	image_put_u32(value, init);
	image_put_u32(value + 4, image->protected_size);
	image_put_u32(value + 8, image->minimum_ram);
}

static void put_program(uint8_t *header, uint32_t *used, const struct image *image)
{
	if (image->main_too) {
		memset(element(header, used, TYPE_MAIN, 12), 0x11, 12);
	}
	if (image->main_only) {
		put_main(element(header, used, TYPE_MAIN, 12), image);
	} else if (!image->no_program) {
		uint8_t *value = element(header, used, TYPE_PROGRAM, 20);

		put_main(value, image);
		image_put_u32(value + 12,
			      image->binary_end != 0 ? image->binary_end : total_size(image));
		image_put_u32(value + 16, image->version);
	}
}

static void put_permissions(uint8_t *header, uint32_t *used, const struct image *image)
{
	uint8_t *value = element(header, used, TYPE_PERMISSIONS, 2 + 16 * image->permission_count);

	image_put_u16(value, image->permission_count);
	for (uint32_t i = 0; i < image->permission_count; i++) {
		const struct image_permission *each = &image->permissions[i];

		image_put_u32(value + 2 + 16 * i, each->driver);
		image_put_u32(value + 6 + 16 * i, each->group);
		image_put_u32(value + 10 + 16 * i, (uint32_t)each->mask);
		image_put_u32(value + 14 + 16 * i, (uint32_t)(each->mask >> 32));
	}
}

static void put_storage(uint8_t *header, uint32_t *used, const struct image *image)
{
	uint32_t reads = image->storage_read_count, modifies = image->storage_modify_count;
	uint8_t *value = element(header, used, TYPE_STORAGE, 8 + 4 * (reads + modifies));

	image_put_u32(value, image->storage_write);
	image_put_u16(value + 4, reads);
	for (uint32_t i = 0; i < reads; i++) {
		image_put_u32(value + 6 + 4 * i, image->storage_ids[i]);
	}
	value += 6 + 4 * reads;
	image_put_u16(value, modifies);
	for (uint32_t i = 0; i < modifies; i++) {
		image_put_u32(value + 2 + 4 * i, image->storage_ids[reads + i]);
	}
}

static void put_elements(uint8_t *header, uint32_t *used, const struct image *image)
{
	put_program(header, used, image);
	if (!image->no_kernel_version) {
		uint32_t version = image->kernel_version != 0 ? image->kernel_version : 2u << 16;
		uint8_t *value = element(header, used, TYPE_KERNEL_VERSION, 4);

		image_put_u16(value, version >> 16);
		image_put_u16(value + 2, version & 0xffff);
	}
	if (image->name != NULL) {
		uint32_t length = (uint32_t)strlen(image->name);

		memcpy(element(header, used, TYPE_NAME, length), image->name, length);
	}
	if (image->fixed_ram != 0 || image->fixed_flash != 0) {
		uint8_t *value = element(header, used, TYPE_FIXED, 8);

		image_put_u32(value, fixed(image->fixed_ram));
		image_put_u32(value + 4, fixed(image->fixed_flash));
	}
	if (image->region_count != 0) {
		uint8_t *value = element(header, used, TYPE_REGIONS, 8 * image->region_count);

		for (uint32_t i = 0; i < image->region_count; i++) {
			image_put_u32(value + 8 * i, image->regions[i][0]);
			image_put_u32(value + 8 * i + 4, image->regions[i][1]);
		}
	}
	if (image->permissions != NULL) {
		put_permissions(header, used, image);
	}
	if (image->has_storage) {
		put_storage(header, used, image);
	}
	if (image->short_id != 0) {
		image_put_u32(element(header, used, TYPE_SHORT_ID, 4), image->short_id);
	}
}

/* Makes the header; returns its size. */
static uint32_t header_make(uint8_t *header, const struct image *image)
{
	uint32_t used = IMAGE_HEADER_BASE;

	put_elements(header, &used, image);
	if (image->has_extra) {
		image_put_u16(header + used, image->extra_type);
		image_put_u16(header + used + 2, image->extra_length);
		used += 4u + image->extra_bytes;
	}
	image_put_u16(header, 2);
	image_put_u16(header + 2, used);
	image_put_u32(header + 4, total_size(image));
	image_put_u32(header + 8, image->disabled ? 0 : 1);
	image_seal(header, used);
	image_put_u32(header + 12, image_u32(header + 12) ^ image->wrong_checksum);
	return used;
}

uint32_t image_header_size(const struct image *image)
{
	uint8_t header[HEADER_MAX] = {0};

	return header_make(header, image);
}

uint32_t image_write(uint8_t *at, const struct image *image)
{
	uint8_t header[HEADER_MAX] = {0};
	uint32_t used = header_make(header, image);
	uint32_t size = total_size(image);

	memset(at, 0, size);
	memcpy(at, header, used < size ? used : size);
	return size;
}

uint32_t image_write_credential(uint8_t *at, uint32_t offset, uint32_t format, uint32_t length,
				uint8_t fill)
{
	uint32_t end = offset;
	uint8_t *value = element(at, &end, TYPE_CREDENTIAL, 4 + length);

	image_put_u32(value, format);
	memset(value + 4, fill, length);
	return end;
}

uint32_t image_write_padding(uint8_t *at, uint32_t total_size)
{
	memset(at, 0, total_size);
	image_put_u16(at, 2);
	image_put_u16(at + 2, IMAGE_HEADER_BASE);
	image_put_u32(at + 4, total_size);
	image_seal(at, IMAGE_HEADER_BASE);
	return total_size;
}
