#pragma once

#include <QString>

#include "core/modality/modality.h"

namespace modascope {

/// "Showing: T1, T2, FLAIR (T1ce left out)"; what the case does not have is said as well.
QString showingWords(const ModalitySchema& schema, ModalitySet shown, ModalitySet available);

}  // namespace modascope
