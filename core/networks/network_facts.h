#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/problem/task_facts.h"

namespace modascope {

/// In the order in which they are listed.
inline constexpr DataKind kDataKinds[] = {DataKind::Volumes, DataKind::Features,
                                          DataKind::Pictures};

const char* wordOf(DataKind data);  // "volumes"

/// How often a part of a network runs for a case in a step that trains several subsets.
enum class Passes { OneAModality, OneASubset };

/// What is known of a network before there is one. Settings, help, checks and estimates ask here;
/// model_factory.cpp makes it.
struct NetworkFacts {
  std::string_view name;  ///< model.kind; one name may stand for networks of different data
  DataKind data;
  std::string_view words;   ///< what it is, to follow its name
  bool lateFusion = false;  ///< the mean of its modalities' own logits
  bool bfloat16 = false;    ///< compute.precision may be that, on the processor

  // Of U-Nets:
  Passes encoder = Passes::OneASubset;
  Passes decoder = Passes::OneASubset;
  int fusedFeatures = 1;  ///< feature maps that fusion makes of one
};

/// Of each kind of data, the standard one first.
const std::vector<NetworkFacts>& networks();
std::vector<NetworkFacts> networksOf(DataKind data);
/// Throws `Error` naming those that there are for the task.
const NetworkFacts& networkNamed(std::string_view name, Task task);

/// Every name once, in the order of the rows.
std::vector<std::string> networkNames();
/// "Of volumes: ds-norm, …; ds-encoder, …. Of features: …."
std::string wordsOnNetworks();
/// "ds-norm": networks with bfloat16.
std::string networksWithBFloat16();

}  // namespace modascope
