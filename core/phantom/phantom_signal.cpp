#include "core/phantom/phantom_signal.h"

#include <cmath>

namespace modascope {
namespace {

/// Relaxation times in ms and proton density. Healthy tissue at 3 T as in Wansapura et al. 1999
/// and Stanisz et al. 2005; fluid, oedema and tumour from the ranges seen in gliomas.
struct Relaxation {
  double t1;
  double t2;
  double density;
};

constexpr std::array<Relaxation, 6> kTissues{{
    {4000, 1500, 1.00},  // fluid
    {1350, 95, 0.80},    // grey matter
    {830, 75, 0.70},     // white matter
    {1450, 150, 0.84},   // oedema
    {1400, 125, 0.84},   // enhancing tumour
    {2100, 240, 0.90},   // necrosis
}};
constexpr std::size_t kFirstOfTumour = 3;
constexpr std::size_t kEnhancing = 4;
constexpr double kRelaxivity = 4.5;  // of gadolinium, per second and mM

double spinEcho(const Relaxation& tissue, double tr, double te) {
  return tissue.density * (1 - std::exp(-tr / tissue.t1)) * std::exp(-te / tissue.t2);
}

double inversionRecovery(const Relaxation& tissue, double tr, double te, double ti) {
  const double magnetisation = 1 - 2 * std::exp(-ti / tissue.t1) + std::exp(-tr / tissue.t1);
  return tissue.density * std::abs(magnetisation) * std::exp(-te / tissue.t2);
}

Relaxation withContrastAgent(const Relaxation& tissue, double millimolar) {
  return {1000 / (1000 / tissue.t1 + kRelaxivity * millimolar), tissue.t2, tissue.density};
}

double varied(double value, double part, std::mt19937_64& rng) {
  return value * (1 + part * (2 * uniform(rng) - 1));
}

}  // namespace

TissueParts partsOf(const BrainMix& healthy, const TumourMix& tumour) {
  const double rest = 1 - tumour.all();
  return {rest * healthy.csf, rest * healthy.grey, rest * healthy.white,
          tumour.oedema,      tumour.enhancing,    tumour.necrosis};
}

std::array<TissueSignals, 4> signalsOf(std::mt19937_64& rng) {
  std::array<Relaxation, 6> tissues = kTissues;
  for (std::size_t i = kFirstOfTumour; i < tissues.size(); ++i) {
    tissues[i].t1 = varied(tissues[i].t1, 0.10, rng);
    tissues[i].t2 = varied(tissues[i].t2, 0.15, rng);
  }
  const double t1Repetition = varied(500, 0.15, rng);
  const double t2Echo = varied(82, 0.10, rng);
  const double flairEcho = varied(120, 0.10, rng);
  const double millimolar = 0.20 + 0.25 * uniform(rng);

  std::array<TissueSignals, 4> signals{};
  for (std::size_t i = 0; i < tissues.size(); ++i) {
    const Relaxation& tissue = tissues[i];
    const double agent = i == kEnhancing ? millimolar : 0.01;
    signals[0][i] = spinEcho(tissue, t1Repetition, 12);
    signals[1][i] = spinEcho(withContrastAgent(tissue, agent), t1Repetition, 12);
    signals[2][i] = spinEcho(tissue, 3200, t2Echo);
    signals[3][i] = inversionRecovery(tissue, 9000, flairEcho, 2500);
  }
  return signals;
}

}  // namespace modascope
