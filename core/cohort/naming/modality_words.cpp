#include "core/cohort/naming/modality_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/lower_case.h"
#include "core/problem/brats.h"

namespace modascope {
namespace {

enum Part : unsigned {
  T1 = 1,
  T2 = 2,
  Flair = 4,
  Contrast = 8,
  Native = 16,
  Weighting = 32,
  Rest = 64
};

constexpr unsigned kSequence = T1 | T2 | Flair;

struct Word {
  std::string_view text;
  Part part;
};

constexpr std::array kWords{
    Word{"t1", T1},
    Word{"t2", T2},
    Word{"t2f", Flair},
    Word{"t2flair", Flair},
    Word{"t2fluidattenuatedinversionrecovery", Flair},
    Word{"flair", Flair},
    Word{"fluidattenuatedinversionrecovery", Flair},
    Word{"c", Contrast},
    Word{"+c", Contrast},
    Word{"c+", Contrast},
    Word{"+", Contrast},
    Word{"ce", Contrast},
    Word{"gd", Contrast},
    Word{"+gd", Contrast},
    Word{"gad", Contrast},
    Word{"gado", Contrast},
    Word{"gadolinium", Contrast},
    Word{"km", Contrast},  // Kontrastmittel
    Word{"post", Contrast},
    Word{"contrast", Contrast},
    Word{"enhanced", Contrast},
    Word{"with", Contrast},
    Word{"n", Native},
    Word{"native", Native},
    Word{"pre", Native},
    Word{"pregd", Native},
    Word{"pregadolinium", Native},
    Word{"precontrast", Native},
    Word{"nocontrast", Native},
    Word{"noncontrast", Native},
    Word{"noncontrastenhanced", Native},
    Word{"withoutcontrast", Native},
    Word{"unenhanced", Native},
    Word{"nonenhanced", Native},
    Word{"w", Weighting},
    Word{"wi", Weighting},
    Word{"weighted", Weighting},
    Word{"mri", Rest},
    Word{"mr", Rest},
    Word{"image", Rest},
    Word{"images", Rest},
    Word{"scan", Rest},
    Word{"sequence", Rest},
    Word{"modality", Rest},
    Word{"brain", Rest},
    Word{"3d", Rest},
    Word{"2d", Rest},
    Word{"mprage", Rest},
    Word{"axial", Rest},
};

/// Lower case, without what separates words.
std::string squeezed(std::string_view words) {
  constexpr std::string_view kSeparators = " \t\r\n_-.,/()[]:";
  std::string text = lowerCase(words);
  std::erase_if(text, [&](char c) { return kSeparators.find(c) != std::string_view::npos; });
  return text;
}

/// All that the text says, its longest words first; 0 if some of it is no word.
unsigned partsOf(std::string_view text) {
  unsigned parts = 0;
  while (!text.empty()) {
    const Word* best = nullptr;
    for (const Word& word : kWords)
      if (text.starts_with(word.text) && (!best || word.text.size() > best->text.size()))
        best = &word;
    if (!best) return 0;
    parts |= best->part;
    text.remove_prefix(best->text.size());
  }
  return parts;
}

/// "c" may be the end of a patient's name, "post" mean surgery.
bool mayComeFirst(const std::string& word, unsigned parts) {
  return parts == Contrast && word.size() > 1 && word != "post" && word != "with";
}

std::optional<ModalityId> modalityOf(unsigned parts) {
  const char* key = nullptr;
  switch (parts & ~unsigned{Weighting | Rest}) {
    case T1:
    case T1 | Native:
      key = "t1";
      break;
    case T1 | Contrast:
      key = "t1ce";
      break;
    case T2:
      key = "t2";
      break;
    case Flair:
    case T2 | Flair:
      key = "flair";
      break;
    default:
      return std::nullopt;
  }
  return bratsModalities().find(key);
}

}  // namespace

std::optional<ModalityId> modalityMeantBy(std::string_view words) {
  return modalityOf(partsOf(squeezed(words)));
}

std::optional<ModalityId> modalityInName(const std::vector<std::string>& words) {
  unsigned all = 0;
  for (const std::string& word : words) {
    const unsigned parts = partsOf(squeezed(word));
    const unsigned sequence = parts & kSequence, known = all & kSequence;
    if (parts == 0 || (parts & Rest) != 0) return std::nullopt;
    if (sequence != 0 && known != 0 && !(known == T2 && sequence == Flair)) return std::nullopt;
    if (sequence == 0 && known == 0 && !mayComeFirst(word, parts)) return std::nullopt;
    all |= parts;
  }
  return modalityOf(all);
}

}  // namespace modascope
