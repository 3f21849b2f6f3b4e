#pragma once

#include <map>
#include <memory>
#include <vector>

#include "core/demo/demo.h"
#include "core/metrics/subset_table.h"

namespace modascope {

/// A demonstration and what is counted in it once: ready to be shown and talked about.
struct OpenedDemo {
  explicit OpenedDemo(Demo of) : demo(std::move(of)) {}

  Demo demo;
  std::vector<double> truthMl;      ///< of each region; empty where nobody knows it
  std::vector<SubsetTable> tables;  ///< one a network: Dice, or agreement with all scans, and mL
  /// Of the first network, about the outermost region.
  std::shared_ptr<const Volume> disagreement;

  /// Volumes in mL that a network finds from a set.
  const std::vector<double>& ml(std::size_t network, ModalitySet set) const;
};

std::shared_ptr<const OpenedDemo> opened(Demo demo);

}  // namespace modascope
