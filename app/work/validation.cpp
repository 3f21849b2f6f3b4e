#include "app/work/validation.h"

namespace modascope {

std::optional<SubsetTable> evaluateCases(
    const Segmenter& segmenter, const std::vector<CaseInfo>& cases, const ModalitySchema& schema,
    std::stop_token stop, const std::function<void(const CaseInfo&, const SubsetTable&)>& each) {
  std::vector<SubsetTable> tables;
  for (const CaseInfo& info : cases) {
    const Case patient = readCase(info);
    const auto prediction = segmenter.predict(patient, stop);
    if (!prediction) return std::nullopt;
    tables.push_back(scoreSubsets(*prediction, patient.labels.value(), schema));
    if (each) each(info, tables.back());
  }
  return pooled(tables);
}

}  // namespace modascope
