#include "core/cohort/naming/channels.h"

#include <vector>

#include "core/base/words.h"
#include "core/problem/brats.h"

namespace modascope {

Channels msdChannels() {
  return {{0, ModalityId(3)}, {1, ModalityId(0)}, {2, ModalityId(1)}, {3, ModalityId(2)}};
}

Channels nnUnetChannels() {
  return {{0, ModalityId(0)}, {1, ModalityId(1)}, {2, ModalityId(2)}, {3, ModalityId(3)}};
}

std::string wordsOf(const Channels& channels) {
  std::vector<std::string> words;
  for (const auto& [number, modality] : channels)
    words.push_back(std::to_string(number) + " " + bratsModalities().label(modality));
  return joined(words);
}

}  // namespace modascope
