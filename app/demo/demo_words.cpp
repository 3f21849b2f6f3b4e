#include "app/demo/demo_words.h"

#include <algorithm>
#include <cmath>

#include "app/demo/story.h"
#include "core/metrics/attribution.h"
#include "core/metrics/next_scan.h"

namespace modascope {
namespace {

constexpr double kNothing = 0.05;       // mL
constexpr double kMissed = 0.5;         // of the volume from all scans
constexpr double kHardly = 0.1;         // likewise
constexpr double kWorthSaying = 0.005;  // of Dice

/// Of the clinic's own: "t1ce" and what it is called.
struct Called {
  const char* key;
  const char* name;
};
constexpr Called kModalities[]{{"t1", QT_TRANSLATE_NOOP("DemoWords", "T1")},
                               {"t1ce", QT_TRANSLATE_NOOP("DemoWords", "T1 with contrast")},
                               {"t2", QT_TRANSLATE_NOOP("DemoWords", "T2")},
                               {"flair", QT_TRANSLATE_NOOP("DemoWords", "FLAIR")}};
constexpr Called kRegions[]{{"wt", QT_TRANSLATE_NOOP("DemoWords", "Whole tumour")},
                            {"tc", QT_TRANSLATE_NOOP("DemoWords", "Tumour core")},
                            {"et", QT_TRANSLATE_NOOP("DemoWords", "Enhancing core")}};

template <std::size_t N>
const char* calledIn(const Called (&names)[N], const std::string& key) {
  const auto* found = std::find_if(std::begin(names), std::end(names),
                                   [&](const Called& one) { return key == one.key; });
  return found == std::end(names) ? nullptr : found->name;
}

QString mlWords(double ml) {
  return QString::number(ml, 'f', 1);
}

/// The region whose volume changes most against all scans, relative to it.
struct Change {
  Region region;
  double before = 0, now = 0;
  double share() const { return std::abs(now - before) / std::max(before, kNothing); }
};

Change largestChange(const OpenedDemo& opened, const std::vector<double>& before,
                     const std::vector<double>& now) {
  const RegionSchema& regions = opened.demo.regions;  // never empty
  Change largest{regions[0], before[0], now[0]};
  for (const Region& region : regions) {
    const Change change{region, before[region.place], now[region.place]};
    if (change.share() >= largest.share()) largest = change;
  }
  return largest;
}

}  // namespace

QString DemoWords::nameOf(const Modality& modality) {
  const char* name = calledIn(kModalities, modality.key);
  return name != nullptr ? tr(name) : QString::fromStdString(modality.label);
}

QString DemoWords::nameOf(const Region& region) {
  const char* name = calledIn(kRegions, region.key);
  if (name != nullptr) return tr(name);
  const QString own = QString::fromStdString(region.name);
  return own.isEmpty() ? own : own.front().toUpper() + own.mid(1);
}

QString DemoWords::nameOf(const DemoNetwork& network) {
  return network.sawSubsets ? tr("network taught to cope") : tr("ordinary network");
}

ModalitySchema DemoWords::clinical(const ModalitySchema& schema) {
  std::vector<Modality> modalities = schema.modalities();
  for (Modality& one : modalities) one.label = nameOf(one).toStdString();
  return ModalitySchema(std::move(modalities));
}

RegionSchema DemoWords::clinical(const RegionSchema& regions) {
  std::vector<Region> all(regions.begin(), regions.end());
  for (Region& one : all) one.label = nameOf(one).toStdString();
  return RegionSchema(regions.labels(), std::move(all));
}

QString DemoWords::names(const ModalitySchema& schema, ModalitySet set) {
  QStringList names;
  for (const ModalityId id : set.ids()) names << nameOf(schema.modalities()[id.index()]);
  if (names.size() < 2) return names.join(QString());
  const QString last = names.takeLast();
  return tr("%1 and %2").arg(names.join(", "), last);
}

QString DemoWords::volumes(const OpenedDemo& opened) {
  QStringList parts;
  const auto& ml = opened.ml(0, opened.demo.available());
  for (const Region& region : opened.demo.regions)
    parts << tr("%1 %2 mL").arg(nameOf(region), mlWords(ml[region.place]));
  return parts.join(", ");
}

QString DemoWords::change(const OpenedDemo& opened, ModalitySet set) {
  const ModalitySet all = opened.demo.available();
  const auto without = ModalitySet::fromBits(static_cast<std::uint8_t>(all.bits() & ~set.bits()));
  if (!without) return tr("All scans are used: %1.").arg(volumes(opened));
  const auto& now = opened.ml(0, set);
  const Change change = largestChange(opened, opened.ml(0, all), now);
  const QString scans = names(opened.demo.schema, *without);
  if (change.share() < kHardly)
    return tr("Without %1 hardly anything changes: %2 %3 → %4 mL.")
        .arg(scans, nameOf(change.region), mlWords(change.before), mlWords(change.now));
  const QString numbers = opened.truthMl.empty()
                              ? tr("%1 → %2 mL").arg(mlWords(change.before), mlWords(change.now))
                              : tr("%1 → %2 mL of %3")
                                    .arg(mlWords(change.before), mlWords(change.now),
                                         mlWords(opened.truthMl[change.region.place]));
  const bool isMissed = change.now < kMissed * change.before;
  const QString words = isMissed ? tr("Without %1 the computer misses much: %2 %3.")
                        : change.now < change.before ? tr("Without %1 it finds less: %2 %3.")
                                                     : tr("Without %1 it finds more: %2 %3.");
  return words.arg(scans, nameOf(change.region), numbers);
}

QString DemoWords::best(const OpenedDemo& opened, ModalitySet set) {
  const SubsetTable table = withoutEmptyRegions(opened.tables.front());
  if (table.columns.empty())
    return tr("There is nothing to find, so no scan can be called needed.");
  const auto& modalities = opened.demo.schema.modalities();
  const auto adding = worthOfAdding(table, set);
  if (!adding.empty()) {
    if (adding.front().mean < kWorthSaying) return tr("No further scan would help.");
    return tr("%1 would help most.").arg(nameOf(modalities[adding.front().modality.index()]));
  }
  const auto keeping = worthOfKeeping(table, set);
  if (keeping.empty()) return {};
  return tr("The scan that is needed most is %1.")
      .arg(nameOf(modalities[keeping.front().modality.index()]));
}

QString DemoWords::decides(const OpenedDemo& opened, ModalitySet set) {
  const DemoNetwork& network = opened.demo.networks.front();
  const DemoAnswer* answer = network.answer(set);
  const Region* region = opened.demo.regions.find(network.decides);
  if (answer == nullptr || region == nullptr || answer->shares.empty())
    return tr("From these scans nothing is found of which one could ask what decides.");
  const auto most = std::max_element(answer->shares.begin(), answer->shares.end());
  const ModalityId id = set.ids()[static_cast<std::size_t>(most - answer->shares.begin())];
  const bool isClear = std::none_of(
      answer->shares.begin(), answer->shares.end(),
      [most](const double& share) { return &share != &*most && *most - share < kClearShare; });
  const QString words =
      isClear ? tr("About the %1, %2 decides most: %3 % of the evidence.")
              : tr("About the %1 no single scan decides: %2 has %3 % of the evidence.");
  return words.arg(nameOf(*region), nameOf(opened.demo.schema.modalities()[id.index()]))
             .arg(100 * *most, 0, 'f', 0) +
         ' ' + tr("Each colour is one scan: the clearer the colour, the clearer the decision.");
}

QString DemoWords::compared(const OpenedDemo& opened, ModalitySet set) {
  if (opened.demo.networks.size() < 2) return tr("There is one network only.");
  const auto& first = opened.ml(0, set);
  const auto& second = opened.ml(1, set);
  const Change change = largestChange(opened, first, second);
  QString words =
      tr("%1: the %2 finds %3 mL, the %4 %5 mL")
          .arg(nameOf(change.region), nameOf(opened.demo.networks[1]), mlWords(change.now),
               nameOf(opened.demo.networks[0]), mlWords(change.before));
  if (!opened.truthMl.empty())
    words += tr(" of %1").arg(mlWords(opened.truthMl[change.region.place]));
  return words + '.';
}

QString DemoWords::doubt(const Demo& demo, const CaseDoubt& doubt) {
  const QString scan =
      doubt.modality ? nameOf(demo.schema.modalities()[doubt.modality->index()]) : QString();
  switch (doubt.kind) {
    case CaseDoubt::Kind::OtherSpacing:
      return tr("Its voxels measure %1 mm; the network learnt from voxels of %2 mm.")
          .arg(doubt.found, 0, 'g', 3)
          .arg(doubt.usual, 0, 'g', 3);
    case CaseDoubt::Kind::NotSkullStripped:
      return tr("Its images reach to their borders: the skull may not have been removed.");
    case CaseDoubt::Kind::EmptyImage:
      return tr("Its scan %1 is empty.").arg(scan);
    case CaseDoubt::Kind::FarIntensities:
      return tr("Its scan %1 has intensities far outside of the usual.").arg(scan);
  }
  return {};
}

QStringList DemoWords::warnings(const Demo& demo) {
  QStringList all;
  const auto is = [&demo](bool DemoNetwork::*what) {
    return std::any_of(demo.networks.begin(), demo.networks.end(),
                       [what](const DemoNetwork& one) { return one.*what; });
  };
  if (demo.madeUp) all << tr("This head is made up: nobody's scan.");
  if (is(&DemoNetwork::trainedOnMadeUp))
    all << tr("The networks learnt from made-up heads only; of real ones they know nothing.");
  if (is(&DemoNetwork::trainedOnPatient))
    all << tr("Training saw this patient: the answers flatter.");
  for (const ModalityId id : demo.schema.ids())
    if (!demo.available().contains(id))
      all << tr("This case has no scan %1.").arg(nameOf(demo.schema.modalities()[id.index()]));
  for (const CaseDoubt& one : demo.doubts) all << doubt(demo, one);
  return all;
}

QString DemoWords::filled(const QString& sentence, const OpenedDemo& opened, const DemoLook& look) {
  QString words = sentence;
  words.replace("{volumes}", volumes(opened));
  words.replace("{change}", change(opened, look.set));
  words.replace("{best}", best(opened, look.set));
  words.replace("{decides}", decides(opened, look.set));
  words.replace("{compared}", compared(opened, look.set));
  words.replace("{truth}", opened.demo.truth ? tr("The lines are what an expert drew.") : "");
  words.replace("{warnings}", warnings(opened.demo).join(' '));
  words.replace("{most-needed}",
                nameOf(opened.demo.schema.modalities()[mostNeeded(opened).index()]));
  return words;
}

}  // namespace modascope
