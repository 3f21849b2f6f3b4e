#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/modality/modality.h"
#include "core/problem/regions/region.h"
#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

/// What a network says from one subset of a case's modalities.
struct DemoAnswer {
  explicit DemoAnswer(ModalitySet from) : set(from) {}

  ModalitySet set;
  std::shared_ptr<const LabelVolume> labels;
  /// 1 + the place of the modality that decides about the network's `decides`, 0 for none, and how
  /// clearly, 0…1. Null where there is no such map.
  std::shared_ptr<const LabelVolume> strongest;
  std::shared_ptr<const Volume> margins;
  /// Attribution shares within the predicted region, in the set's order; empty without a map.
  std::vector<double> shares;
};

/// A trained network's answers from every subset, and what it learnt from.
struct DemoNetwork {
  std::string name;     ///< of its run: "gmd"
  std::string network;  ///< "ds-norm"
  std::string method;   ///< "gmd"
  std::int64_t step = 0;
  bool sawSubsets = true;  ///< trained with modalities missing, too
  bool trainedOnMadeUp = false;
  bool trainedOnPatient = false;  ///< on this case, or on another one of its patient
  std::string decides;            ///< key of the region that the maps are about; empty without maps
  std::string layer;              ///< of the network, at which they were made
  std::vector<DemoAnswer> answers;

  /// Null where there is none.
  const DemoAnswer* answer(ModalitySet set) const;
};

/// Why a case may be outside of what the networks have learnt.
struct CaseDoubt {
  enum class Kind { OtherSpacing, NotSkullStripped, EmptyImage, FarIntensities };
  Kind kind = Kind::OtherSpacing;
  std::optional<ModalityId> modality;  ///< nothing: the whole case
  double found = 0;                    ///< mm, share of voxels or standard deviations
  double usual = 0;
  bool operator==(const CaseDoubt&) const = default;
};

/// One case and all that one or two networks say of it: nothing is computed any more where it is
/// shown. Everything lies on one grid.
struct Demo {
  explicit Demo(ModalitySchema of) : schema(std::move(of)) {}

  ModalitySchema schema;
  RegionSchema regions;
  std::string title;    ///< who the case is stays out of it
  bool madeUp = false;  ///< the case is a phantom
  VoxelGrid grid;
  std::vector<std::shared_ptr<const Volume>> images;  ///< as the schema, null where there is none
  std::shared_ptr<const LabelVolume> truth;           ///< null where nobody knows it
  /// The one that the demonstration is about, and perhaps one to compare it with.
  std::vector<DemoNetwork> networks;
  std::vector<CaseDoubt> doubts;

  /// What the case has.
  ModalitySet available() const;
};

/// How far a network's subsets disagree about a region: 0 where all say the same, 1 where half of
/// them say the other.
Volume disagreementOf(const DemoNetwork& network, const Region& region);

}  // namespace modascope
