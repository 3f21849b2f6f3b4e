#include "widgets/controls/sharing/sharing_diagram_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>

#include "widgets/bridge/palette.h"

namespace modascope {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("SharingDiagram", text);
}

QString labelsOf(const ModalitySchema& schema, ModalitySet set) {
  return QString::fromStdString(labelOf(schema, set));
}

/// "each of T1, T2" or "FLAIR".
QString eachOf(const ModalitySchema& schema, ModalitySet set) {
  const QString labels = labelsOf(schema, set);
  return set.size() == 1 ? labels : tr("each of %1").arg(labels);
}

std::optional<ModalitySet> missingFrom(const ModalitySchema& schema, ModalitySet set) {
  return ModalitySet::fromBits(
      static_cast<std::uint8_t>(schema.all().bits() & static_cast<unsigned>(~set.bits())));
}

std::int64_t onlyForParameters(const ModelDescription& model, ModalitySet set) {
  std::int64_t sum = 0;
  for (const auto& block : model.blocks) {
    if (block.onlyFor == set) sum += block.sharedParameters;
  }
  return sum;
}

/// Of blocks that run for one modality alone, such as the projection of its numbers.
std::int64_t ownedParameters(const ModelDescription& model, ModalitySet set) {
  std::int64_t sum = 0;
  for (const auto& block : model.blocks) {
    if (block.owner && set.contains(*block.owner)) sum += block.sharedParameters;
  }
  return sum;
}

std::ptrdiff_t networkCount(const ModelDescription& model) {
  return std::count_if(model.blocks.begin(), model.blocks.end(),
                       [](const auto& block) { return block.onlyFor.has_value(); });
}

/// "shared 3,236,403 and 2,208 of each of T1, T2"
QString runningParts(const ModelDescription& model, ModalitySet set) {
  QStringList parts;
  if (const auto shared = model.sharedParameters(); shared > 0) {
    parts << tr("shared %1").arg(countWords(shared));
  }
  if (const auto own = model.perModalityParameters(); own > 0) {
    parts << tr("%1 of %2").arg(countWords(own), eachOf(model.schema, set));
  }
  if (const auto own = ownedParameters(model, set); own > 0) {
    parts << tr("%1 in blocks of %2 alone").arg(countWords(own), labelsOf(model.schema, set));
  }
  if (const auto own = onlyForParameters(model, set); own > 0) {
    parts << tr("%1 of the network for %2").arg(countWords(own), labelsOf(model.schema, set));
  }
  return parts.join(tr(" and "));
}

/// Blocks before the branches are joined run once for each modality.
bool runsPerModality(const ModelDescription& model, std::size_t block) {
  const auto fusion = std::find_if(model.blocks.begin(), model.blocks.end(),
                                   [](const auto& b) { return b.kind == "fusion"; });
  return model.branchPerModality &&
         model.blocks.begin() + static_cast<std::ptrdiff_t>(block) < fusion;
}

QString runWords(const ModelDescription& model, std::size_t index, ModalitySet set) {
  if (!model.blocks[index].runsFor(set)) return tr("Does not run now.");
  if (const auto owner = model.blocks[index].owner)
    return tr("Runs for %1.").arg(labelsOf(model.schema, ModalitySet(*owner)));
  if (!runsPerModality(model, index)) return tr("Runs once.");
  return set.size() == 1 ? tr("Runs for %1.").arg(labelsOf(model.schema, set))
                         : tr("Runs once for %1.").arg(eachOf(model.schema, set));
}

QString resolutionWords(int level) {
  return level == 0 ? tr("full resolution") : tr("1/%1 of the resolution").arg(1 << level);
}

}  // namespace

QString countWords(std::int64_t count) {
  return QLocale(QLocale::English, QLocale::UnitedStates).toString(qlonglong{count});
}

QString adapterWords(const ModelDescription& model, ModalitySet set) {
  if (!model.adapter) return {};
  const QString method = QString::fromStdString(model.adapter->method);
  const auto found = model.adapter->parameters.find(set);
  if (found == model.adapter->parameters.end())
    return tr("No %1 adapter here: the frozen network as it is.").arg(method);
  const double percent =
      100.0 * static_cast<double>(found->second) / static_cast<double>(model.totalParameters());
  return tr("The %1 adapter of this subset switches %2 parameters (%3 %).")
      .arg(method, countWords(found->second), QString::number(percent, 'f', 2));
}

QString parameterWords(const ModelDescription& model, ModalitySet set) {
  const QString total = countWords(model.totalParameters());
  const QString active = countWords(model.activeParameters(set));
  const QString parts = runningParts(model, set);
  if (model.activeParameters(set) == model.totalParameters()) {
    return tr("%1 parameters, all of them run now: %2.").arg(total, parts);
  }
  if (parts.isEmpty()) return tr("%1 parameters; none run now.").arg(total);
  if (const auto networks = networkCount(model); networks > 0 && model.sharedParameters() == 0) {
    return tr("%1 parameters in %2 networks that share none; run now: %3.")
        .arg(total, QString::number(networks), parts);
  }
  return tr("%1 parameters; %2 run now: %3.").arg(total, active, parts);
}

QString switchedOffWords(const ModelDescription& model, ModalitySet set) {
  if (const auto networks = networkCount(model); networks > 0) {
    const auto running =
        std::count_if(model.blocks.begin(), model.blocks.end(),
                      [set](const auto& block) { return block.onlyFor && block.runsFor(set); });
    return tr("The other %1 networks do not run.").arg(networks - running);
  }
  const auto missing = missingFrom(model.schema, set);
  if (!missing) return tr("Nothing is switched off.");
  const QString labels = labelsOf(model.schema, *missing);
  if (!model.branchPerModality) return tr("Without %1 the network still runs in full.").arg(labels);
  return missing->size() == 1 ? tr("%1's branch does not run.").arg(labels)
                              : tr("The branches of %1 do not run.").arg(labels);
}

QString blockWords(const ModelDescription& model, std::size_t index, ModalitySet set) {
  const BlockDescription& block = model.blocks[index];
  const QString name = QString::fromStdString(block.name);
  if (block.onlyFor) {
    return QStringList{tr("Network for %1 only").arg(labelsOf(model.schema, *block.onlyFor)),
                       tr("%1 parameters of its own.").arg(countWords(block.sharedParameters)),
                       runWords(model, index, set)}
        .join('\n');
  }
  QStringList lines{
      tr("%1 (%2, %3)")
          .arg(name, QString::fromStdString(block.kind), resolutionWords(block.level))};
  if (block.owner) {
    lines << tr("%1 parameters of %2 alone.")
                 .arg(countWords(block.sharedParameters),
                      labelsOf(model.schema, ModalitySet(*block.owner)));
  } else if (block.sharedParameters > 0) {
    lines << tr("%1 shared parameters.").arg(countWords(block.sharedParameters));
  }
  if (block.perModalityParameters > 0) {
    lines << tr("%1 parameters of each modality; those of %2 run now.")
                 .arg(countWords(block.perModalityParameters), labelsOf(model.schema, set));
  }
  if (lines.size() == 1) lines << tr("No parameters.");
  lines << runWords(model, index, set);
  return lines.join('\n');
}

QString ownName(const ModelDescription& model, const BlockDescription& block,
                const QFontMetricsF& metrics, double width) {
  const QStringList words = QString::fromStdString(block.name).split(u' ');
  const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) {
    return 0.8 * metrics.horizontalAdvance(word) <= width;
  });
  return fits ? words.join(u'\n') : modalityLetter(model.schema, *block.owner);
}

}  // namespace modascope
