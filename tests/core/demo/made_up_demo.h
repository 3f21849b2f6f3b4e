#pragma once

#include <memory>

#include "core/demo/demo.h"

namespace modascope {

/// Two modalities, of which the second one is absent if `whole` is not set, one region and one
/// network; 3×4×2 voxels, turned and shifted.
inline Demo madeUpDemo(bool whole = true) {
  Demo demo(ModalitySchema({{"a", "A"}, {"b/../b", "B"}}));
  demo.regions = RegionSchema({{1, "core"}}, {{"core", "CORE", "core", {1}, {1, 2, 3}}});
  demo.title = "A \"made-up\" case";
  demo.madeUp = true;
  demo.grid = {{3, 4, 2}, {1, 2, 3}, {-5, 6.5, 7}, {Vec3{0, 1, 0}, Vec3{1, 0, 0}, Vec3{0, 0, -1}}};
  Volume image{demo.grid, std::vector<float>(24)};
  for (std::size_t i = 0; i < image.voxels.size(); ++i)
    image.voxels[i] = static_cast<float>(i) * 10;
  demo.images.push_back(std::make_shared<const Volume>(image));
  demo.images.push_back(whole ? std::make_shared<const Volume>(image) : nullptr);
  LabelVolume labels{demo.grid, std::vector<std::uint8_t>(24)};
  labels.voxels[7] = 1;
  demo.truth = std::make_shared<const LabelVolume>(labels);
  DemoNetwork network;
  network.name = "gmd-1";
  network.network = "ds-norm";
  network.method = "gmd";
  network.step = 600;
  network.trainedOnMadeUp = true;
  network.decides = "core";
  network.layer = "down 2";
  for (const ModalitySet set : allSubsets(demo.schema)) {
    if (!demo.available().contains(set)) continue;
    DemoAnswer& answer = network.answers.emplace_back(set);
    labels.voxels[set.bits()] = 1;
    answer.labels = std::make_shared<const LabelVolume>(labels);
    if (set.size() < 2) continue;
    LabelVolume strongest{demo.grid, std::vector<std::uint8_t>(24, 2)};
    answer.strongest = std::make_shared<const LabelVolume>(strongest);
    answer.margins =
        std::make_shared<const Volume>(Volume{demo.grid, std::vector<float>(24, 0.4f)});
    answer.shares = {0.25, 0.75};
  }
  demo.networks.push_back(network);
  demo.doubts = {{CaseDoubt::Kind::OtherSpacing, std::nullopt, 3, 1},
                 {CaseDoubt::Kind::EmptyImage, ModalityId(1), 0, 0}};
  return demo;
}

}  // namespace modascope
