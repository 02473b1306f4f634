#include <line.h>

/* C++ on the C library of userland/lib: objects with constructors that run before main, virtual functions,
 * templates, and memory from the heap. */

namespace
{

class Shape
{
      public:
	virtual ~Shape() = default;
	virtual uint32_t area() const = 0;
};

class Square final : public Shape
{
      public:
	explicit Square(uint32_t side) : side_(side)
	{
	}
	uint32_t area() const override
	{
		return side_ * side_;
	}

      private:
	uint32_t side_;
};

class Rectangle final : public Shape
{
      public:
	Rectangle(uint32_t width, uint32_t height) : width_(width), height_(height)
	{
	}
	uint32_t area() const override
	{
		return width_ * height_;
	}

      private:
	uint32_t width_, height_;
};

/* Static objects: the order within a file is that of the definitions. */
uint32_t constructed;

class Counted
{
      public:
	Counted() : number(++constructed)
	{
	}
	const uint32_t number;
};

Counted first, second;

template <typename T, uint32_t Count> uint32_t sum(T *const (&shapes)[Count])
{
	uint32_t total = 0;

	for (const T *shape : shapes) {
		total += shape->area();
	}
	return total;
}

} // namespace

int main()
{
	line_print_number("cplusplus: constructed", first.number * 10 + second.number);

	Shape *shapes[] = {new Square(3), new Rectangle(4, 5)};

	line_print_number("cplusplus: area", sum(shapes));
	for (Shape *shape : shapes) {
		delete shape;
	}
	return 0;
}
