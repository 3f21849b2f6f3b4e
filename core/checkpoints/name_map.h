#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/modality/modality.h"

namespace modascope {

/// What a network's parameters are called in someone else's file. A JSON document:
///
///     {"names": {"{block}.norm.{modality}.{kind}": "{block}.norm.{index}.{kind}"},
///      "modalities": {"t1": "T1w"}, "ignore": ["{any}.num_batches_tracked"]}
///
/// names: our name on the left, theirs on the right; the first that matches counts, and a name that
/// none matches is the same there. {modality} stands for a modality's key and, on the right, for
/// what `modalities` calls it, {index} for its number from 0; any other word in braces stands for
/// some text, as little as will do, the same on both sides. ignore: tensors of the file that are
/// not looked at. Used by one thread at a time.
class NameMap {
 public:
  /// Throws `Error` when the document is not understood.
  static NameMap parse(std::string_view json);
  /// A built-in map by name, or a file. "modascope": our own names; "indexed": the modalities'
  /// normalisations are a list in the order of the data.
  static NameMap open(const std::string& nameOrFile);

  /// Both throw `Error` when a pattern can stand for a name in too many ways.
  std::string theirs(const std::string& ours, const ModalitySchema& schema) const;
  bool isIgnored(const std::string& theirs) const;

 private:
  std::vector<std::pair<std::string, std::string>> names_;
  std::map<std::string, std::string> modalities_;
  std::vector<std::string> ignore_;
  mutable std::int64_t triesLeft_ = 3'000'000;  ///< in all: a map of someone else's must end
};

}  // namespace modascope
