#pragma once

#include <QFontMetricsF>
#include <QString>
#include <cstddef>
#include <cstdint>

#include "core/events/events.h"

namespace modascope {

/// "3,245,235"
QString countWords(std::int64_t count);

/// How many parameters a network has and how many of them run for `set`: "3,245,235 parameters;
/// 3,243,027 run now: shared 3,236,403 and 2,208 of each of T1, T2, FLAIR."
QString parameterWords(const ModelDescription& model, ModalitySet set);
/// "The ssf adapter of this subset switches 3,712 of them (2.6 %)."; empty without adapters.
QString adapterWords(const ModelDescription& model, ModalitySet set);
/// "T1ce's branch does not run."; with all modalities nothing but what is true of all sets.
QString switchedOffWords(const ModelDescription& model, ModalitySet set);
/// Everything about one block, a sentence a line.
QString blockWords(const ModelDescription& model, std::size_t block, ModalitySet set);
/// Of a block that is one modality's: a word a line, or the modality's letter where that is wider
/// than `width`.
QString ownName(const ModelDescription& model, const BlockDescription& block,
                const QFontMetricsF& metrics, double width);

}  // namespace modascope
