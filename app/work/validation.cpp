#include "app/work/validation.h"

namespace modascope {

std::optional<SubsetTable> evaluateCases(const Segmenter& segmenter,
                                         const std::vector<CaseInfo>& cases,
                                         const ModalitySchema& schema, std::stop_token stop,
                                         const EvaluationOptions& options) {
  std::vector<SubsetTable> tables;
  for (const CaseInfo& info : cases) {
    const Case patient = readCase(info);
    const auto prediction = segmenter.predict(patient, stop);
    if (!prediction) return std::nullopt;
    auto table = scoreSubsets(*prediction, patient.labels.value(), schema, options.scores, stop);
    if (!table) return std::nullopt;
    if (options.soft != nullptr) options.soft->add(patient, *prediction);
    tables.push_back(std::move(*table));
    if (options.each) options.each(info, tables.back());
  }
  return pooled(tables);
}

}  // namespace modascope
