#include <assert.h>
#include <ctype.h>
#include <lines.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* C++ with the C library: counts the words of what is typed. Words are read by getchar, kept by malloc; what is wrong is said
 * on stderr. No exceptions, and no C++ library. */

namespace
{

class Words
{
      public:
	/* Before main, when the streams are there already. */
	Words()
	{
		puts("word_count: ready; Ctrl-D at a line's start ends");
	}

	void count(const char *text)
	{
		total_++;
		for (Word *each = first_; each != nullptr; each = each->next) {
			if (strcmp(each->text, text) == 0) {
				each->times++;
				return;
			}
		}
		add(text);
	}

	void print() const
	{
		for (const Word *each = first_; each != nullptr; each = each->next) {
			printf("word_count: %2u %s\n", each->times, each->text);
		}
		printf("word_count: %u in all, %.1f%% of them new\n", total_,
		       total_ == 0 ? 0.0 : 100.0 * different_ / total_);
	}

	unsigned total() const
	{
		return total_;
	}

      private:
	struct Word {
		Word *next;
		unsigned times;
		char text[];
	};

	void add(const char *text)
	{
		size_t length = strlen(text) + 1;
		auto *word = static_cast<Word *>(malloc(sizeof(Word) + length));

		if (word == nullptr) {
			fprintf(stderr, "word_count: no memory for \"%s\"\n", text);
			return;
		}
		word->next = first_;
		word->times = 1;
		memcpy(word->text, text, length);
		first_ = word;
		different_++;
	}

	Word *first_ = nullptr;
	unsigned total_ = 0, different_ = 0;
};

Words words;

enum {
	LETTERS = 16 /* of a word; the rest is cut off, and said */
};

/* A word, in small letters; false: the input has ended. */
bool read_word(char (&word)[LETTERS + 1])
{
	size_t length = 0;
	bool is_cut = false;
	int letter;

	while ((letter = getchar()) != EOF && !isalpha(letter)) {
	}
	for (; letter != EOF && isalpha(letter); letter = getchar()) {
		is_cut = is_cut || length == LETTERS;
		if (length < LETTERS) {
			word[length++] = static_cast<char>(tolower(letter));
		}
	}
	word[length] = '\0';
	assert(length <= LETTERS);
	if (is_cut) {
		fprintf(stderr, "word_count: too long, cut to \"%s\"\n", word);
	}
	return length > 0;
}

} // namespace

int main()
{
	char word[LETTERS + 1];

	lines_begin();
	while (read_word(word)) {
		words.count(word);
		assert(strcmp(word, "assert") != 0 && "not that word");
	}
	words.print();
	return static_cast<int>(words.total());
}
