#pragma once

#include <QString>

#include "core/modality/modality.h"
#include "core/problem/corruption.h"

namespace modascope {

/// "Showing: T1, T2, FLAIR (T1ce left out)", "… (noise for T1ce)"; what the case does not have is
/// said as well.
QString showingWords(const ModalitySchema& schema, ModalitySet shown, ModalitySet available,
                     Corruption corruption = Corruption::Absent);
/// "T1, T2, FLAIR, noise for T1ce"
QString intactWords(const ModalitySchema& schema, ModalitySet shown, ModalitySet available,
                    Corruption corruption);
/// "noise": what a modality that is switched off becomes.
QString corruptionWords(Corruption corruption);
/// The same, but nothing for absence.
QString insteadWords(Corruption corruption);

}  // namespace modascope
