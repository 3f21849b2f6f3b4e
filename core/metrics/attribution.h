#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/modality/modality.h"
#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

/// How the maps divide among the modalities over some voxels: Σ map^m / Σ_k Σ map^k. An attribution
/// share, never to be mixed with a gradient share.
struct AttributionShares {
  std::string where;           ///< a region's key, "picked" or "everywhere"
  std::vector<double> shares;  ///< in the order of the set's modalities, of sum 1; empty where all
                               ///< maps are 0 there: no positive evidence
};

/// What a removal is measured in.
enum class RemovalMeasure {
  DiceWithTruth,
  DiceWithFullPrediction  ///< agreement, where there is no truth or it lacks the region
};

/// What the region's score becomes when the network does not see one modality of the set.
struct Removal {
  ModalityId modality;
  double score = 0;  ///< without it
  double drop = 0;   ///< score with all of the set − score without it; may be negative
  double ml = 0;     ///< volume of the region without it
};

struct Removals {
  RemovalMeasure measure = RemovalMeasure::DiceWithFullPrediction;
  double fullScore = 1;       ///< with all of the set
  std::vector<Removal> each;  ///< in the set's order; empty for a single modality
  double fullMl = 0;          ///< volume of the region with all of the set
};

/// Which modality decides about a region, and where (METHOD section 6). The maps are all ≥ 0, 0
/// outside the head, and on one scale, whose end is the largest value over all modalities.
struct Attribution {
  ModalitySchema schema;
  ModalitySet set;                ///< that the network saw
  RegionSchema regions;           ///< of the network
  Region region;                  ///< whose logits were summed …
  bool picked = false;            ///< … over voxels that somebody picked
  double ml = 0;                  ///< volume of those voxels
  std::string layer = {};         ///< "up 3"; empty where there are no maps
  std::string noMaps = {};        ///< why there are no maps, as a sentence; empty where there are
  std::vector<Volume> maps = {};  ///< on the case's own grid, in the order of the set
  float scale = 0;                ///< largest value of all maps; 0 means no positive evidence
  /// The voxels of y first, then the regions as far as they were predicted, then everywhere. Empty
  /// without maps.
  std::vector<AttributionShares> shares = {};
  Removals removals = {};

  /// "et", or "picked".
  std::string target() const;
};

/// 1 where the label belongs to the region, else 0.
LabelVolume regionMask(const LabelVolume& labels, const Region& region);

/// The largest value of all maps.
float scaleOf(const std::vector<Volume>& maps);

/// Over the voxels where `inside` is not 0, on the maps' grid; everywhere without.
AttributionShares sharesOf(const std::vector<Volume>& maps, std::string where,
                           const LabelVolume* inside = nullptr);

/// Which modality is strongest at each voxel, and how clearly.
struct Dominance {
  LabelVolume strongest;  ///< 1 + the modality's place in the schema; 0: no positive evidence
  Volume margin;          ///< (largest − second largest) / scale, 0…1
};
/// Of equal ones the first. Throws `Error` where there are no maps.
Dominance dominance(const Attribution& attribution);

/// Dice of a region of two predictions of one grid, over the voxels of `inside` only if given.
double regionDice(const LabelVolume& labels, const LabelVolume& reference, const Region& region,
                  const LabelVolume* inside = nullptr);

/// Below these, differences are taken for noise.
inline constexpr double kClearShare = 0.05;  ///< of shares
inline constexpr double kClearDrop = 0.02;   ///< of Dice

/// A warning where the map and the removals name different modalities: the one with the largest
/// share of the region is not the one whose removal costs most, by more than `kClearShare` in
/// shares and more than `kClearDrop` in Dice. Nothing where they agree or one of them is silent.
std::optional<std::string> disagreement(const Attribution& attribution);

/// Of one number: "Dice", "agreement".
std::string nameOf(RemovalMeasure measure);
/// "Dice with the expert's segmentation"
std::string wordsOf(RemovalMeasure measure);

}  // namespace modascope
